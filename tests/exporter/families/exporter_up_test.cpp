#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::a_host;
using support::a_silence;
using support::a_witness;
using support::host_id;
using support::now;
using support::SnapshotBuilder;

TEST(ExporterUp, is_up_when_database_and_one_host_answer) {
    const auto snapshot = SnapshotBuilder()
                              .collector({"vms", true, "", {}, now})
                              .host(a_host(1))
                              .host(a_host(2))
                              .witness(a_silence(host_id(1)))
                              .witness(a_witness(host_id(2), {}))
                              .build();
    EXPECT_EQ(
        text_of(families::exporter_up, snapshot),
        R"(# HELP warden_exporter_up Whether the source answered when it was last asked: the database, and the libvirt of one host at least.
# TYPE warden_exporter_up gauge
warden_exporter_up{source="database"} 1
warden_exporter_up{source="libvirt"} 1
)");
}

TEST(ExporterUp, is_down_when_nobody_answers) {
    const auto snapshot = SnapshotBuilder()
                              .collector({"vms", true, "", {}, now})
                              .host(a_host(1))
                              .witness(a_silence(host_id(1)))
                              .database_down("cannot connect")
                              .build();
    EXPECT_EQ(samples_of(families::exporter_up, snapshot), R"(warden_exporter_up{source="database"} 0
warden_exporter_up{source="libvirt"} 0
)");
}

TEST(ExporterUp, is_absent_for_what_was_not_asked_yet) {
    auto snapshot = SnapshotBuilder::nothing();
    snapshot.database_error = "not read yet";
    EXPECT_EQ(text_of(families::exporter_up, snapshot), "");
}

}  // namespace
