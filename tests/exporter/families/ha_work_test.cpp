#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::now;
using support::SnapshotBuilder;

TEST(HaWork, counts_by_type_and_step) {
    SnapshotBuilder cloud;
    cloud.records().ha_work = {{
        {inventory::VmId{43}, "HA", "Scheduled", now - std::chrono::seconds{30}},
        {inventory::VmId{44}, "HA", "Scheduled", now - std::chrono::seconds{90}},
        {inventory::VmId{45}, "Stop", "Stopping", std::nullopt},
    }};
    const auto snapshot = cloud.build();
    EXPECT_EQ(text_of(families::ha_work, snapshot),
              R"(# HELP cloudstack_ha_work Open work of CloudStack's own HA (op_ha_work), by type and step.
# TYPE cloudstack_ha_work gauge
cloudstack_ha_work{type="HA",step="Scheduled"} 2
cloudstack_ha_work{type="Stop",step="Stopping"} 1
)");
}

TEST(HaWork, is_absent_when_it_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().ha_work.reset();
    EXPECT_EQ(text_of(families::ha_work, cloud.build()), "");
}

TEST(HaWork, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::ha_work, SnapshotBuilder::nothing()), "");
}

}  // namespace
