#pragma once

#include <string>
#include <string_view>

#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// What libvirt says of one domain. BLOCKED and SHUTDOWN (in progress) count as running; NOSTATE is
/// `no_state`.
enum class DomainState { running, paused, shutoff, crashed, pmsuspended, no_state };

/// libvirt's word, as it stands in metrics: running, paused, shutoff, crashed, pmsuspended, nostate.
std::string_view to_word(DomainState state);

/// False only for shutoff: in every other state a QEMU process may exist and may write to its disks
/// (reference 8).
bool may_be_alive(DomainState state);

/// Whether `left` says more than `right` that QEMU is at work: running first, shutoff last.
bool is_livelier(DomainState left, DomainState right);

/// One domain of one host, active or defined.
struct Domain {
    std::string name;
    std::string uuid;
    DomainState state = DomainState::no_state;

    bool operator==(const Domain&) const = default;
};

/// A domain that carries a VM's name or uuid, on a host that answered in time.
struct Sighting {
    HostId host;
    DomainState state = DomainState::no_state;
    Time seen_at;

    bool operator==(const Sighting&) const = default;
};

}  // namespace inventory
