#include "controller/evidence/move_from_json.hpp"

#include <array>

namespace controller::evidence {
namespace {

constexpr std::array all_failures{MoveFailure::transient, MoveFailure::permanent, MoveFailure::partial,
                                  MoveFailure::unknown};

inventory::Owner owner_from(const FactsReader& facts) {
    return {inventory::AccountId{facts.number("account_id")},
            inventory::AccountDomainId{facts.number("domain_id")}};
}

inventory::Owner owner_in(const FactsReader& facts, const char* key) {
    return facts.maybe_object(key, owner_from).value_or(inventory::Owner{});
}

inventory::OwnedVolume volume_from(const FactsReader& facts) {
    return {facts.text("name"), owner_in(facts, "owner")};
}

inventory::OwnedNic nic_from(const FactsReader& facts) {
    return {inventory::NetworkId{facts.number("network_id")}, facts.text("network"), facts.text("guest_type"),
            inventory::AccountId{facts.number("network_account_id")}, facts.flag("default")};
}

inventory::VmOwnership ownership_from(const FactsReader& facts) {
    inventory::VmOwnership vm;
    vm.vm = inventory::VmId{facts.number("id")};
    vm.state = inventory::parse_vm_state(facts.text("state"));
    vm.owner = owner_in(facts, "owner");
    vm.volumes = facts.list("volumes", volume_from);
    vm.nics = facts.list("nics", nic_from);
    vm.newest_move = facts.maybe_object("newest_move_event", [](const FactsReader& mark) {
        return inventory::MoveMark{mark.number("id"), mark.flag("failed"), mark.time("ended")};
    });
    return vm;
}

inventory::DestinationNetwork network_from(const FactsReader& facts) {
    return {inventory::NetworkId{facts.number("id")},
            facts.text("uuid"),
            facts.text("name"),
            facts.text("guest_type"),
            inventory::AccountId{facts.number("owner_account_id")},
            facts.maybe_number("next_mac"),
            facts.flag("usable"),
            facts.flag("unused")};
}

inventory::MoveDestination destination_from(const FactsReader& facts) {
    return {owner_in(facts, "owner"),
            facts.text("account"),
            facts.text("account_state"),
            facts.text("domain_id"),
            facts.text("domain"),
            facts.list("networks", network_from),
            facts.maybe_number("next_network_id")};
}

MoveTarget target_from(const FactsReader& facts) {
    return {facts.text("account"), facts.text("domain_id"), facts.texts("networks")};
}

/// One whose state cannot be read is over: nobody wants it any more.
Move move_from(const FactsReader& facts) {
    Move move;
    move.id = facts.number("id");
    move.action_id = facts.number("action_id");
    move.state = parse_action_state(facts.text("state")).value_or(ActionState::cancelled);
    move.batch = facts.maybe_text("batch").value_or("");
    move.vm_uuid = facts.text("vm_id");
    move.target = facts.maybe_object("target", target_from).value_or(MoveTarget{});
    move.from = owner_in(facts, "from");
    move.requested_by = facts.text("requested_by");
    move.reason = facts.text("reason");
    move.requested_at = facts.time("requested_at");
    move.failure = facts.maybe_word("failure", all_failures);
    move.failure_note = facts.text("failure_note");
    move.judged_event = facts.number("judged_event");
    return move;
}

}  // namespace

MoveWorld move_world_from(const FactsReader& facts) {
    MoveWorld world;
    world.move = facts.maybe_object("move", move_from);
    world.vm = facts.maybe_object("vm", ownership_from);
    world.destination = facts.maybe_object("destination", destination_from);
    const auto waiters = facts.maybe_list("sequence_waiters", [](const FactsReader& row) {
        return std::pair{row.number("network_id"), static_cast<std::size_t>(row.number("waiting"))};
    });
    if (waiters) {
        world.sequence_waiters.emplace(waiters->begin(), waiters->end());
    }
    world.lock_wait_timeout = facts.maybe_duration("lock_wait_timeout_seconds");
    return world;
}

}  // namespace controller::evidence
