#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_database_schema_info(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (snapshot.records && snapshot.records->schema_version) {
        writer.flag({{"version", *snapshot.records->schema_version}}, true);
    }
}

}  // namespace

constinit const Family database_schema_info{
    Group::cloudstack, "cloudstack_database_schema_info", "The version of CloudStack's database schema.",
    FamilyType::gauge, write_database_schema_info,
};

}  // namespace exporter::families
