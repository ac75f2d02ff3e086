#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using inventory::SchemaReport;
using support::SnapshotBuilder;

TEST(ExporterFeatureAvailable, tells_what_this_schema_and_account_allow) {
    SnapshotBuilder builder;
    builder.health().schema = std::make_shared<const inventory::Dated<SchemaReport>>(
        inventory::Dated<SchemaReport>{support::now, {{{"vms", ""}, {"host_ha", "no table ha_config"}}}});
    EXPECT_EQ(
        text_of(families::exporter_feature_available, builder.build()),
        R"(# HELP warden_exporter_feature_available Whether CloudStack's schema has what the feature reads and the account may read it; the log says what is missing.
# TYPE warden_exporter_feature_available gauge
warden_exporter_feature_available{feature="vms"} 1
warden_exporter_feature_available{feature="host_ha"} 0
)");
}

TEST(ExporterFeatureAvailable, is_absent_before_the_schema_was_probed) {
    EXPECT_EQ(text_of(families::exporter_feature_available, SnapshotBuilder::nothing()), "");
}

}  // namespace
