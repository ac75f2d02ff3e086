#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/model/vm.hpp"
#include "inventory/support/id.hpp"

namespace inventory {

using AccountId = Id<struct AccountTag>;
using AccountDomainId = Id<struct AccountDomainTag>;  ///< CloudStack's domain, which accounts belong to

/// Whose something is.
struct Owner {
    AccountId account;
    AccountDomainId domain;

    bool operator==(const Owner&) const = default;
};

struct OwnedVolume {
    std::string name;
    Owner owner;

    bool operator==(const OwnedVolume&) const = default;
};

/// A live NIC of a VM, and whose its network is.
struct OwnedNic {
    NetworkId network;
    std::string network_uuid;
    std::string guest_type;  ///< Isolated, Shared, L2: a shared one is used by many accounts
    AccountId network_account;
    bool is_default = false;

    bool operator==(const OwnedNic&) const = default;
};

/// The newest VM.MOVE event of a VM: written once per call, when it has ended (reference 5.5).
struct MoveMark {
    std::uint64_t event = 0;
    bool failed = false;
    Time ended;  ///< by CloudStack's clock

    bool operator==(const MoveMark&) const = default;
};

/// Everything that tells whose a VM is, of one moment. Only live rows.
struct VmOwnership {
    VmId vm;
    VmState state = VmState::unrecognized;
    Owner owner;
    std::vector<OwnedVolume> volumes;
    std::vector<OwnedNic> nics;
    std::optional<MoveMark> newest_move;  ///< null: none, or its release does not say of which VM

    bool operator==(const VmOwnership&) const = default;
};

/// A guest network that a moved VM could get a NIC on.
struct DestinationNetwork {
    NetworkId id;
    std::string uuid;
    std::string name;
    std::string guest_type;
    AccountId owner;
    std::optional<std::uint64_t> next_mac;  ///< null: the row of op_networks is missing
    bool is_usable = false;                 ///< its own, or one that its domain may use
    /// Named as CloudStack names what it makes for a move, still Allocated, and without any NIC.
    bool is_unused = false;

    bool operator==(const DestinationNetwork&) const = default;
};

/// Where a VM is to be moved: an account that exists, with its live guest networks in the zone of the VM.
struct MoveDestination {
    Owner owner;
    std::string account;
    std::string account_state;  ///< enabled, disabled, locked
    std::string domain_uuid;
    std::string domain_path;
    std::vector<DestinationNetwork> networks;  ///< that it may use, and those that the move names
    /// The generator of network ids stands in its table: without it no network can be made.
    std::optional<std::uint64_t> next_network_id;

    bool operator==(const MoveDestination&) const = default;
};

/// How far a move between two owners has come (reference 5.6).
enum class MoveProgress {
    untouched,  ///< wholly the old owner's: it can be tried (again)
    moved,      ///< wholly the new owner's
    partial,    ///< neither: only a human can mend it
    unknown,    ///< the facts are not there
};

std::string_view to_word(MoveProgress progress);

struct MoveVerdict {
    MoveProgress progress = MoveProgress::unknown;
    std::vector<std::string> missing;  ///< of a partial move: what is not as it should be, for a human

    bool operator==(const MoveVerdict&) const = default;
};

/// What a move is about: from whom, to whom, on which networks.
struct MoveOutline {
    Owner from;
    std::vector<std::string> networks;  ///< uuids that the move names; none: CloudStack chooses
};

/// Compares what the database holds with the two ends of the move. Null facts are unknown. The destination
/// must be known too: what it has got decides.
MoveVerdict judge_move(const MoveOutline& move, const std::optional<VmOwnership>& vm,
                       const std::optional<MoveDestination>& destination);

/// The destination's networks that the VM may get a NIC on: those named, else the one that it keeps and those
/// of the new account. Empty: one would have to be made.
std::vector<DestinationNetwork> networks_of_move(const MoveOutline& move,
                                                 const std::optional<VmOwnership>& vm,
                                                 const MoveDestination& destination);

/// "account 5, domain 2"
std::string to_words(const Owner& owner);

}  // namespace inventory
