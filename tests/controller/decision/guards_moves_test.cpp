#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/controller/decision/refusals.hpp"
#include "tests/support/move_worlds.hpp"

namespace controller::decision {
namespace {

using support::Case;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MoveGuards, all_pass_for_a_stopped_vm_of_its_old_owner) {
    const auto c = support::a_move_case();
    EXPECT_THAT(refusing(c), IsEmpty());
    const auto decision = decide(c.action, c.world, c.policy);
    ASSERT_TRUE(decision.acts());
    EXPECT_EQ(*decision.plan, Plan(AssignVm{support::a_vm().uuid, c.world.move->move->target}));
}

TEST(MoveGuards, neither_grace_nor_the_host_is_asked_for_a_move) {
    const auto c = support::a_move_case();
    for (const auto& verdict : decide(c.action, c.world, c.policy).verdicts) {
        EXPECT_NE(verdict.guard, "grace");
        EXPECT_NE(verdict.guard, "host_up");
    }
}

/// One way to break the plain move, and the guard that then holds it alone.
struct Hold {
    std::string name;
    std::string guard;
    void (*strike)(Case&);
    std::string says;
};

void PrintTo(const Hold& hold, std::ostream* out) {
    *out << hold.name;
}

class MoveGuardAlone : public ::testing::TestWithParam<Hold> {};

TEST_P(MoveGuardAlone, holds) {
    auto c = support::a_move_case();
    GetParam().strike(c);
    EXPECT_THAT(refusing(c), ElementsAre(GetParam().guard));
    EXPECT_THAT(sentence_of(c, GetParam().guard), HasSubstr(GetParam().says));
}

const std::vector<Hold> holds{
    {"another_volume_owner", "ownership",
     [](Case& c) { c.world.move->vm->volumes.front().owner = support::bob; }, "DATA belongs to"},
    {"no_nic", "ownership", [](Case& c) { c.world.move->vm->nics.clear(); }, "no live NIC"},
    {"leftover_network", "ownership",
     [](Case& c) { c.world.move->destination->networks.front().is_unused = true; }, "unused network"},
    {"disabled_account", "ownership", [](Case& c) { c.world.move->destination->account_state = "disabled"; },
     "disabled"},
    {"running_by_the_newer_reading", "ownership",
     [](Case& c) { c.world.move->vm->state = inventory::VmState::running; }, "not Stopped"},
    {"a_third_owner", "ownership", [](Case& c) { c.world.move->vm->owner.account = inventory::AccountId{9}; },
     "account 9"},
    {"moved_already", "ownership",
     [](Case& c) {
         c.world.move->vm->owner = support::bob;
         for (auto& volume : c.world.move->vm->volumes) {
             volume.owner = support::bob;
         }
         c.world.move->vm->nics.front().network_account = support::bob.account;
     },
     "already"},
    {"failed_for_good", "ownership", [](Case& c) { c.world.move->move->failure = MoveFailure::permanent; },
     "not to be tried again"},
    {"failed_for_an_unknown_reason", "ownership",
     [](Case& c) { c.world.move->move->failure = MoveFailure::unknown; }, "unknown"},
    {"cancelled", "ownership", [](Case& c) { c.world.move->move->state = ActionState::cancelled; },
     "cancelled"},
    {"a_newer_move", "ownership", [](Case& c) { c.world.move->move->id = 2; }, "newer move"},
    {"another_row", "ownership", [](Case& c) { c.world.move->vm->vm = inventory::VmId{99}; }, "another row"},
    {"no_row", "sequence_ready",
     [](Case& c) { c.world.move->destination->networks.front().next_mac.reset(); }, "op_networks"},
    {"used_up", "sequence_ready",
     [](Case& c) { c.world.move->destination->networks.front().next_mac = 65536; }, "used up"},
    {"somebody_waits", "sequence_ready", [](Case& c) { c.world.move->sequence_waiters.emplace()[220] = 1; },
     "wait for a lock"},
    {"waiters_unknown", "sequence_ready", [](Case& c) { c.world.move->sequence_waiters.reset(); }, "unknown"},
    {"named_network_gone", "sequence_ready",
     [](Case& c) { c.world.move->move->target.network_uuids = {"gone"}; }, "not there"},
    {"no_network_and_no_generator", "sequence_ready",
     [](Case& c) {
         c.world.move->destination->networks.clear();
         c.world.move->destination->next_network_id.reset();
     },
     "networks_seq"},
    {"a_live_domain", "still_true",
     [](Case& c) { c.world.candidates.front().domain = inventory::DomainState::running; }, "running"},
    {"a_silent_host", "witnesses", [](Case& c) { c.world.candidates.front().answered = false; }, "kvm1"},
};

INSTANTIATE_TEST_SUITE_P(Each, MoveGuardAlone, ::testing::ValuesIn(holds),
                         [](const auto& hold) { return hold.param.name; });

TEST(MoveGuards, a_move_that_was_made_elsewhere_waits_for_its_target) {
    auto c = support::a_move_case();
    c.action.fingerprint = "0123456789abcdef";
    c.world.move->move.reset();
    EXPECT_THAT(verdict_of(c, "ownership").refusal.value().lifted_by, HasSubstr("wardenctl reassign --vm"));
    EXPECT_FALSE(decide(c.action, c.world, c.policy).acts());
}

TEST(MoveGuards, an_alert_may_retry_what_failed_transiently_and_nothing_else) {
    auto c = support::a_move_case();
    c.action.fingerprint = "0123456789abcdef";
    c.world.move->move->state = ActionState::failed;
    c.world.move->move->failure = MoveFailure::transient;
    EXPECT_THAT(refusing(c), IsEmpty());
    c.world.move->move->failure.reset();
    EXPECT_THAT(refusing(c), ElementsAre("ownership")) << "it failed, and nobody knows why";
}

TEST(MoveGuards, what_is_unknown_holds) {
    auto c = support::a_move_case();
    c.world.move->vm.reset();
    EXPECT_THAT(refusing(c), ElementsAre("ownership", "sequence_ready"));
    c = support::a_move_case();
    c.world.move->destination.reset();
    EXPECT_THAT(refusing(c), ElementsAre("ownership", "sequence_ready"));
    c = support::a_move_case();
    c.world.move.reset();
    EXPECT_THAT(refusing(c), ElementsAre("ownership", "sequence_ready"));
}

}  // namespace
}  // namespace controller::decision
