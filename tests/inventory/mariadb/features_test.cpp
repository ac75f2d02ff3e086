#include <algorithm>

#include <gmock/gmock.h>

#include "inventory/mariadb/health_queries.hpp"
#include "tests/support/cloud_database.hpp"

namespace inventory::mariadb {
namespace {

using test_support::CloudDatabase;
using testing::HasSubstr;

SchemaReport features_for(const Server& server) {
    Connection connection(server, Access::read_only);
    auto report = read_features(connection);
    if (!report) {
        throw std::runtime_error(report.error().message);
    }
    return *report;
}

std::vector<std::string> missing_in(const SchemaReport& report) {
    std::vector<std::string> names;
    for (const auto& feature : report.features) {
        if (!feature.is_available()) {
            names.push_back(feature.name);
        }
    }
    return names;
}

TEST(Features, are_all_there_in_a_whole_schema) {
    CloudDatabase cloud;
    const auto report = features_for(cloud.reader());
    EXPECT_FALSE(report.features.empty());
    EXPECT_THAT(missing_in(report), testing::IsEmpty());
}

TEST(Features, name_the_column_that_this_schema_lacks) {
    CloudDatabase cloud;
    cloud.run("ALTER TABLE op_ha_work DROP COLUMN step");
    const auto report = features_for(cloud.reader());
    ASSERT_THAT(missing_in(report), testing::ElementsAre("ha_work"));
    const auto ha_work = std::find_if(report.features.begin(), report.features.end(),
                                      [](const auto& feature) { return feature.name == "ha_work"; });
    EXPECT_THAT(ha_work->missing, HasSubstr("step"));
}

TEST(Features, name_the_table_that_may_not_be_read_and_the_remedy) {
    CloudDatabase cloud;
    const auto report =
        features_for(cloud.reader({"SELECT ON vm_instance", "SELECT ON account", "SELECT ON domain"}));
    EXPECT_THAT(missing_in(report), testing::Contains("hosts"));
    EXPECT_THAT(missing_in(report), testing::Not(testing::Contains("vms")));
    EXPECT_THAT(report.features.back().missing, HasSubstr("config/grants.sql"));
}

TEST(Features, are_unknown_while_the_server_cannot_be_asked) {
    CloudDatabase cloud;
    auto server = cloud.reader();
    server.port = 1;
    Connection connection(server, Access::read_only);
    EXPECT_FALSE(read_features(connection));
}

}  // namespace
}  // namespace inventory::mariadb
