#include "inventory/model/ownership.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inventory {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Owner alice{AccountId{5}, AccountDomainId{2}};
constexpr Owner bob{AccountId{6}, AccountDomainId{3}};
constexpr Owner carol{AccountId{7}, AccountDomainId{3}};

OwnedNic a_nic(const Owner& owner, const std::string& uuid = "alices-network") {
    return {NetworkId{200}, uuid, "Isolated", owner.account, true};
}

/// Stopped, with two volumes and a NIC, all of one owner.
VmOwnership a_vm_of(const Owner& owner, const std::string& network = "alices-network") {
    VmOwnership vm;
    vm.vm = VmId{41};
    vm.state = VmState::stopped;
    vm.owner = owner;
    vm.volumes = {{"ROOT-41", owner}, {"DATA-41", owner}};
    vm.nics = {a_nic(owner, network)};
    return vm;
}

MoveDestination to_bob() {
    MoveDestination destination;
    destination.owner = bob;
    destination.account = "bob";
    destination.networks = {
        {NetworkId{210}, "bobs-network", "bob-net", "Isolated", bob.account, 1, true, false}};
    return destination;
}

MoveVerdict judge(const VmOwnership& vm, const MoveDestination& destination = to_bob(),
                  std::vector<std::string> networks = {}) {
    return judge_move({alice, std::move(networks)}, vm, destination);
}

TEST(MoveProgress, a_vm_that_is_wholly_the_old_owners_is_untouched) {
    EXPECT_EQ(judge(a_vm_of(alice)), (MoveVerdict{MoveProgress::untouched, {}}));
}

TEST(MoveProgress, a_vm_that_is_wholly_the_new_owners_is_moved) {
    EXPECT_EQ(judge(a_vm_of(bob, "bobs-network")), (MoveVerdict{MoveProgress::moved, {}}));
    EXPECT_EQ(judge(a_vm_of(bob, "bobs-network"), to_bob(), {"bobs-network"}).progress, MoveProgress::moved);
}

TEST(MoveProgress, a_shared_network_may_stay) {
    auto vm = a_vm_of(bob);
    vm.nics = {{NetworkId{300}, "shared", "Shared", AccountId{1}, true}};
    EXPECT_EQ(judge(vm).progress, MoveProgress::moved);
}

TEST(MoveProgress, what_is_not_known_is_unknown) {
    EXPECT_EQ(judge_move({alice, {}}, std::nullopt, to_bob()).progress, MoveProgress::unknown);
    EXPECT_EQ(judge_move({alice, {}}, a_vm_of(alice), std::nullopt).progress, MoveProgress::unknown);
    EXPECT_EQ(judge_move({bob, {}}, a_vm_of(bob), to_bob()).progress, MoveProgress::unknown)
        << "from bob to bob is no move";
}

TEST(MoveProgress, a_volume_that_stayed_behind_makes_it_partial) {
    auto vm = a_vm_of(bob, "bobs-network");
    vm.volumes[1].owner = alice;
    const auto verdict = judge(vm);
    EXPECT_EQ(verdict.progress, MoveProgress::partial);
    EXPECT_THAT(verdict.missing, ElementsAre(HasSubstr("DATA-41 belongs to account 5, domain 2")));
}

TEST(MoveProgress, a_volume_that_went_ahead_makes_it_partial_too) {
    auto vm = a_vm_of(alice);
    vm.volumes[0].owner = bob;
    EXPECT_EQ(judge(vm).progress, MoveProgress::partial);
}

TEST(MoveProgress, a_vm_without_a_nic_is_in_pieces_whoever_has_it) {
    for (const auto& owner : {alice, bob}) {
        auto vm = a_vm_of(owner, "bobs-network");
        vm.nics.clear();
        const auto verdict = judge(vm);
        EXPECT_EQ(verdict.progress, MoveProgress::partial);
        EXPECT_THAT(verdict.missing, ElementsAre("the VM has no live NIC"));
    }
}

TEST(MoveProgress, a_nic_on_the_old_owners_network_or_beside_the_named_ones_makes_it_partial) {
    auto vm = a_vm_of(bob);
    vm.nics = {a_nic(alice)};
    EXPECT_EQ(judge(vm).progress, MoveProgress::partial);
    EXPECT_EQ(judge(a_vm_of(bob, "bobs-network"), to_bob(), {"bobs-other"}).progress, MoveProgress::partial);
}

TEST(MoveProgress, an_unused_network_of_the_new_owner_speaks_against_another_try_unless_it_is_named) {
    auto destination = to_bob();
    destination.networks[0].is_unused = true;
    EXPECT_EQ(judge(a_vm_of(alice), destination).progress, MoveProgress::partial);
    EXPECT_EQ(judge(a_vm_of(alice), destination, {"bobs-network"}).progress, MoveProgress::untouched);
}

TEST(MoveProgress, a_vm_that_somebody_gave_to_a_third_is_not_ours_to_move) {
    const auto verdict = judge(a_vm_of(carol));
    EXPECT_EQ(verdict.progress, MoveProgress::partial);
    EXPECT_THAT(verdict.missing.front(), HasSubstr("account 7, domain 3"));
}

}  // namespace
}  // namespace inventory
