#include "controller/decision/preflight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller::decision {
namespace {

using inventory::AccountDomainId;
using inventory::AccountId;
using inventory::NetworkId;
using inventory::Owner;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Owner alice{AccountId{5}, AccountDomainId{2}};
constexpr Owner bob{AccountId{6}, AccountDomainId{3}};

inventory::MoveObstacles no_obstacles() {
    inventory::MoveObstacles obstacles;
    obstacles.old_account_state = "enabled";
    obstacles.port_forwarding_rules = 0;
    obstacles.static_nat_rules = 0;
    obstacles.load_balancer_rules = 0;
    obstacles.one_to_one_nat.emplace();
    obstacles.snapshots.emplace();
    obstacles.resources = {{"account bob", "user_vm", 19, 20, 1}};
    obstacles.vm_template = {"tiny", true};
    obstacles.zone = {"Advanced", false};
    obstacles.has_required_offering = true;
    return obstacles;
}

/// alice's stopped VM, for bob, who has one isolated network: everything holds.
struct Request {
    MoveTarget target{"bob", "domain-3", {}};
    MoveFacts facts;

    Request() {
        auto& vm = facts.vm.emplace();
        vm.vm = inventory::VmId{41};
        vm.state = inventory::VmState::stopped;
        vm.owner = alice;
        vm.volumes = {{"ROOT-41", alice}};
        vm.nics = {{NetworkId{200}, "alices-network", "Isolated", alice.account, true}};
        auto& destination = facts.destination.emplace();
        destination.owner = bob;
        destination.account = "bob";
        destination.account_state = "enabled";
        destination.networks = {
            {NetworkId{210}, "bobs-network", "bob-net", "Isolated", bob.account, 1, true, false}};
        facts.obstacles = no_obstacles();
    }
};

std::vector<std::string> standing(const Request& request, Standing standing) {
    std::vector<std::string> names;
    for (const auto& precondition : preflight(request.target, request.facts)) {
        if (precondition.standing == standing) {
            names.push_back(precondition.name);
        }
    }
    return names;
}

TEST(Preflight, holds_for_a_stopped_vm_and_an_enabled_account_with_one_network) {
    const Request request;
    EXPECT_THAT(standing(request, Standing::fails), IsEmpty());
    EXPECT_THAT(standing(request, Standing::unknown), IsEmpty());
    EXPECT_EQ(worst_of(preflight(request.target, request.facts)), Standing::holds);
}

/// One obstacle, and the precondition that names it alone.
struct Obstacle {
    std::string name;
    std::string precondition;
    void (*put)(Request&);
    std::string says;
    Standing standing = Standing::fails;
};

void PrintTo(const Obstacle& obstacle, std::ostream* out) {
    *out << obstacle.name;
}

class PreflightObstacle : public ::testing::TestWithParam<Obstacle> {};

TEST_P(PreflightObstacle, is_named_alone_with_what_lifts_it) {
    Request request;
    GetParam().put(request);
    EXPECT_THAT(standing(request, GetParam().standing), ElementsAre(GetParam().precondition));
    const auto list = preflight(request.target, request.facts);
    EXPECT_EQ(worst_of(list), GetParam().standing);
    for (const auto& precondition : list) {
        if (precondition.name == GetParam().precondition) {
            EXPECT_THAT(precondition.sentence, HasSubstr(GetParam().says));
            EXPECT_FALSE(precondition.lifted_by.empty());
        }
    }
}

const std::vector<Obstacle> obstacles{
    {"running", "vm_stopped", [](Request& r) { r.facts.vm->state = inventory::VmState::running; }, "Running"},
    {"starting", "vm_stopped", [](Request& r) { r.facts.vm->state = inventory::VmState::starting; },
     "Starting"},
    {"new_locked", "new_account", [](Request& r) { r.facts.destination->account_state = "locked"; },
     "locked"},
    {"old_disabled", "old_account", [](Request& r) { r.facts.obstacles.old_account_state = "disabled"; },
     "disabled"},
    {"new_disabled", "new_account", [](Request& r) { r.facts.destination->account_state = "disabled"; },
     "disabled"},
    {"forwarding", "port_forwarding", [](Request& r) { r.facts.obstacles.port_forwarding_rules = 2; },
     "2 port forwarding"},
    {"static_nat", "static_nat", [](Request& r) { r.facts.obstacles.static_nat_rules = 1; }, "static NAT"},
    {"balanced", "load_balancing", [](Request& r) { r.facts.obstacles.load_balancer_rules = 1; },
     "load balancer"},
    {"mapped", "one_to_one_nat", [](Request& r) { r.facts.obstacles.one_to_one_nat = {"192.0.2.7"}; },
     "192.0.2.7"},
    {"snapshot", "snapshots", [](Request& r) { r.facts.obstacles.snapshots = {"ROOT-41"}; }, "ROOT-41"},
    {"limit", "resources", [](Request& r) { r.facts.obstacles.resources->front().used = 20; }, "20 of 20"},
    {"template", "template", [](Request& r) { r.facts.obstacles.vm_template->may_use = false; }, "tiny"},
    {"two_networks", "network",
     [](Request& r) { r.facts.destination->networks.push_back(r.facts.destination->networks.front()); },
     "2 isolated networks"},
    {"no_network_and_no_offering", "network",
     [](Request& r) {
         r.facts.destination->networks.clear();
         r.facts.obstacles.has_required_offering = false;
     },
     "no network"},
    {"network_in_a_basic_zone", "network",
     [](Request& r) {
         r.facts.obstacles.zone->network_type = "Basic";
         r.target.network_uuids = {"bobs-network"};
     },
     "basic"},
    {"a_network_of_nobody", "network", [](Request& r) { r.target.network_uuids = {"none"}; }, "none"},
    {"a_network_of_another", "network",
     [](Request& r) {
         r.target.network_uuids = {"bobs-network"};
         r.facts.destination->networks.front().is_usable = false;
     },
     "not for the new account"},
    {"no_nic", "ownership", [](Request& r) { r.facts.vm->nics.clear(); }, "no live NIC"},
    {"leftover", "ownership", [](Request& r) { r.facts.destination->networks.front().is_unused = true; },
     "unused network"},
    {"no_row", "mac_sequence", [](Request& r) { r.facts.destination->networks.front().next_mac.reset(); },
     "op_networks"},
    {"sequence_used_up", "mac_sequence",
     [](Request& r) { r.facts.destination->networks.front().next_mac = 65536; }, "used up"},
    {"unreadable_snapshots", "snapshots", [](Request& r) { r.facts.obstacles.snapshots.reset(); }, "unknown",
     Standing::unknown},
    {"unreadable_limits", "resources", [](Request& r) { r.facts.obstacles.resources.reset(); }, "unknown",
     Standing::unknown},
    {"no_network_yet", "network", [](Request& r) { r.facts.destination->networks.clear(); }, "#10825",
     Standing::unknown},
};

INSTANTIATE_TEST_SUITE_P(Each, PreflightObstacle, ::testing::ValuesIn(obstacles),
                         [](const auto& obstacle) { return obstacle.param.name; });

TEST(Preflight, names_every_obstacle_at_once) {
    Request request;
    request.facts.vm->state = inventory::VmState::running;
    request.facts.obstacles.snapshots = {"ROOT-41"};
    EXPECT_THAT(standing(request, Standing::fails), ElementsAre("vm_stopped", "snapshots"));
}

TEST(Preflight, a_shared_network_stays_whatever_networks_the_account_has) {
    Request request;
    request.facts.vm->nics = {{NetworkId{300}, "shared", "Shared", AccountId{1}, true}};
    auto& network = request.facts.destination->networks.front();
    network = {NetworkId{300}, "shared", "shared-all", "Shared", AccountId{1}, 1, true, false};
    EXPECT_EQ(worst_of(preflight(request.target, request.facts)), Standing::holds);
    network.is_usable = false;
    EXPECT_THAT(standing(request, Standing::unknown), ElementsAre("network"));
}

TEST(Preflight, fails_for_a_vm_or_an_account_that_is_not_there) {
    Request request;
    request.facts.destination.reset();
    EXPECT_THAT(standing(request, Standing::fails), ElementsAre("new_account"));
    request.facts.vm.reset();
    EXPECT_THAT(standing(request, Standing::fails), ElementsAre("vm_stopped", "new_account"));
}

TEST(Preflight, never_holds_on_nothing) {
    const auto list = preflight({}, {});
    for (const auto& precondition : list) {
        EXPECT_NE(precondition.standing, Standing::holds) << precondition.name;
    }
    EXPECT_EQ(worst_of({}), Standing::unknown);
}

TEST(Preflight, a_vm_of_the_new_account_has_nothing_left_to_do) {
    Request request;
    request.facts.vm->owner = bob;
    request.facts.vm->volumes.front().owner = bob;
    request.facts.vm->nics = {{NetworkId{210}, "bobs-network", "Isolated", bob.account, true}};
    EXPECT_THAT(standing(request, Standing::fails), ElementsAre("other_account"));
}

TEST(Preflight, a_vm_of_the_new_account_in_pieces_is_not_there) {
    Request request;
    request.facts.vm->owner = bob;
    EXPECT_THAT(standing(request, Standing::fails), ElementsAre("other_account", "ownership"))
        << "its volume and its NIC are still alice's";
    request.facts.vm->volumes.front().owner = bob;
    request.facts.vm->nics.clear();
    EXPECT_THAT(standing(request, Standing::fails), ElementsAre("other_account", "ownership"));
}

TEST(Preflight, what_cannot_be_read_is_not_said_to_be_missing) {
    Request request;
    request.facts.vm.reset();
    request.facts.destination.reset();
    request.facts.is_vm_unreadable = true;
    request.facts.is_destination_unreadable = true;
    EXPECT_THAT(standing(request, Standing::fails), IsEmpty());
    EXPECT_EQ(worst_of(preflight(request.target, request.facts)), Standing::unknown);
}

}  // namespace
}  // namespace controller::decision
