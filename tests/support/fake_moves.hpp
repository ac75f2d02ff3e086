#pragma once

#include <map>
#include <mutex>

#include "controller/journal/moves.hpp"
#include "tests/support/fake_operators.hpp"

namespace test_support {

/// Moves in memory beside a fake journal, whose actions they get, and operators' words, where their first
/// tries are approved.
class FakeMoves : public controller::journal::Moves {
public:
    FakeMoves(FakeJournal& journal, FakeOperators& operators) : journal_(journal), operators_(operators) {}

    inventory::Result<controller::journal::FiledMove> file(const controller::journal::MoveRequest& request,
                                                           inventory::Time now) override;
    inventory::Result<std::optional<controller::Move>> newest_on(const std::string& vm_uuid) override;
    inventory::Result<std::vector<controller::Move>> of_batch(const std::string& batch) override;
    inventory::Result<std::optional<controller::Move>> tried_by(std::uint64_t action_id) override;
    inventory::Status note_try(std::uint64_t move_id, const controller::journal::MoveTryNote& note) override;
    inventory::Status note_failure(std::uint64_t move_id, std::optional<controller::MoveFailure> failure,
                                   const std::string& note) override;

private:
    controller::Move with_state(controller::Move move);

    FakeJournal& journal_;
    FakeOperators& operators_;
    std::mutex mutex_;
    std::vector<controller::Move> moves_;              // the id is the position + 1
    std::map<std::uint64_t, std::uint64_t> tried_by_;  // move -> action
};

}  // namespace test_support
