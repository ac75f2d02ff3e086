#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>

#include "exporter/families/drifted.hpp"
#include "exporter/families/families.hpp"
#include "exporter/families/places.hpp"

namespace exporter::families {
namespace {

void write_vms_drifted(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records) {
        return;
    }
    const Places places(*snapshot.records);
    std::map<std::tuple<std::string_view, std::string_view, inventory::DriftKind>, std::uint64_t> drifted;
    for_each_drifted_vm(snapshot, [&](const inventory::VmRecord& vm, const inventory::JudgedVm& judged) {
        const auto cluster = places.cluster_name(place_of(vm, judged.verdict));
        ++drifted[{places.zone_name(vm.zone), cluster, judged.verdict.kind}];
    });
    for (const auto& [key, vms_there] : drifted) {
        const auto& [zone, cluster, kind] = key;
        writer.count({{"zone", zone}, {"cluster", cluster}, {"kind", to_word(kind)}}, vms_there);
    }
}

}  // namespace

constinit const Family vms_drifted{
    Group::vm,
    "cloudstack_vms_drifted",
    "VMs whose CloudStack record and hypervisors disagree, or that cannot be judged (kind unknown).",
    FamilyType::gauge,
    write_vms_drifted,
};

}  // namespace exporter::families
