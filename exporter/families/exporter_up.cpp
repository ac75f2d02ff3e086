#include "exporter/families/each_host.hpp"
#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_database(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    const bool was_tried = !snapshot.collectors.empty();
    if (was_tried) {
        writer.flag({{"source", "database"}}, snapshot.database_up);
    }
}

void write_libvirt(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    bool any_asked = false;
    bool any_answers = false;
    for_each_asked_host(snapshot, [&](const inventory::HostRecord&, const inventory::HostWitness& witness) {
        any_asked = true;
        any_answers = any_answers || witness.up;
    });
    if (any_asked) {
        writer.flag({{"source", "libvirt"}}, any_answers);
    }
}

void write_exporter_up(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    write_database(snapshot, writer);
    write_libvirt(snapshot, writer);
}

}  // namespace

constinit const Family exporter_up{
    Group::exporter,
    "warden_exporter_up",
    "Whether the source answered when it was last asked: the database, and the libvirt of one host at least.",
    FamilyType::gauge,
    write_exporter_up,
};

}  // namespace exporter::families
