#include "controller/journal/mariadb_moves.hpp"

#include <utility>

#include "controller/journal/actions.hpp"
#include "controller/journal/operator_words.hpp"
#include "controller/journal/store.hpp"
#include "inventory/support/text.hpp"

namespace controller::journal {
namespace {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::Time;
using inventory::mariadb::Connection;
using inventory::mariadb::Parameter;
using inventory::mariadb::Row;

constexpr std::size_t longest_note = 4000;
constexpr std::size_t longest_name = 255;
/// How long the word of who asks for a move stands for its first try, where the mode is approve.
constexpr std::chrono::hours asking_counts_for{24};

const std::string select_moves =
    "SELECT m.id, m.action_id, a.state, m.batch, m.vm_uuid, m.account, m.domain_uuid, m.networks, "
    "m.from_account, m.from_domain, m.requested_by, m.reason, m.requested_at, m.failure, m.failure_note, "
    "m.judged_event FROM moves m JOIN actions a ON a.id = m.action_id ";

/// The columns of `select_moves`, in their order.
namespace move_row {
enum Column : std::size_t {
    id,
    action_id,
    state,
    batch,
    vm_uuid,
    account,
    domain_uuid,
    networks,
    from_account,
    from_domain,
    requested_by,
    reason,
    requested_at,
    failure,
    failure_note,
    judged_event,
};
}  // namespace move_row

Result<Move> to_move(const Row& row) {
    const auto state = parse_action_state(row.text_or(move_row::state, ""));
    const auto requested_at = row.time(move_row::requested_at);
    const auto& failure_word = row.text(move_row::failure);
    const auto failed = failure_word ? parse_move_failure(*failure_word) : std::nullopt;
    if (!state || !requested_at || failed.has_value() != failure_word.has_value()) {
        return failure(
            "move " + row.text_or(move_row::id, "?") +
            " holds a word or a time that this controller does not know: was it written by a newer "
            "one?");
    }
    Move move;
    move.id = row.number(move_row::id).value_or(0);
    move.action_id = row.number(move_row::action_id).value_or(0);
    move.state = *state;
    move.batch = row.text_or(move_row::batch, "");
    move.vm_uuid = row.text_or(move_row::vm_uuid, "");
    move.target = {row.text_or(move_row::account, ""), row.text_or(move_row::domain_uuid, ""),
                   inventory::split(row.text_or(move_row::networks, ""), ',')};
    move.from = {inventory::AccountId{row.number(move_row::from_account).value_or(0)},
                 inventory::AccountDomainId{row.number(move_row::from_domain).value_or(0)}};
    move.requested_by = row.text_or(move_row::requested_by, "");
    move.reason = row.text_or(move_row::reason, "");
    move.requested_at = *requested_at;
    move.failure = failed;
    move.failure_note = row.text_or(move_row::failure_note, "");
    move.judged_event = row.number(move_row::judged_event).value_or(0);
    return move;
}

Result<std::vector<Move>> read_moves(Connection& connection, const std::string& condition,
                                     const std::vector<Parameter>& parameters) {
    const auto rows = connection.query(select_moves + condition, parameters);
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<Move> moves;
    for (const auto& row : *rows) {
        auto move = to_move(row);
        if (!move) {
            return tl::unexpected(move.error());
        }
        moves.push_back(*std::move(move));
    }
    return moves;
}

Result<std::optional<Move>> read_one(Connection& connection, const std::string& condition,
                                     const std::vector<Parameter>& parameters) {
    return read_moves(connection, condition, parameters).map([](const std::vector<Move>& moves) {
        return moves.empty() ? std::nullopt : std::optional{moves.front()};
    });
}

/// True when the row is new; false when the batch has the VM already: the UNIQUE key decides.
Result<bool> insert_move(Connection& connection, const MoveRequest& request, Time now) {
    const auto batch = request.batch.empty() ? Parameter{nullptr} : Parameter{request.batch};
    return connection
        .execute(
            "INSERT INTO moves (action_id, batch, vm_uuid, account, domain_uuid, networks, from_account, "
            "from_domain, requested_by, reason, requested_at, failure_note) VALUES (0, ?, ?, ?, ?, ?, ?, ?, "
            "?, "
            "?, ?, '') ON DUPLICATE KEY UPDATE id = id",
            {batch, request.vm_uuid, request.target.account, request.target.domain_uuid,
             inventory::joined(request.target.network_uuids, ","), request.from.account.value,
             request.from.domain.value, inventory::clean_text(request.requested_by, longest_name),
             inventory::clean_text(request.reason, longest_note), now})
        .map([](std::uint64_t rows) { return rows == 1; });
}

/// The action that carries the move out. Its identity has the time in it: a move that is asked for again gets
/// another one.
Result<std::uint64_t> insert_action(Connection& connection, std::uint64_t move_id, const MoveRequest& request,
                                    Time now) {
    const auto inserted = connection.execute(
        "INSERT INTO actions (remedy, alert_name, fingerprint, starts_at, vm_uuid, state, state_since, "
        "version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
        {std::string(to_word(Remedy::reassign_retry)), std::string(move_alert_name),
         fingerprint_of_move(move_id), now, request.vm_uuid, std::string(to_word(ActionState::received)),
         now});
    if (!inserted) {
        return tl::unexpected(inserted.error());
    }
    const auto id = connection.last_insert_id();
    const Labels labels{{"alertname", std::string(move_alert_name)},
                        {"remedy", std::string(to_word(Remedy::reassign_retry))},
                        {"vm_id", request.vm_uuid}};
    return insert_step(connection, id,
                       {now, ActionState::received,
                        "asked for by " + request.requested_by + ", to account " + request.target.account +
                            ": " + request.reason})
        .and_then([&] { return insert_labels(connection, id, labels); })
        .map([id] { return id; });
}

/// Whoever asks for a move says yes to its first try. What Warden tries again by itself is the mode's to
/// allow.
Status approve_first_try(Connection& connection, std::uint64_t action_id, const MoveRequest& request,
                         Time now) {
    Action action;
    action.id = action_id;
    action.vm_uuid = request.vm_uuid;
    action.state = ActionState::received;
    const Word word{inventory::clean_text(request.requested_by, longest_name),
                    inventory::clean_text(request.reason, longest_note), now};
    const Approval approval{
        .action_id = action_id, .attempt_number = 1, .word = word, .expires_at = now + asking_counts_for};
    return insert_approval(connection, action, approval).map([](const Approval&) {});
}

Status give_action(Connection& connection, std::uint64_t move_id, const MoveRequest& request, Time now) {
    const auto action = insert_action(connection, move_id, request, now);
    if (!action) {
        return tl::unexpected(action.error());
    }
    if (auto approved = approve_first_try(connection, *action, request, now); !approved) {
        return approved;
    }
    return connection
        .execute(
            "UPDATE moves SET action_id = ?, from_account = ?, from_domain = ?, failure = NULL, "
            "failure_note = '' WHERE id = ?",
            {*action, request.from.account.value, request.from.domain.value, move_id})
        .map([](std::uint64_t) {});
}

Result<FiledMove> read_filed(Connection& connection, std::uint64_t id) {
    return read_one(connection, "WHERE m.id = ?", {id}).and_then([](const auto& move) -> Result<FiledMove> {
        return move ? Result<FiledMove>(FiledMove{*move, true})
                    : failure("the move is gone from the journal");
    });
}

/// Whether asking again makes sense: it is over, without having moved anything or left pieces.
bool can_be_asked_again(const Move& move) {
    const bool is_over = move.state == ActionState::failed || move.state == ActionState::cancelled;
    return is_over && move.failure != MoveFailure::partial;
}

Result<FiledMove> file_known(Connection& connection, const MoveRequest& request, Time now) {
    const auto known =
        read_one(connection, "WHERE m.batch = ? AND m.vm_uuid = ?", {request.batch, request.vm_uuid});
    if (!known || !*known) {
        return known ? failure("the move is gone from the journal") : tl::unexpected(known.error());
    }
    if (!request.again || !can_be_asked_again(**known)) {
        return FiledMove{**known, false};
    }
    if (auto given = give_action(connection, (*known)->id, request, now); !given) {
        return tl::unexpected(given.error());
    }
    return read_filed(connection, (*known)->id);
}

Result<FiledMove> file_move(Connection& connection, const MoveRequest& request, Time now) {
    const auto inserted = insert_move(connection, request, now);
    if (!inserted) {
        return tl::unexpected(inserted.error());
    }
    if (!*inserted) {
        return file_known(connection, request, now);
    }
    const auto id = connection.last_insert_id();
    if (auto given = give_action(connection, id, request, now); !given) {
        return tl::unexpected(given.error());
    }
    return read_filed(connection, id);
}

class MariadbMoves final : public Moves {
public:
    MariadbMoves(const inventory::mariadb::Server& server, Store::WriteHook on_write, Fence fence)
        : store_(server, std::move(on_write)), fence_(std::move(fence)) {}

    Result<FiledMove> file(const MoveRequest& request, Time now) override {
        return store_.write("cannot journal the move of VM " + request.vm_uuid,
                            [&](Connection& connection) { return file_move(connection, request, now); });
    }
    Result<std::optional<Move>> newest_on(const std::string& vm_uuid) override {
        return store_.read("cannot read the moves of VM " + vm_uuid, [&](Connection& connection) {
            return read_one(connection, "WHERE m.vm_uuid = ? ORDER BY m.id DESC LIMIT 1", {vm_uuid});
        });
    }
    Result<std::optional<Move>> tried_by(std::uint64_t action_id) override {
        return store_.read(
            "cannot read what action " + std::to_string(action_id) + " moves", [&](Connection& connection) {
                return read_one(connection, "WHERE m.tried_by = ? ORDER BY m.id DESC LIMIT 1", {action_id});
            });
    }
    Result<std::vector<Move>> of_batch(const std::string& batch) override {
        return store_.read("cannot read the moves of batch " + batch, [&](Connection& connection) {
            return read_moves(connection, "WHERE m.batch = ? ORDER BY m.id", {batch});
        });
    }
    Status note_try(std::uint64_t move_id, const MoveTryNote& note) override {
        return write_as_leader("cannot note the try of move " + std::to_string(move_id),
                               "UPDATE moves SET tried_by = ?, judged_event = ? WHERE id = ?",
                               {note.action_id, note.judged_event, move_id});
    }
    Status note_failure(std::uint64_t move_id, std::optional<MoveFailure> failed,
                        const std::string& note) override {
        const auto word = failed ? Parameter{std::string(to_word(*failed))} : Parameter{nullptr};
        return write_as_leader("cannot note the failure of move " + std::to_string(move_id),
                               "UPDATE moves SET failure = ?, failure_note = ? WHERE id = ?",
                               {word, inventory::clean_text(note, longest_note), move_id});
    }

private:
    /// What belongs to executing: nothing of it is written when another controller leads.
    Status write_as_leader(const std::string& what, std::string_view statement,
                           std::initializer_list<Parameter> parameters) {
        return store_.write(what, [&](Connection& connection) -> Status {
            if (auto fenced = check_fence(connection, fence_()); !fenced) {
                return fenced;
            }
            return connection.execute(statement, parameters).map([](std::uint64_t) {});
        });
    }

    Store store_;
    Fence fence_;
};

}  // namespace

std::unique_ptr<Moves> make_mariadb_moves(const inventory::mariadb::Server& server,
                                          std::function<void(inventory::Duration)> on_write, Fence fence) {
    return std::make_unique<MariadbMoves>(server, std::move(on_write), std::move(fence));
}

}  // namespace controller::journal
