#include "controller/decision/preflight.hpp"

#include <algorithm>
#include <array>

#include "inventory/model/network.hpp"
#include "inventory/support/text.hpp"

namespace controller::decision {
namespace {

using inventory::DestinationNetwork;

/// What a precondition found; its name and claim come from the list.
struct Finding {
    Standing standing = Standing::unknown;
    std::string sentence;
    std::string lifted_by;
};

Finding holds() {
    return {.standing = Standing::holds, .sentence = {}, .lifted_by = {}};
}

Finding fails(std::string sentence, std::string lifted_by) {
    return {.standing = Standing::fails, .sentence = std::move(sentence), .lifted_by = std::move(lifted_by)};
}

Finding unknown(std::string sentence) {
    return {.standing = Standing::unknown,
            .sentence = std::move(sentence),
            .lifted_by =
                "the fact can be read: Warden's account has its rights (config/grants.sql), and the "
                "database answers"};
}

Finding stopped(const MoveTarget&, const MoveFacts& facts) {
    if (facts.is_vm_unreadable) {
        return unknown("the VM's record cannot be read at present");
    }
    if (!facts.vm) {
        return fails("there is no live KVM VM with this uuid or instance name", "the VM is named as it is");
    }
    if (facts.vm->state == inventory::VmState::stopped) {
        return holds();
    }
    return fails("the VM is " + std::string{to_word(facts.vm->state)},
                 "the VM is stopped, and its work has ended");
}

Finding old_account(const MoveTarget&, const MoveFacts& facts) {
    const auto& state = facts.obstacles.old_account_state;
    if (!state) {
        return unknown("the state of the VM's account is unknown");
    }
    return *state != "disabled" ? holds()
                                : fails("the account that the VM belongs to is disabled",
                                        "an administrator enables the account");
}

Finding new_account(const MoveTarget& target, const MoveFacts& facts) {
    if (facts.is_destination_unreadable) {
        return unknown("the account " + target.account + " cannot be read at present");
    }
    if (!facts.destination) {
        return fails("there is no account " + target.account + " in the domain " + target.domain_uuid,
                     "the account is named as it is, with the uuid or the path of its domain");
    }
    if (facts.destination->account_state != "enabled") {
        return fails("the account " + facts.destination->account + " is " + facts.destination->account_state,
                     "an administrator enables the account");
    }
    return holds();
}

Finding other_account(const MoveTarget&, const MoveFacts& facts) {
    if (!facts.vm || !facts.destination) {
        return unknown("one of the two accounts is unknown");
    }
    return facts.vm->owner.account != facts.destination->owner.account
               ? holds()
               : fails("the VM belongs to this account already",
                       "nothing is left to do, unless ownership fails too");
}

/// Most preconditions are "there are none of these".
Finding none_of(const std::optional<std::uint64_t>& count, const std::string& what) {
    if (!count) {
        return unknown("whether the VM has " + what + " is unknown");
    }
    return *count == 0 ? holds()
                       : fails("the VM has " + std::to_string(*count) + " " + what, "they are removed");
}

Finding port_forwarding(const MoveTarget&, const MoveFacts& facts) {
    return none_of(facts.obstacles.port_forwarding_rules, "port forwarding rules");
}

Finding static_nat(const MoveTarget&, const MoveFacts& facts) {
    return none_of(facts.obstacles.static_nat_rules, "static NAT rules");
}

Finding load_balancing(const MoveTarget&, const MoveFacts& facts) {
    return none_of(facts.obstacles.load_balancer_rules, "load balancer assignments");
}

Finding one_to_one_nat(const MoveTarget&, const MoveFacts& facts) {
    const auto& addresses = facts.obstacles.one_to_one_nat;
    if (!addresses) {
        return unknown("whether a public address is mapped to the VM is unknown");
    }
    return addresses->empty()
               ? holds()
               : fails("public addresses are mapped to the VM: " + inventory::joined(*addresses, ", "),
                       "static NAT is disabled on them");
}

Finding snapshots(const MoveTarget&, const MoveFacts& facts) {
    const auto& volumes = facts.obstacles.snapshots;
    if (!volumes) {
        return unknown("whether the VM's volumes have snapshots is unknown");
    }
    return volumes->empty() ? holds()
                            : fails("these volumes have snapshots: " + inventory::joined(*volumes, ", "),
                                    "the snapshots are deleted, or the volumes detached");
}

Finding resources(const MoveTarget&, const MoveFacts& facts) {
    if (!facts.obstacles.resources) {
        return unknown("the limits of the new account, or what it uses, are unknown");
    }
    auto finding = holds();
    for (const auto& room : *facts.obstacles.resources) {
        if (room.fits()) {
            continue;
        }
        finding.standing = Standing::fails;
        finding.sentence += (finding.sentence.empty() ? "" : "; ") + room.owner + " has " +
                            std::to_string(room.used) + " of " + std::to_string(room.limit) + " " +
                            room.resource + ", the VM needs " + std::to_string(room.needed);
        finding.lifted_by = "the limit is raised, or something of that owner is removed";
    }
    return finding;
}

Finding vm_template(const MoveTarget&, const MoveFacts& facts) {
    const auto& access = facts.obstacles.vm_template;
    if (!access) {
        return unknown("whether the new account may use the VM's template is unknown");
    }
    return access->may_use ? holds()
                           : fails("the template " + access->name + " is private, and not the new account's",
                                   "the template is shared with the new account, or made public");
}

const DestinationNetwork* find_network(const inventory::MoveDestination& destination,
                                       const std::string& uuid) {
    const auto found = std::ranges::find(destination.networks, uuid, &DestinationNetwork::uuid);
    return found == destination.networks.end() ? nullptr : &*found;
}

Finding named_networks(const MoveTarget& target, const MoveFacts& facts) {
    for (const auto& uuid : target.network_uuids) {
        const auto* network = find_network(*facts.destination, uuid);
        if (network == nullptr) {
            return fails("there is no live guest network " + uuid + " in the VM's zone",
                         "a network of the new account in the VM's zone is named");
        }
        if (!network->is_usable) {
            return fails("the network " + network->name + " is not for the new account to use",
                         "a network of the new account is named");
        }
    }
    return holds();
}

/// The VM stays on a network of a whole domain that the new account may use too.
bool may_keep(const inventory::OwnedNic& nic, const inventory::MoveDestination& destination) {
    const auto* network = find_network(destination, nic.network_uuid);
    return network != nullptr && network->is_usable && (nic.guest_type == "Shared" || nic.guest_type == "L2");
}

/// Where none is named: the network stays when it is shared, else CloudStack looks for the only isolated one.
Finding chosen_network(const MoveFacts& facts) {
    const auto& nics = facts.vm->nics;
    const auto default_nic = std::ranges::find(nics, true, &inventory::OwnedNic::is_default);
    if (default_nic != nics.end() && may_keep(*default_nic, *facts.destination)) {
        return holds();
    }
    const auto isolated =
        std::ranges::count_if(facts.destination->networks, [&](const DestinationNetwork& network) {
            return network.guest_type == "Isolated" && network.owner == facts.destination->owner.account;
        });
    if (isolated == 1) {
        return holds();
    }
    if (isolated > 1) {
        return fails(
            "the new account has " + std::to_string(isolated) + " isolated networks, and none is named",
            "one of them is named with --network");
    }
    if (facts.obstacles.has_required_offering == false) {
        return fails(
            "the new account has no network, and no enabled offering with availability Required to "
            "make one from",
            "a network of the new account is made and named with --network");
    }
    return {.standing = Standing::unknown,
            .sentence =
                "the new account has no network: CloudStack has to make one, and a release with #10825 "
                "fails at that after a lock wait timeout",
            .lifted_by = "a network of the new account is made beforehand and named with --network"};
}

Finding network(const MoveTarget& target, const MoveFacts& facts) {
    if (!facts.vm || !facts.destination || !facts.obstacles.zone) {
        return unknown("the zone, the VM's networks or the new account's are unknown");
    }
    if (facts.obstacles.zone->network_type == "Basic") {
        return target.network_uuids.empty()
                   ? holds()
                   : fails("a zone with basic networking takes no networks", "the move names none");
    }
    if (!target.network_uuids.empty()) {
        return named_networks(target, facts);
    }
    return facts.obstacles.zone->has_security_groups
               ? fails("a zone with security groups wants to be told the networks",
                       "they are named with --network")
               : chosen_network(facts);
}

/// Ours (reference 5.6): what an earlier, broken move left must be mended first. Also told of a VM that is
/// the new account's already: by the record alone it looks moved, while its volumes and NICs are still
/// elsewhere.
Finding wholly_owned(const MoveTarget& target, const MoveFacts& facts) {
    if (!facts.vm || !facts.destination) {
        return unknown("the VM, or the new account, is unknown");
    }
    const bool is_there = facts.vm->owner.account == facts.destination->owner.account;
    const auto from = is_there ? inventory::Owner{} : facts.vm->owner;
    const auto wanted = is_there ? inventory::MoveProgress::moved : inventory::MoveProgress::untouched;
    const auto verdict = judge_move({from, target.network_uuids}, facts.vm, facts.destination);
    return verdict.progress == wanted ? holds()
                                      : fails(inventory::joined(verdict.missing, ", "),
                                              "a human mends what an earlier move left behind");
}

/// Ours (reference 4.6): without the row no MAC address comes, and past its end two networks may share one.
Finding mac_sequence(const MoveTarget& target, const MoveFacts& facts) {
    if (!facts.destination) {
        return unknown("the networks of the new account are unknown");
    }
    for (const auto& network : networks_of_move({{}, target.network_uuids}, facts.vm, *facts.destination)) {
        if (!network.next_mac) {
            return fails(
                "the network " + network.name + " has no row in op_networks, so no MAC address can be made",
                "an administrator restores the row");
        }
        if (*network.next_mac >= static_cast<std::uint64_t>(inventory::mac_sequence_end)) {
            return fails("the MAC sequence of " + network.name + " is used up",
                         "another network is named with --network");
        }
    }
    return holds();
}

struct Check {
    std::string_view name;
    std::string_view claim;
    Finding (*find)(const MoveTarget&, const MoveFacts&);
};

/// THE list.
constexpr std::array checks{
    Check{"vm_stopped", "the VM exists and is Stopped", stopped},
    Check{"old_account", "the account that has the VM is not disabled", old_account},
    Check{"new_account", "the new account exists and is enabled", new_account},
    Check{"other_account", "the new account is another one", other_account},
    Check{"port_forwarding", "no port forwarding rule is for the VM", port_forwarding},
    Check{"static_nat", "no static NAT rule is for the VM", static_nat},
    Check{"load_balancing", "no load balancer has the VM", load_balancing},
    Check{"one_to_one_nat", "no public address is mapped to the VM", one_to_one_nat},
    Check{"snapshots", "no volume of the VM has a snapshot", snapshots},
    Check{"resources", "the new owner's limits leave room for the VM", resources},
    Check{"template", "the new account may use the VM's template", vm_template},
    Check{"network", "it is clear on which network the VM will be", network},
    Check{"ownership", "the VM is wholly its present owner's", wholly_owned},
    Check{"mac_sequence", "the networks of the move can give MAC addresses", mac_sequence},
};

}  // namespace

std::vector<Precondition> preflight(const MoveTarget& target, const MoveFacts& facts) {
    std::vector<Precondition> list;
    list.reserve(checks.size());
    for (const auto& check : checks) {
        auto finding = check.find(target, facts);
        list.push_back({.name = std::string{check.name},
                        .claim = std::string{check.claim},
                        .standing = finding.standing,
                        .sentence = std::move(finding.sentence),
                        .lifted_by = std::move(finding.lifted_by)});
    }
    return list;
}

}  // namespace controller::decision
