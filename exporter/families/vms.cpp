#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "exporter/families/each_vm.hpp"
#include "exporter/families/families.hpp"
#include "exporter/families/places.hpp"

namespace exporter::families {
namespace {

void write_vms(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records) {
        return;
    }
    const Places places(*snapshot.records);
    std::map<std::pair<std::string_view, inventory::VmState>, std::uint64_t> vms_in;
    for_each_vm(snapshot, [&](const inventory::VmRecord& vm) {
        ++vms_in[{places.zone_name(vm.zone), vm.state}];
    });
    for (const auto& [place, vms_there] : vms_in) {
        writer.count({{"zone", place.first}, {"state", to_word(place.second)}}, vms_there);
    }
}

}  // namespace

constinit const Family vms{
    Group::vm,         "cloudstack_vms", "VMs by zone and by the state that CloudStack records.",
    FamilyType::gauge, write_vms,
};

}  // namespace exporter::families
