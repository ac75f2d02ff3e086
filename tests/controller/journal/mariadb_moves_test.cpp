#include "controller/journal/mariadb_moves.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/journal/mariadb_operators.hpp"
#include "tests/controller/journal/mariadb_schema.hpp"

namespace controller::journal {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

const inventory::Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 14} + 9h};
constexpr inventory::Owner alice{inventory::AccountId{5}, inventory::AccountDomainId{2}};

MoveRequest a_request(const std::string& vm = "vm-1", const std::string& batch = "") {
    return {.batch = batch,
            .vm_uuid = vm,
            .target = {"bob", "domain-3", {"net-1", "net-2"}},
            .from = alice,
            .requested_by = "eve",
            .reason = "sold",
            .again = false};
}

class MariadbMoves : public testing::Test {
protected:
    MariadbMoves() {
        journal = open_leading_journal(server);
        moves = make_mariadb_moves(server, {}, [] { return std::optional<std::uint64_t>{1}; });
    }

    void end(std::uint64_t action_id, ActionState state) {
        const auto action = journal->find(action_id).value().value();
        ASSERT_TRUE(journal->advance(action, state, "", now));
    }

    inventory::mariadb::Server server = new_schema();
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Moves> moves;
};

TEST_F(MariadbMoves, a_move_is_kept_with_its_target_and_gets_an_action) {
    const auto filed = moves->file(a_request(), now).value();
    EXPECT_TRUE(filed.created);
    const auto kept = moves->newest_on("vm-1").value().value();
    EXPECT_EQ(kept, filed.move);
    EXPECT_EQ(kept.target, (MoveTarget{"bob", "domain-3", {"net-1", "net-2"}}));
    EXPECT_EQ(kept.from, alice);
    EXPECT_EQ(kept.requested_by, "eve");
    EXPECT_EQ(kept.requested_at, now);
    EXPECT_EQ(kept.failure, std::nullopt);
    const auto action = journal->find(kept.action_id).value().value();
    EXPECT_EQ(action.remedy, Remedy::reassign_retry);
    EXPECT_EQ(action.fingerprint, fingerprint_of_move(kept.id));
    EXPECT_EQ(action.vm_uuid, "vm-1");
    EXPECT_EQ(action.state, ActionState::received);
    EXPECT_THAT(journal->steps(action.id).value().front().note, HasSubstr("eve"));
}

TEST_F(MariadbMoves, who_asks_for_a_move_says_yes_to_its_first_try) {
    const auto operators = open_mariadb_operators(server, {}).value();
    const auto filed = moves->file(a_request(), now).value();
    const auto action = journal->find(filed.move.action_id).value().value();
    const auto words = operators->words_on(action, now + 1h).value();
    ASSERT_EQ(words.approvals.size(), 1U);
    EXPECT_EQ(words.approvals.front().attempt_number, 1U);
    EXPECT_EQ(words.approvals.front().word, (Word{"eve", "sold", now}));
    EXPECT_EQ(words.approvals.front().expires_at, now + 24h);
    EXPECT_TRUE(operators->words_on(action, now + 24h).value().approvals.empty());
    EXPECT_EQ(words.on(action).labels.value().at("vm_id"), "vm-1")
        << "a silence of the VM covers its move, too";
}

TEST_F(MariadbMoves, a_move_without_networks_has_none) {
    auto request = a_request();
    request.target.network_uuids.clear();
    ASSERT_TRUE(moves->file(request, now));
    EXPECT_TRUE(moves->newest_on("vm-1").value()->target.network_uuids.empty());
}

TEST_F(MariadbMoves, a_batch_has_each_vm_once) {
    const auto first = moves->file(a_request("vm-1", "b"), now).value();
    const auto second = moves->file(a_request("vm-1", "b"), now + 1s).value();
    EXPECT_FALSE(second.created);
    EXPECT_EQ(second.move, first.move);
    EXPECT_TRUE(moves->file(a_request("vm-2", "b"), now).value().created);
    EXPECT_TRUE(moves->file(a_request("vm-1", "c"), now).value().created);
    EXPECT_EQ(moves->of_batch("b").value().size(), 2U);
    EXPECT_EQ(journal->list({}).value().size(), 3U);
}

TEST_F(MariadbMoves, moves_outside_of_a_batch_are_never_the_same) {
    const auto first = moves->file(a_request(), now).value();
    const auto second = moves->file(a_request(), now + 1s).value();
    EXPECT_TRUE(second.created);
    EXPECT_EQ(moves->newest_on("vm-1").value()->id, second.move.id);
    EXPECT_NE(first.move.id, second.move.id);
}

TEST_F(MariadbMoves, what_was_cancelled_is_asked_for_again_with_an_action_of_its_own) {
    const auto first = moves->file(a_request("vm-1", "b"), now).value();
    auto again = a_request("vm-1", "b");
    again.again = true;
    EXPECT_FALSE(moves->file(again, now + 1s).value().created) << "it is open still";
    end(first.move.action_id, ActionState::cancelled);
    EXPECT_EQ(moves->newest_on("vm-1").value()->state, ActionState::cancelled);
    const auto second = moves->file(again, now + 2s).value();
    EXPECT_TRUE(second.created);
    EXPECT_EQ(second.move.id, first.move.id);
    EXPECT_NE(second.move.action_id, first.move.action_id);
    EXPECT_EQ(second.move.state, ActionState::received);
}

TEST_F(MariadbMoves, pieces_are_never_asked_for_again) {
    const auto first = moves->file(a_request("vm-1", "b"), now).value();
    ASSERT_TRUE(moves->note_failure(first.move.id, MoveFailure::partial, "no NIC"));
    end(first.move.action_id, ActionState::cancelled);
    auto again = a_request("vm-1", "b");
    again.again = true;
    EXPECT_FALSE(moves->file(again, now + 2s).value().created);
}

TEST_F(MariadbMoves, tries_and_failures_are_noted) {
    const auto id = moves->file(a_request(), now).value().move.id;
    ASSERT_TRUE(moves->note_try(id, {.action_id = 5, .judged_event = 77}));
    ASSERT_TRUE(moves->note_failure(id, MoveFailure::transient, "1205"));
    auto kept = moves->newest_on("vm-1").value().value();
    EXPECT_EQ(kept.judged_event, 77U);
    EXPECT_EQ(kept.failure, MoveFailure::transient);
    EXPECT_EQ(kept.failure_note, "1205");
    ASSERT_TRUE(moves->note_failure(id, std::nullopt, ""));
    EXPECT_EQ(moves->newest_on("vm-1").value()->failure, std::nullopt);
}

TEST_F(MariadbMoves, a_try_keeps_its_move_whatever_is_asked_for_meanwhile) {
    EXPECT_EQ(moves->tried_by(5).value(), std::nullopt);
    const auto first = moves->file(a_request(), now).value().move.id;
    ASSERT_TRUE(moves->note_try(first, {.action_id = 5, .judged_event = 77}));
    const auto second = moves->file(a_request(), now + 1s).value().move.id;
    EXPECT_EQ(moves->newest_on("vm-1").value()->id, second);
    EXPECT_EQ(moves->tried_by(5).value()->id, first);
    EXPECT_EQ(moves->tried_by(5).value()->judged_event, 77U);
    ASSERT_TRUE(moves->note_try(second, {.action_id = 5, .judged_event = 80}));
    EXPECT_EQ(moves->tried_by(5).value()->id, second) << "the action went on to the newer one";
}

TEST_F(MariadbMoves, a_controller_that_does_not_lead_takes_moves_and_notes_nothing_of_their_tries) {
    const auto late = make_mariadb_moves(server, {}, [] { return std::optional<std::uint64_t>{7}; });
    const auto id = late->file(a_request(), now).value().move.id;
    EXPECT_THAT(late->note_try(id, {.action_id = 5, .judged_event = 77}).error().message,
                HasSubstr("fenced"));
    EXPECT_THAT(late->note_failure(id, MoveFailure::partial, "").error().message, HasSubstr("fenced"));
    EXPECT_EQ(moves->newest_on("vm-1").value()->judged_event, 0U);
    EXPECT_EQ(moves->newest_on("vm-1").value()->failure, std::nullopt);
}

TEST_F(MariadbMoves, nobody_asked_for_anything) {
    EXPECT_EQ(moves->newest_on("vm-9").value(), std::nullopt);
    EXPECT_TRUE(moves->of_batch("b").value().empty());
}

}  // namespace
}  // namespace controller::journal
