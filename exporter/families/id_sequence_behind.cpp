#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_id_sequence_behind(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.id_sequences) {
        return;
    }
    for (const auto& sequence : snapshot.health.id_sequences->value) {
        if (const auto behind = sequence.behind()) {
            writer.count({{"name", sequence.name}}, *behind);
        }
    }
}

}  // namespace

constinit const Family id_sequence_behind{
    Group::mac,
    "cloudstack_id_sequence_behind",
    "How many ids a generator (a row of the table sequence) will give out that are taken. 0: it is ahead.",
    FamilyType::gauge,
    write_id_sequence_behind,
};

}  // namespace exporter::families
