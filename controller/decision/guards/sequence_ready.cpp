#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"
#include "inventory/model/network.hpp"

namespace controller::decision::guards {
namespace {

void object_to_network(Objections& objections, const inventory::DestinationNetwork& network) {
    if (!network.next_mac) {
        objections.object("the network " + network.name +
                          " has no row in op_networks: no MAC address can come from it");
        return;
    }
    objections.fact(network.name, "next " + std::to_string(*network.next_mac));
    objections.object_if(*network.next_mac >= static_cast<std::uint64_t>(inventory::mac_sequence_end),
                         "the MAC sequence of " + network.name + " is used up");
}

void object_to_waiters(Objections& objections, const inventory::DestinationNetwork& network,
                       const std::map<std::uint64_t, std::size_t>& waiters) {
    const auto found = waiters.find(network.id.value);
    if (found != waiters.end() && found->second > 0) {
        objections.object(std::to_string(found->second) + " wait for a lock on the MAC sequence of " +
                          network.name);
    }
}

void object_to_networks(Objections& objections, const MoveWorld& facts) {
    const auto networks = networks_of_move(facts.move->outline(), facts.vm, *facts.destination);
    for (const auto& network : networks) {
        object_to_network(objections, network);
        if (facts.sequence_waiters) {
            object_to_waiters(objections, network, *facts.sequence_waiters);
        }
    }
    objections.object_if(networks.size() < facts.move->target.network_uuids.size(),
                         "a network that the move names is not there");
    objections.object_if(networks.empty() && !facts.destination->next_network_id,
                         "a network has to be made, and the generator networks_seq has no row");
}

}  // namespace

/// A sequence that is locked or missing fails the move after its lock wait, and does so every time
/// (reference 4.6).
Answer sequence_ready(const Action&, const World& world, const Policy&) {
    Objections objections;
    if (!world.move || !world.move->move || !world.move->destination || !world.move->vm) {
        objections.object("the networks of the move are unknown");
    } else {
        object_to_networks(objections, *world.move);
        objections.object_if(!world.move->sequence_waiters,
                             "whether somebody waits for a lock on a MAC sequence is unknown");
    }
    return objections.refusal(
        "the row stands in op_networks with numbers left, and nobody waits for a lock on it (/debug/locks of "
        "the "
        "exporter names who holds it)");
}

}  // namespace controller::decision::guards
