#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "exporter/families/each_host.hpp"
#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"
#include "exporter/families/instance_name.hpp"

namespace exporter::families {
namespace {

/// Every name and uuid that a live row has: a domain carries one of them, or belongs to none.
std::unordered_set<std::string_view> known_identities(const inventory::Snapshot& snapshot) {
    std::unordered_set<std::string_view> known;
    known.reserve(2 * snapshot.records->vms.size());
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        known.insert(vm.instance_name);
        known.insert(vm.uuid);
    });
    return known;
}

void write_host_orphan_domains(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    // With old records every VM that was made since would look like an orphan.
    if (!snapshot.records || !snapshot.database_up) {
        return;
    }
    const auto known = known_identities(snapshot);
    const auto is_orphan = [&known](const inventory::Domain& domain) {
        return is_cloudstack_name(domain.name) && !known.contains(domain.name) &&
               !known.contains(domain.uuid);
    };
    for_each_answering_host(
        snapshot, [&](const inventory::HostRecord& host, const inventory::HostWitness& witness) {
            const auto orphans = std::count_if(witness.domains.begin(), witness.domains.end(), is_orphan);
            writer.count({{"host", host.name}, {"host_id", host.uuid}}, static_cast<std::uint64_t>(orphans));
        });
}

}  // namespace

constinit const Family host_orphan_domains{
    Group::host,
    "cloudstack_host_orphan_domains",
    "Domains on the host with a name as CloudStack gives it, but without a live row in its database.",
    FamilyType::gauge,
    write_host_orphan_domains,
};

}  // namespace exporter::families
