#pragma once

#include "controller/journal/operators.hpp"
#include "inventory/mariadb/connection.hpp"

// Operators' words as rows: what is read of them, and statements of one transaction each.
namespace controller::journal {

inventory::Result<OperatorsWords> read_words_on(inventory::mariadb::Connection& connection,
                                                const Action& action, inventory::Time now);
inventory::Result<OperatorsWords> read_words_on_open_actions(inventory::mariadb::Connection& connection,
                                                             inventory::Time now);
inventory::Result<std::vector<Pause>> read_pauses(inventory::mariadb::Connection& connection,
                                                  const PauseFilter& filter);

inventory::Result<Pause> insert_pause(inventory::mariadb::Connection& connection, Pause pause);
inventory::Result<std::optional<Pause>> end_pause(inventory::mariadb::Connection& connection,
                                                  std::uint64_t id, const Word& word);
inventory::Result<Approval> insert_approval(inventory::mariadb::Connection& connection, const Action& action,
                                            Approval approval);
inventory::Result<Lift> insert_lift(inventory::mariadb::Connection& connection, const Action& action,
                                    Lift lift);
inventory::Result<Acknowledgement> insert_acknowledgement(inventory::mariadb::Connection& connection,
                                                          Acknowledgement acknowledgement);
inventory::Result<Action> insert_cancellation(inventory::mariadb::Connection& connection,
                                              const Action& action, const Word& word);

/// The labels of a new action's alert.
inventory::Status insert_labels(inventory::mariadb::Connection& connection, std::uint64_t action_id,
                                const Labels& labels);

}  // namespace controller::journal
