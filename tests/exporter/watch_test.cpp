#include "exporter/watch.hpp"

#include <gtest/gtest.h>

namespace exporter {
namespace {

TEST(Watch, the_database_has_failed_when_its_records_could_not_be_read) {
    inventory::Snapshot snapshot;
    EXPECT_FALSE(has_database_failed(snapshot)) << "nobody has asked yet";
    snapshot.collectors.push_back({"vms", false, {}, {}, std::nullopt});
    EXPECT_TRUE(has_database_failed(snapshot));
    snapshot.records = std::make_shared<const inventory::CloudRecords>();
    EXPECT_FALSE(has_database_failed(snapshot)) << "it failed later, and the last good records stand";
}

TEST(Watch, another_reading_that_is_done_first_is_no_failure_of_the_records) {
    inventory::Snapshot snapshot;
    snapshot.collectors.push_back({"innodb_locks", true, {}, {}, std::nullopt});
    EXPECT_FALSE(has_database_failed(snapshot));
}

}  // namespace
}  // namespace exporter
