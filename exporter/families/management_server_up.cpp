#include "exporter/families/families.hpp"
#include "exporter/families/management_servers.hpp"

namespace exporter::families {
namespace {

void write_management_server_up(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    for (const auto& [name, server] : servers_by_name(snapshot)) {
        writer.flag({{"name", name}}, server->state == "Up");
    }
}

}  // namespace

constinit const Family management_server_up{
    Group::cloudstack,
    "cloudstack_management_server_up",
    "Whether CloudStack records the management server as Up. One that died stays so for a while: look at the "
    "heartbeat too.",
    FamilyType::gauge,
    write_management_server_up,
};

}  // namespace exporter::families
