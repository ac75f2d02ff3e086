#pragma once

#include <map>
#include <memory>
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

    /// Whether this host's answer is evidence now.
    [[nodiscard]] bool has_answered(HostId host) const;

private:
    std::unordered_map<std::string_view, std::vector<Sighting>> by_name_;
    std::unordered_map<std::string_view, std::vector<Sighting>> by_uuid_;
    std::map<HostId, bool> answered_;
};

}  // namespace inventory
