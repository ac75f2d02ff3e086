#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/model/domain.hpp"
#include "inventory/model/host_witness.hpp"
#include "inventory/model/vm.hpp"

namespace inventory {

using Witnesses = std::map<HostId, std::shared_ptr<const HostWitness>>;

/// Who sees which VM, from the hosts whose answer is evidence now; built once per snapshot. Views into the
/// witnesses' strings: it must not outlive them.
class DomainIndex {
public:
    DomainIndex(const Witnesses& witnesses, Time now, Duration freshness);

    /// Every domain that carries the VM's name or its uuid, one per host (the livelier one, should a host
    /// have two).
    [[nodiscard]] std::vector<Sighting> sightings(const VmRecord& vm) const;

    /// Silent hosts whose last answer showed a live domain of the VM: it may still run there, whether or not
    /// the host counts among its candidates.
    [[nodiscard]] std::vector<HostId> last_seen_alive_on_silent(const VmRecord& vm) const;

    /// Whether this host's answer is evidence now.
    [[nodiscard]] bool has_answered(HostId host) const { return asked_at_.contains(host); }

    /// When a host whose answer is no evidence was asked last with success; nullopt: never.
    [[nodiscard]] std::optional<Time> last_answer_of_silent(HostId host) const;

    /// Whether this host's answer is evidence, but of a time before `moment`.
    [[nodiscard]] bool was_asked_before(HostId host, Time moment) const;

    /// Whether that is so of any host.
    [[nodiscard]] bool was_any_asked_before(Time moment) const { return oldest_ && *oldest_ < moment; }

private:
    using Book = std::unordered_map<std::string_view, std::vector<Sighting>>;

    Book seen_by_name_;
    Book seen_by_uuid_;
    Book remembered_by_name_;
    Book remembered_by_uuid_;
    std::unordered_map<HostId, Time> asked_at_;         ///< of the hosts whose answer is evidence
    std::optional<Time> oldest_;                        ///< of these times
    std::unordered_map<HostId, Time> answered_before_;  ///< of the others
};

}  // namespace inventory
