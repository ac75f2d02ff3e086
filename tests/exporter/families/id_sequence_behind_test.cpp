#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::found;
using support::SnapshotBuilder;

TEST(IdSequenceBehind, counts_the_ids_that_will_be_given_out_again) {
    SnapshotBuilder cloud;
    cloud.health().id_sequences = found<std::vector<inventory::IdSequence>>(
        {{"vm_instance_seq", 201, 200}, {"networks_seq", 204, 206}, {"other_seq", std::nullopt, 7}});
    EXPECT_EQ(
        text_of(families::id_sequence_behind, cloud.build()),
        R"(# HELP cloudstack_id_sequence_behind How many ids a generator (a row of the table sequence) will give out that are taken. 0: it is ahead.
# TYPE cloudstack_id_sequence_behind gauge
cloudstack_id_sequence_behind{name="vm_instance_seq"} 0
cloudstack_id_sequence_behind{name="networks_seq"} 3
)");
}

TEST(IdSequenceBehind, is_absent_while_it_is_not_known) {
    EXPECT_EQ(text_of(families::id_sequence_behind, SnapshotBuilder().build()), "");
}

}  // namespace
