#include "wardenctl/bulk_move.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardenctl {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A controller that ends a move two looks after it was asked for.
class FakeOffice : public MovesOffice {
public:
    inventory::Result<CheckedLine> check(const MoveLine& line) override {
        const bool is_broken = in_pieces.contains(line.vm);
        const bool belongs_there = there.contains(line.vm) || is_broken;
        CheckedLine checked{id_of(line.vm), line.vm, "holds", {}, belongs_there, !is_broken};
        if (belongs_there) {
            checked.standing = "fails";
            checked.sentences = {is_broken ? "the VM has no live NIC" : "it belongs to the account already"};
        }
        if (standing.contains(line.vm)) {
            checked.standing = standing.at(line.vm);
            checked.sentences = {"a snapshot"};
        }
        return checked;
    }
    inventory::Status file(const MoveLine& line, const std::string& /*batch*/, bool again) override {
        if (again || !moves.contains(line.vm)) {
            filed.push_back(line.vm);
            moves[line.vm] = {{line.vm, filed.size(), "received", "", ""}, 0};
        }
        return {};
    }
    inventory::Result<std::vector<KnownMove>> known(const std::string& /*batch*/) override {
        if (++looks == dies_at_look) {
            return inventory::failure("cannot reach the controller");
        }
        std::vector<KnownMove> list;
        std::size_t open = 0;
        if (looks == cancelled_at_look) {
            moves.begin()->second.first.state = "cancelled";
        }
        for (auto& [vm, entry] : moves) {
            open += entry.first.state == "received" ? 1U : 0U;
            if (entry.first.state == "received" && ++entry.second == 2) {
                entry.first.state = fails.contains(vm) ? "failed" : "succeeded";
                entry.first.note = fails.contains(vm) ? "1205" : "";
                if (!fails.contains(vm)) {
                    there.insert(vm);
                }
            }
            list.push_back(entry.first);
        }
        most_at_once = std::max(most_at_once, open);
        return list;
    }

    /// What an earlier run of the batch left behind.
    void remember(const std::string& vm, const std::string& state, const std::string& failure = "") {
        moves[vm] = {{vm, 7, state, failure, "no NIC is left"}, 2};
    }
    [[nodiscard]] std::string id_of(const std::string& vm) const {
        return same.contains(vm) ? same.at(vm) : vm;
    }

    std::map<std::string, std::string> standing;
    std::map<std::string, std::string> same;  ///< other names of VMs
    std::set<std::string> there;
    std::set<std::string> in_pieces;  ///< of the new account, but not wholly
    std::set<std::string> fails;
    std::map<std::string, std::pair<KnownMove, int>> moves;
    std::vector<std::string> filed;
    std::size_t most_at_once = 0;
    int looks = 0;
    int dies_at_look = 0;
    int cancelled_at_look = 0;  ///< somebody cancels the first one
};

MoveFile a_file(int vms) {
    MoveFile file{"batch", {}};
    for (int i = 1; i <= vms; ++i) {
        file.lines.push_back({"vm-" + std::to_string(i), "bob", "ROOT/south", {}});
    }
    return file;
}

class Bulk : public testing::Test {
protected:
    inventory::Result<BulkOutcome> run(int vms, std::size_t at_once = 4) {
        const BulkSettings settings{.at_once = at_once,
                                    .accept_unknown = false,
                                    .patience = std::chrono::minutes{1},
                                    .now = [this] { return now; },
                                    .pause = [this](inventory::Duration time) { now += time; },
                                    .say = [](const std::string&) {}};
        return move_all(a_file(vms), office, settings);
    }

    inventory::Time now;
    FakeOffice office;
};

TEST_F(Bulk, moves_every_vm_and_no_more_at_once_than_allowed) {
    const auto outcome = run(20).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_EQ(outcome.moved, 20U);
    EXPECT_EQ(office.most_at_once, 4U);
}

TEST_F(Bulk, sends_the_first_one_alone) {
    office.fails = {"vm-1"};
    const auto outcome = run(20).value();
    EXPECT_THAT(office.filed, ElementsAre("vm-1"));
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("1205")));
    EXPECT_EQ(outcome.left, 19U);
}

TEST_F(Bulk, stops_at_the_first_failure_once_what_is_under_way_has_ended) {
    office.fails = {"vm-10"};
    const auto outcome = run(20).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("vm-10")));
    EXPECT_FALSE(outcome.is_done());
    EXPECT_EQ(outcome.moved + outcome.left + 1, 20U);
    EXPECT_GT(outcome.left, 0U);
    for (const auto& [vm, entry] : office.moves) {
        EXPECT_NE(entry.first.state, "received") << vm;
    }
}

TEST_F(Bulk, goes_on_with_the_same_file_after_a_failure_was_lifted) {
    office.fails = {"vm-10"};
    (void)run(20);
    office.fails.clear();
    const auto outcome = run(20).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_EQ(std::ranges::count(office.filed, "vm-10"), 2);
    EXPECT_EQ(office.filed.size(), 21U) << "nothing else was asked for twice";
}

TEST_F(Bulk, goes_on_after_it_died_in_the_middle_and_does_nothing_twice) {
    office.dies_at_look = 9;
    EXPECT_FALSE(run(20));
    const auto outcome = run(20).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_EQ(office.filed.size(), 20U);
}

TEST_F(Bulk, moves_nothing_while_the_preflight_of_one_fails_or_is_unknown) {
    for (const auto* standing : {"fails", "unknown"}) {
        office.standing = {{"vm-7", standing}};
        const auto outcome = run(20).value();
        EXPECT_THAT(office.filed, IsEmpty());
        EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("a snapshot")));
    }
}

TEST_F(Bulk, leaves_alone_what_is_there_already) {
    office.there = {"vm-1", "vm-2"};
    const auto outcome = run(3).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_THAT(office.filed, ElementsAre("vm-3"));
    EXPECT_EQ(outcome.moved, 1U);
    EXPECT_EQ(outcome.there, 2U);
}

TEST_F(Bulk, a_vm_in_pieces_has_not_moved_whatever_account_it_belongs_to) {
    office.in_pieces = {"vm-3"};
    for (const auto* state : {"failed", "unverified"}) {
        office.remember("vm-3", state, "partial");
        const auto outcome = run(5).value();
        EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("no NIC is left"))) << state;
        EXPECT_THAT(office.filed, IsEmpty());
        EXPECT_EQ(outcome.moved + outcome.there, 0U);
    }
}

TEST_F(Bulk, a_vm_in_pieces_that_the_journal_does_not_know_stops_it_too) {
    office.in_pieces = {"vm-3"};
    const auto outcome = run(5).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("no live NIC")));
    EXPECT_THAT(office.filed, IsEmpty());
}

TEST_F(Bulk, what_nobody_could_verify_is_for_a_human_though_it_looks_whole) {
    office.remember("vm-3", "unverified");
    office.there = {"vm-3"};
    const auto outcome = run(5).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("take its line out")));
    EXPECT_THAT(office.filed, IsEmpty());
}

TEST_F(Bulk, waits_for_what_is_under_way_though_the_record_names_the_new_account) {
    office.in_pieces = {"vm-1"};
    office.moves["vm-1"] = {{"vm-1", 7, "verifying", "", ""}, 0};
    const auto outcome = run(1).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("still verifying")));
}

TEST_F(Bulk, what_is_cancelled_while_it_is_in_pieces_has_not_moved) {
    office.in_pieces = {"vm-1"};
    office.moves["vm-1"] = {{"vm-1", 7, "held", "", ""}, 0};
    office.cancelled_at_look = 2;
    const auto outcome = run(1).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("cancelled")));
    EXPECT_EQ(outcome.moved + outcome.there, 0U);
}

TEST_F(Bulk, what_was_there_before_is_no_canary) {
    office.there = {"vm-1"};
    office.fails = {"vm-2"};
    const auto outcome = run(20).value();
    EXPECT_THAT(office.filed, ElementsAre("vm-2"));
    EXPECT_EQ(outcome.left, 18U);
}

TEST_F(Bulk, what_this_batch_moved_in_an_earlier_run_is_a_canary) {
    office.remember("vm-1", "succeeded");
    office.there = {"vm-1"};
    office.fails = {"vm-2"};
    (void)run(20);
    EXPECT_EQ(office.filed.size(), 4U);
}

TEST_F(Bulk, stops_at_a_vm_that_was_moved_back_since) {
    office.remember("vm-2", "succeeded");
    const auto outcome = run(3).value();
    EXPECT_THAT(office.filed, IsEmpty());
    EXPECT_THAT(outcome.failed, ElementsAre(AllOf(HasSubstr("not there any more"),
                                                  HasSubstr("wardenctl reassign --vm vm-2"))));
}

TEST_F(Bulk, what_its_new_owner_does_with_a_moved_vm_does_not_stop_it) {
    office.remember("vm-2", "succeeded");
    office.in_pieces = {"vm-2"};  // another NIC, on a network that the line does not name
    EXPECT_TRUE(run(3).value().is_done());
}

TEST_F(Bulk, does_not_undo_that_somebody_cancelled) {
    office.remember("vm-2", "cancelled");
    const auto outcome = run(3).value();
    EXPECT_THAT(office.filed, IsEmpty());
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("cancelled (action 7)")));
}

TEST_F(Bulk, what_was_in_pieces_goes_on_once_it_was_mended_and_moved_by_itself) {
    office.remember("vm-2", "failed", "partial");
    const auto mended = run(3).value();
    EXPECT_THAT(mended.failed, ElementsAre(HasSubstr("wardenctl reassign --vm vm-2 --account bob")))
        << "the journal does not take it for this batch again";
    office.there = {"vm-2"};
    const auto outcome = run(3).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_THAT(office.filed, ElementsAre("vm-1", "vm-3"));
}

TEST_F(Bulk, one_vm_by_two_names_stops_it_before_anything_moves) {
    office.same = {{"vm-4", "vm-2"}};
    const auto outcome = run(5).value();
    EXPECT_THAT(office.filed, IsEmpty());
    EXPECT_THAT(outcome.failed, ElementsAre(AllOf(HasSubstr("as vm-2 and as vm-4"), HasSubstr("twice"))));
    EXPECT_FALSE(outcome.is_done());
}

TEST_F(Bulk, does_not_wait_for_ever_for_what_is_held) {
    office.moves["vm-1"] = {{"vm-1", 1, "held", "", ""}, 0};
    const auto outcome = run(2).value();
    EXPECT_THAT(outcome.failed, ElementsAre(AllOf(HasSubstr("still held"), HasSubstr("wardenctl cancel 1"))));
    EXPECT_EQ(outcome.left, 1U);
}

TEST_F(Bulk, stops_at_once_where_nothing_would_be_done) {
    office.moves["vm-1"] = {{"vm-1", 1, "observed", "", ""}, 0};
    EXPECT_THAT(run(2).value().failed, ElementsAre(HasSubstr("observe")));
}

}  // namespace
}  // namespace wardenctl
