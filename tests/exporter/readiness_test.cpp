#include "exporter/readiness.hpp"

#include <gtest/gtest.h>

#include "tests/support/snapshot_builder.hpp"

namespace {

using exporter::has_heard_all;
using support::a_host;
using support::a_silence;
using support::a_witness;
using support::host_id;
using support::SnapshotBuilder;

TEST(Readiness, needs_the_first_reading) {
    EXPECT_FALSE(has_heard_all(SnapshotBuilder::nothing()));
    EXPECT_TRUE(has_heard_all(SnapshotBuilder().build()));
}

TEST(Readiness, needs_every_host_to_have_answered_or_failed) {
    SnapshotBuilder cloud;
    cloud.host(a_host(1)).host(a_host(2)).witness(a_witness(host_id(1)));
    EXPECT_FALSE(has_heard_all(cloud.build()));
    cloud.witness(a_silence(host_id(2)));
    EXPECT_TRUE(has_heard_all(cloud.build()));
}

TEST(Readiness, is_not_reached_by_a_witness_that_was_not_asked_yet) {
    inventory::HostWitness unasked;
    unasked.host = host_id(1);
    EXPECT_FALSE(has_heard_all(SnapshotBuilder().host(a_host(1)).witness(unasked).build()));
}

}  // namespace
