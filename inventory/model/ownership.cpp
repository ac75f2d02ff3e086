#include "inventory/model/ownership.hpp"

#include <algorithm>

namespace inventory {
namespace {

using Sentences = std::vector<std::string>;

bool is_of(const VmOwnership& vm, const Owner& owner) {
    return vm.owner == owner &&
           std::ranges::all_of(vm.volumes, [&](const OwnedVolume& volume) { return volume.owner == owner; });
}

bool is_named(const MoveOutline& move, const std::string& network_uuid) {
    return std::ranges::find(move.networks, network_uuid) != move.networks.end();
}

/// A network that the move names is no leftover, however unused it is: it was made for the move.
Sentences leftovers(const MoveOutline& move, const MoveDestination& destination) {
    Sentences found;
    for (const auto& network : destination.networks) {
        if (network.is_unused && network.owner == destination.owner.account &&
            !is_named(move, network.uuid)) {
            found.push_back("an unused network was left to the new owner: " + network.name + " " +
                            network.uuid);
        }
    }
    return found;
}

void add_owners(Sentences& missing, const VmOwnership& vm, const Owner& wanted) {
    if (vm.owner != wanted) {
        missing.push_back("the VM belongs to " + to_words(vm.owner) + ", not to " + to_words(wanted));
    }
    for (const auto& volume : vm.volumes) {
        if (volume.owner != wanted) {
            missing.push_back("volume " + volume.name + " belongs to " + to_words(volume.owner) +
                              ", not to " + to_words(wanted));
        }
    }
}

/// A NIC on somebody's isolated network, or beside the networks that the move names, is of the old owner.
void add_nics(Sentences& missing, const MoveOutline& move, const VmOwnership& vm, const Owner& wanted) {
    if (vm.nics.empty()) {
        missing.emplace_back("the VM has no live NIC");
    }
    for (const auto& nic : vm.nics) {
        const bool may_use =
            nic.guest_type == "Shared" || nic.guest_type == "L2" || nic.network_account == wanted.account;
        if (!may_use || (!move.networks.empty() && !is_named(move, nic.network_uuid))) {
            missing.push_back("a NIC is on network " + nic.network_uuid + ", which is not one of the move");
        }
    }
}

Sentences what_is_missing(const MoveOutline& move, const VmOwnership& vm, const Owner& wanted) {
    Sentences missing;
    add_owners(missing, vm, wanted);
    add_nics(missing, move, vm, wanted);
    return missing;
}

/// Wholly the old owner's: what may still speak against another try.
Sentences objections_to_another_try(const MoveOutline& move, const VmOwnership& vm,
                                    const MoveDestination& destination) {
    auto objections = leftovers(move, destination);
    if (vm.nics.empty()) {
        objections.emplace_back("the VM has no live NIC");
    }
    return objections;
}

}  // namespace

std::string_view to_word(MoveProgress progress) {
    switch (progress) {
        case MoveProgress::untouched:
            return "untouched";
        case MoveProgress::moved:
            return "moved";
        case MoveProgress::partial:
            return "partial";
        case MoveProgress::unknown:
            return "unknown";
    }
    return "unknown";
}

MoveVerdict judge_move(const MoveOutline& move, const std::optional<VmOwnership>& vm,
                       const std::optional<MoveDestination>& destination) {
    if (!vm || !destination || move.from == destination->owner) {
        return {};
    }
    if (is_of(*vm, move.from)) {
        auto objections = objections_to_another_try(move, *vm, *destination);
        const auto progress = objections.empty() ? MoveProgress::untouched : MoveProgress::partial;
        return {progress, std::move(objections)};
    }
    auto missing = what_is_missing(move, *vm, destination->owner);
    const auto progress = missing.empty() ? MoveProgress::moved : MoveProgress::partial;
    return {progress, std::move(missing)};
}

std::vector<DestinationNetwork> networks_of_move(const MoveOutline& move,
                                                 const std::optional<VmOwnership>& vm,
                                                 const MoveDestination& destination) {
    std::vector<DestinationNetwork> networks;
    for (const auto& network : destination.networks) {
        const bool is_kept = vm && std::ranges::any_of(vm->nics, [&](const OwnedNic& nic) {
                                 return nic.is_default && nic.network_uuid == network.uuid;
                             });
        const bool is_own = network.owner == destination.owner.account;
        if (move.networks.empty() ? is_kept || is_own : is_named(move, network.uuid)) {
            networks.push_back(network);
        }
    }
    return networks;
}

std::string to_words(const Owner& owner) {
    return "account " + std::to_string(owner.account.value) + ", domain " +
           std::to_string(owner.domain.value);
}

}  // namespace inventory
