#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_ha_work(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.records || !snapshot.records->ha_work) {
        return;
    }
    std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> works_in;
    for (const auto& work : *snapshot.records->ha_work) {
        ++works_in[{work.type, work.step}];
    }
    for (const auto& [place, works] : works_in) {
        writer.count({{"type", place.first}, {"step", place.second}}, works);
    }
}

}  // namespace

constinit const Family ha_work{
    Group::cloudstack,
    "cloudstack_ha_work",
    "Open work of CloudStack's own HA (op_ha_work), by type and step.",
    FamilyType::gauge,
    write_ha_work,
};

}  // namespace exporter::families
