#include <gtest/gtest.h>

#include "tests/exporter/families/text_of.hpp"

namespace {

namespace families = exporter::families;
using support::SnapshotBuilder;

TEST(DatabaseSchemaInfo, names_the_version) {
    SnapshotBuilder cloud;
    cloud.records().schema_version = "4.20.1.0";
    const auto snapshot = cloud.build();
    EXPECT_EQ(text_of(families::database_schema_info, snapshot),
              R"(# HELP cloudstack_database_schema_info The version of CloudStack's database schema.
# TYPE cloudstack_database_schema_info gauge
cloudstack_database_schema_info{version="4.20.1.0"} 1
)");
}

TEST(DatabaseSchemaInfo, is_absent_when_it_could_not_be_read) {
    SnapshotBuilder cloud;
    cloud.records().schema_version.reset();
    EXPECT_EQ(text_of(families::database_schema_info, cloud.build()), "");
}

TEST(DatabaseSchemaInfo, is_absent_before_the_database_was_read) {
    EXPECT_EQ(text_of(families::database_schema_info, SnapshotBuilder::nothing()), "");
}

}  // namespace
