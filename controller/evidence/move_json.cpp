#include "controller/evidence/json_values.hpp"
#include "inventory/support/rfc3339.hpp"

namespace controller::evidence {
namespace {

Json json_of(const inventory::Owner& owner) {
    return {{"account_id", owner.account.value}, {"domain_id", owner.domain.value}};
}

Json json_of(const inventory::MoveMark& mark) {
    return {
        {"id", mark.event}, {"failed", mark.failed}, {"ended", inventory::to_rfc3339_exactly(mark.ended)}};
}

Json json_of(const inventory::VmOwnership& vm) {
    Json volumes = Json::array();
    for (const auto& volume : vm.volumes) {
        volumes.push_back({{"name", volume.name}, {"owner", json_of(volume.owner)}});
    }
    Json nics = Json::array();
    for (const auto& nic : vm.nics) {
        nics.push_back({{"network_id", nic.network.value},
                        {"network", nic.network_uuid},
                        {"guest_type", nic.guest_type},
                        {"network_account_id", nic.network_account.value},
                        {"default", nic.is_default}});
    }
    return {{"id", vm.vm.value},
            {"state", inventory::to_word(vm.state)},
            {"owner", json_of(vm.owner)},
            {"volumes", volumes},
            {"nics", nics},
            {"newest_move_event", vm.newest_move ? json_of(*vm.newest_move) : Json()}};
}

Json json_of(const inventory::MoveDestination& destination) {
    Json networks = Json::array();
    for (const auto& network : destination.networks) {
        networks.push_back({{"id", network.id.value},
                            {"uuid", network.uuid},
                            {"name", network.name},
                            {"guest_type", network.guest_type},
                            {"owner_account_id", network.owner.value},
                            {"next_mac", json_or_null(network.next_mac)},
                            {"usable", network.is_usable},
                            {"unused", network.is_unused}});
    }
    return {{"account", destination.account},
            {"account_state", destination.account_state},
            {"domain_id", destination.domain_uuid},
            {"domain", destination.domain_path},
            {"owner", json_of(destination.owner)},
            {"networks", networks},
            {"next_network_id", json_or_null(destination.next_network_id)}};
}

Json json_of(const std::map<std::uint64_t, std::size_t>& waiters) {
    Json json = Json::array();
    for (const auto& [network, count] : waiters) {
        json.push_back({{"network_id", network}, {"waiting", count}});
    }
    return json;
}

}  // namespace

Json json_of(const MoveTarget& target) {
    return {
        {"account", target.account}, {"domain_id", target.domain_uuid}, {"networks", target.network_uuids}};
}

Json json_of(const Move& move) {
    return {{"id", move.id},
            {"action_id", move.action_id},
            {"state", to_word(move.state)},
            {"batch", move.batch.empty() ? Json() : Json(move.batch)},
            {"vm_id", move.vm_uuid},
            {"target", json_of(move.target)},
            {"from", json_of(move.from)},
            {"requested_by", move.requested_by},
            {"reason", move.reason},
            {"requested_at", inventory::to_rfc3339_exactly(move.requested_at)},
            {"failure", move.failure ? Json(to_word(*move.failure)) : Json()},
            {"failure_note", move.failure_note},
            {"judged_event", move.judged_event}};
}

Json json_of(const MoveWorld& world) {
    return {{"move", world.move ? json_of(*world.move) : Json()},
            {"progress", inventory::to_word(world.verdict().progress)},
            {"vm", world.vm ? json_of(*world.vm) : Json()},
            {"destination", world.destination ? json_of(*world.destination) : Json()},
            {"sequence_waiters", world.sequence_waiters ? json_of(*world.sequence_waiters) : Json()},
            {"lock_wait_timeout_seconds",
             world.lock_wait_timeout ? Json(inventory::to_seconds(*world.lock_wait_timeout)) : Json()}};
}

}  // namespace controller::evidence
