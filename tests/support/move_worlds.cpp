#include "tests/support/move_worlds.hpp"

#include <array>

#include "tests/support/worlds_operators.hpp"

namespace support {
namespace {

using controller::ActionState;
using controller::Mode;
using controller::Move;
using controller::MoveFailure;
using controller::MoveWorld;
using inventory::DestinationNetwork;
using inventory::NetworkId;
using inventory::Owner;
using inventory::VmState;
using std::chrono::minutes;
using std::chrono::seconds;

Move a_move() {
    Move move;
    move.id = 1;
    move.action_id = 1;
    move.state = ActionState::received;
    move.vm_uuid = a_vm().uuid;
    move.target = {"bob", "domain-3", {}};
    move.from = alice;
    move.requested_by = "eve";
    move.reason = "sold";
    move.requested_at = now - minutes{6};
    return move;
}

MoveWorld a_move_world() {
    MoveWorld world;
    world.move = a_move();
    auto& vm = world.vm.emplace();
    vm.vm = a_vm().id;
    vm.state = VmState::stopped;
    vm.owner = alice;
    vm.volumes = {{"ROOT", alice}, {"DATA", alice}};
    vm.nics = {{NetworkId{210}, "alice-net", "Isolated", alice.account, true}};
    auto& destination = world.destination.emplace();
    destination.owner = bob;
    destination.account = "bob";
    destination.account_state = "enabled";
    destination.networks = {{NetworkId{220}, "bob-net", "bob-net", "Isolated", bob.account, 7, true, false}};
    destination.next_network_id = 230;
    world.sequence_waiters.emplace();
    return world;
}

MoveWorld& facts(Case& c) {
    return c.world.move ? *c.world.move : c.world.move.emplace(a_move_world());
}
Move& the_move(Case& c) {
    return facts(c).move ? *facts(c).move : facts(c).move.emplace(a_move());
}
inventory::VmOwnership& the_vm(Case& c) {
    return facts(c).vm ? *facts(c).vm : *(facts(c).vm = a_move_world().vm);
}
inventory::MoveDestination& the_destination(Case& c) {
    return facts(c).destination ? *facts(c).destination
                                : *(facts(c).destination = a_move_world().destination);
}

Owner some_owner(Dice& dice) {
    return dice.one_of<Owner>({alice, bob, {inventory::AccountId{7}, inventory::AccountDomainId{3}}});
}

using Blow = void (*)(Case&, Dice&);

constexpr std::array move_blows{
    Blow{[](Case& c, Dice&) { c.world.move.reset(); }},
    Blow{[](Case& c, Dice&) { facts(c).move.reset(); }},
    Blow{[](Case& c, Dice&) { facts(c).vm.reset(); }},
    Blow{[](Case& c, Dice&) { facts(c).destination.reset(); }},
    Blow{[](Case& c, Dice&) { facts(c).sequence_waiters.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        facts(c).sequence_waiters.emplace()[dice.one_of<std::uint64_t>({210, 220, 999})] = dice.roll(3);
    }},
    Blow{[](Case& c, Dice& dice) {
        the_move(c).state = dice.one_of({ActionState::held, ActionState::failed, ActionState::cancelled,
                                         ActionState::unverified, ActionState::succeeded});
    }},
    Blow{[](Case& c, Dice& dice) {
        the_move(c).failure = dice.one_of<std::optional<MoveFailure>>(
            {std::nullopt, MoveFailure::transient, MoveFailure::permanent, MoveFailure::partial,
             MoveFailure::unknown});
    }},
    Blow{[](Case& c, Dice& dice) {
        the_move(c).id = dice.one_of<std::uint64_t>({1, 2});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.action.fingerprint = dice.one_of<std::string>({"0123456789abcdef", "move-1", "move-2"});
    }},
    Blow{[](Case& c, Dice& dice) { the_move(c).from = some_owner(dice); }},
    Blow{[](Case& c, Dice& dice) {
        the_move(c).target.network_uuids = dice.one_of<std::vector<std::string>>({{}, {"bob-net"}, {"gone"}});
    }},
    Blow{[](Case& c, Dice& dice) { the_vm(c).owner = some_owner(dice); }},
    Blow{[](Case& c, Dice& dice) { the_vm(c).volumes.at(dice.roll(2)).owner = some_owner(dice); }},
    Blow{[](Case& c, Dice&) { the_vm(c).nics.clear(); }},
    Blow{[](Case& c, Dice& dice) {
        the_vm(c).state =
            dice.one_of({VmState::stopped, VmState::running, VmState::starting, VmState::unrecognized});
    }},
    Blow{[](Case& c, Dice&) { the_vm(c).vm = inventory::VmId{999}; }},
    Blow{[](Case& c, Dice& dice) {
        the_destination(c).account_state = dice.one_of<std::string>({"enabled", "disabled", "locked", ""});
    }},
    Blow{[](Case& c, Dice&) { the_destination(c).owner = alice; }},
    Blow{[](Case& c, Dice&) { the_destination(c).networks.clear(); }},
    Blow{[](Case& c, Dice&) { the_destination(c).next_network_id.reset(); }},
    Blow{[](Case& c, Dice& dice) {
        the_destination(c).networks.push_back(
            {NetworkId{221}, "bob-network", "bob-network", "Isolated", bob.account,
             dice.one_of<std::optional<std::uint64_t>>({std::nullopt, 1, 65535, 65536}), true,
             dice.one_in(2)});
    }},
};

constexpr std::array vm_blows{
    Blow{[](Case& c, Dice& dice) {
        c.policy.remedies[controller::Remedy::reassign_retry].mode =
            dice.one_of({Mode::off, Mode::observe, Mode::approve, Mode::automatic});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.policy.remedies[controller::Remedy::reassign_retry].mode = Mode::approve;
        auto approval = an_approval(dice.one_of({1U, 1U, 1U, 2U}));
        approval.action_id = dice.one_of<std::uint64_t>({1, 1, 1, 2});
        approval.expires_at = now + dice.one_of<inventory::Duration>({seconds{-1}, minutes{1}, minutes{2}});
        c.world.operators->approvals.push_back(approval);
    }},
    Blow{[](Case& c, Dice&) { c.world.rows.clear(); }},
    Blow{[](Case& c, Dice& dice) {
        if (!c.world.rows.empty()) {
            c.world.rows.front().state = dice.one_of({VmState::stopped, VmState::running, VmState::starting});
        }
    }},
    Blow{[](Case& c, Dice& dice) {
        c.world.candidates.at(dice.roll(c.world.candidates.size())).domain =
            dice.one_of({inventory::DomainState::running, inventory::DomainState::shutoff});
    }},
    Blow{[](Case& c, Dice& dice) {
        c.world.candidates.at(dice.roll(c.world.candidates.size())).answered = false;
    }},
    Blow{[](Case& c, Dice& dice) {
        c.world.verdict->kind = dice.one_of({inventory::DriftKind::none, inventory::DriftKind::unknown,
                                             inventory::DriftKind::running_recorded_stopped});
    }},
    Blow{[](Case& c, Dice&) {
        c.world.jobs = {{a_vm().id, "VmWorkStart", now}};
    }},
    Blow{[](Case& c, Dice&) { c.world.ha_work.reset(); }},
    Blow{[](Case& c, Dice& dice) { c.world.others_under_way.push_back(dice.roll(9)); }},
    Blow{[](Case& c, Dice& dice) {
        auto attempt = an_attempt();
        attempt.command = controller::Command::assign_vm;
        attempt.intent_at = now - dice.one_of({seconds{30}, seconds{400}, seconds{7200}});
        attempt.expires_at = attempt.intent_at + minutes{1};
        attempt.ended_at = attempt.intent_at + seconds{20};
        if (dice.one_in(3)) {
            attempt.outcome.reset();
        }
        c.world.attempts.push_back(attempt);
    }},
    Blow{[](Case& c, Dice& dice) {
        c.world.judged_update_count = dice.one_of<std::optional<std::uint64_t>>({std::nullopt, 3, 4});
    }},
};

}  // namespace

Case a_move_case() {
    Case c;
    c.policy.remedies[controller::Remedy::reassign_retry].mode = Mode::automatic;
    c.action.remedy = controller::Remedy::reassign_retry;
    c.action.alert_name = std::string{controller::move_alert_name};
    c.action.fingerprint = "move-1";
    c.world.rows = {a_stopped_vm()};
    c.world.verdict = inventory::Verdict{
        inventory::DriftKind::none, inventory::HypervisorState::absent, {}, {}, "all agree"};
    c.world.judged_update_count = c.world.rows.front().update_count;
    c.world.move = a_move_world();
    return c;
}

Case random_move_case(Dice& dice) {
    auto c = a_move_case();
    for (auto left = dice.roll(4); left > 0; --left) {
        if (dice.one_in(3)) {
            dice.any(vm_blows)(c, dice);
        } else {
            dice.any(move_blows)(c, dice);
        }
    }
    return c;
}

}  // namespace support
