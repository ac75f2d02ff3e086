#include "exporter/families/families.hpp"
#include "exporter/families/management_servers.hpp"

namespace exporter::families {
namespace {

void write_management_server_heartbeat_age_seconds(const inventory::Snapshot& snapshot,
                                                   SampleWriter& writer) {
    for (const auto& [name, server] : servers_by_name(snapshot)) {
        if (server->last_update) {
            const auto age = snapshot.records->read_at - *server->last_update;
            writer.sample({{"name", name}}, inventory::to_seconds(age));
        }
    }
}

}  // namespace

constinit const Family management_server_heartbeat_age_seconds{
    Group::cloudstack,
    "cloudstack_management_server_heartbeat_age_seconds",
    "Age of the management server's heartbeat when the database was read.",
    FamilyType::gauge,
    write_management_server_heartbeat_age_seconds,
};

}  // namespace exporter::families
