#include "inventory/model/reassignment.hpp"

#include <algorithm>
#include <map>

namespace inventory {
namespace {

/// A move makes its network at the beginning and writes its event at the end. Between them lie lock waits of
/// 50 s each, and the failed attempt to implement the network. What joins the two is only time: neither
/// records the other.
constexpr std::chrono::minutes longest_move{10};

bool made_by(const MoveEvent& move, const UnusedNetwork& network) {
    return network.created <= move.ended && move.ended - network.created <= longest_move;
}

FailedMove failed_move(const MoveEvent& event, const std::vector<UnusedNetwork>& unused_networks) {
    FailedMove failed{*event.vm, event.ended, event.remains};
    failed.remains.network_left =
        std::any_of(unused_networks.begin(), unused_networks.end(),
                    [&event](const UnusedNetwork& network) { return made_by(event, network); });
    return failed;
}

}  // namespace

Reassignments judge_moves(const std::vector<MoveEvent>& events,
                          const std::vector<UnusedNetwork>& unused_networks) {
    Reassignments moves;
    std::map<VmId, const MoveEvent*> newest;
    for (const auto& event : events) {
        if (event.vm) {
            newest[event.vm->id] = &event;
        }
        moves.failed_unnamed += event.failed && !event.names_vm ? 1 : 0;
    }
    for (const auto& [vm, event] : newest) {
        if (event->failed) {
            moves.failed.push_back(failed_move(*event, unused_networks));
        }
    }
    return moves;
}

}  // namespace inventory
