#include "exporter/families/families.hpp"

namespace exporter::families {
namespace {

void write_id_sequence_row_missing(const inventory::Snapshot& snapshot, SampleWriter& writer) {
    if (!snapshot.health.id_sequences) {
        return;
    }
    for (const auto& sequence : snapshot.health.id_sequences->value) {
        if (!sequence.next) {
            writer.flag({{"name", sequence.name}}, true);
        }
    }
}

}  // namespace

constinit const Family id_sequence_row_missing{
    Group::mac,
    "cloudstack_id_sequence_row_missing",
    "Generators of ids without a row in the table sequence: nothing that they number can be made. No series: "
    "the row is there.",
    FamilyType::gauge,
    write_id_sequence_row_missing,
};

}  // namespace exporter::families
