#include "tests/support/fake_moves.hpp"

namespace test_support {

using controller::Move;

Move FakeMoves::with_state(Move move) {
    if (const auto action = journal_.find(move.action_id); action && *action) {
        move.state = (*action)->state;
    }
    return move;
}

inventory::Result<controller::journal::FiledMove> FakeMoves::file(
    const controller::journal::MoveRequest& request, inventory::Time now) {
    const std::lock_guard lock(mutex_);
    Move move;
    move.id = moves_.size() + 1;
    move.batch = request.batch;
    move.vm_uuid = request.vm_uuid;
    move.target = request.target;
    move.from = request.from;
    move.requested_by = request.requested_by;
    move.reason = request.reason;
    move.requested_at = now;
    const controller::Alert alert{
        .firing = true,
        .fingerprint = controller::fingerprint_of_move(move.id),
        .starts_at = now,
        .labels = {{"alertname", std::string{controller::move_alert_name}}, {"vm_id", request.vm_uuid}}};
    if (const auto received = journal_.receive(alert, controller::Remedy::reassign_retry, now); !received) {
        return tl::unexpected(received.error());
    }
    const auto actions = journal_.list({.vm_uuid = request.vm_uuid, .limit = 1});
    move.action_id = actions->front().id;
    const auto approved = operators_.approve(actions->front(), {request.requested_by, request.reason, now},
                                             now + std::chrono::hours{24});
    if (!approved) {
        return tl::unexpected(approved.error());
    }
    moves_.push_back(move);
    return controller::journal::FiledMove{with_state(move), true};
}

inventory::Result<std::optional<Move>> FakeMoves::newest_on(const std::string& vm_uuid) {
    const std::lock_guard lock(mutex_);
    std::optional<Move> newest;
    for (const auto& move : moves_) {
        if (move.vm_uuid == vm_uuid) {
            newest = with_state(move);
        }
    }
    return newest;
}

inventory::Result<std::vector<Move>> FakeMoves::of_batch(const std::string& batch) {
    const std::lock_guard lock(mutex_);
    std::vector<Move> found;
    for (const auto& move : moves_) {
        if (move.batch == batch) {
            found.push_back(with_state(move));
        }
    }
    return found;
}

inventory::Result<std::optional<Move>> FakeMoves::tried_by(std::uint64_t action_id) {
    const std::lock_guard lock(mutex_);
    std::optional<Move> newest;
    for (const auto& [move, action] : tried_by_) {
        if (action == action_id) {
            newest = with_state(moves_.at(move - 1));
        }
    }
    return newest;
}

inventory::Status FakeMoves::note_try(std::uint64_t move_id, const controller::journal::MoveTryNote& note) {
    const std::lock_guard lock(mutex_);
    tried_by_[move_id] = note.action_id;
    moves_.at(move_id - 1).judged_event = note.judged_event;
    return {};
}

inventory::Status FakeMoves::note_failure(std::uint64_t move_id,
                                          std::optional<controller::MoveFailure> failure,
                                          const std::string& note) {
    const std::lock_guard lock(mutex_);
    moves_.at(move_id - 1).failure = failure;
    moves_.at(move_id - 1).failure_note = note;
    return {};
}

}  // namespace test_support
