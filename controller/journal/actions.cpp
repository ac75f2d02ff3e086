#include "controller/journal/actions.hpp"

#include "inventory/support/text.hpp"

namespace controller::journal {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::mariadb::Connection;

namespace {

constexpr std::size_t longest_step_note = 4000;

}  // namespace

Status insert_step(Connection& connection, std::uint64_t action_id, const Step& step) {
    return connection
        .execute("INSERT INTO action_steps (action_id, noted_at, state, note) VALUES (?, ?, ?, ?)",
                 {action_id, step.at, std::string(to_word(step.state)),
                  inventory::clean_text(step.note, longest_step_note)})
        .map([](std::uint64_t) {});
}

Result<Action> move_action(Connection& connection, Action action, const Step& step) {
    if (!may_follow(action.state, step.state)) {
        return failure("it cannot go from " + std::string(to_word(action.state)) + " to " +
                       std::string(to_word(step.state)));
    }
    const auto moved = connection.execute(
        "UPDATE actions SET state = ?, state_since = ?, stage = ?, version = version + 1 WHERE id = ? AND "
        "version = ? AND state = ?",
        {std::string(to_word(step.state)), step.at, std::string(to_word(action.stage)), action.id,
         action.version, std::string(to_word(action.state))});
    if (!moved) {
        return tl::unexpected(moved.error());
    }
    if (*moved == 0) {
        return failure("it has moved on since it was read (version " + std::to_string(action.version) +
                       "): read it again");
    }
    action.state = step.state;
    action.state_since = step.at;
    ++action.version;
    return insert_step(connection, action.id, step).map([&] { return action; });
}

Result<std::uint64_t> insert_evidence(Connection& connection, std::uint64_t action_id,
                                      const Evidence& evidence) {
    const auto inserted = connection.execute(
        "INSERT INTO evidence (action_id, noted_at, kind, json) SELECT id, ?, ?, ? FROM actions WHERE id = ?",
        {evidence.at, evidence.kind, evidence.json, action_id});
    if (!inserted) {
        return tl::unexpected(inserted.error());
    }
    return *inserted == 1 ? Result<std::uint64_t>(connection.last_insert_id())
                          : failure("there is no such action");
}

}  // namespace controller::journal
