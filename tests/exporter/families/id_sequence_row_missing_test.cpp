#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::found;
using support::SnapshotBuilder;

TEST(IdSequenceRowMissing, names_the_generators_that_are_not_there) {
    SnapshotBuilder cloud;
    cloud.health().id_sequences = found<std::vector<inventory::IdSequence>>(
        {{"vm_instance_seq", 201, 200}, {"networks_seq", 204, 206}, {"other_seq", std::nullopt, 7}});
    EXPECT_EQ(
        text_of(families::id_sequence_row_missing, cloud.build()),
        R"(# HELP cloudstack_id_sequence_row_missing Generators of ids without a row in the table sequence: nothing that they number can be made. No series: the row is there.
# TYPE cloudstack_id_sequence_row_missing gauge
cloudstack_id_sequence_row_missing{name="other_seq"} 1
)");
}

TEST(IdSequenceRowMissing, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::id_sequence_row_missing, SnapshotBuilder().build()), "");
}

}  // namespace
