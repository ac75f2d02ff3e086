#include "controller/loop/gather.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace controller::loop {
namespace {

using namespace std::chrono_literals;
using inventory::Time;
using support::a_vm;
using support::now;
using testing::IsEmpty;

CloudIndex an_index(std::shared_ptr<const inventory::CloudRecords> records) {
    inventory::Snapshot snapshot;
    snapshot.records = std::move(records);
    return {std::make_shared<const inventory::Snapshot>(std::move(snapshot)), {}, now};
}

std::optional<Time> silences_read_at(std::optional<Time> read_at) {
    JournalFacts journal;
    journal.operators.emplace();
    journal.operators->silences.read_at = read_at;
    return gather(a_vm().uuid, an_index(nullptr), std::move(journal), {}).operators->silences.read_at;
}

TEST(Gather, silences_read_beside_the_step_are_of_its_moment) {
    EXPECT_EQ(silences_read_at(now - 3s), now - 3s);
    EXPECT_EQ(silences_read_at(now), now);
    EXPECT_EQ(silences_read_at(now + 1s), now);
    EXPECT_EQ(silences_read_at(std::nullopt), std::nullopt);
}

TEST(Gather, silences_of_a_future_that_no_step_lasts_stay_no_evidence) {
    EXPECT_EQ(silences_read_at(now + 1001ms), now + 1001ms);
}

TEST(Gather, a_cloud_that_was_never_read_leaves_everything_unknown) {
    const auto world = gather(a_vm().uuid, an_index(nullptr), {}, {.judged_update_count = 4});
    EXPECT_EQ(world.now, now);
    EXPECT_EQ(world.judged_update_count, 4);
    EXPECT_THAT(world.rows, IsEmpty());
    EXPECT_FALSE(world.records_read_at || world.verdict || world.jobs || world.ha_work || world.scope);
}

TEST(Gather, work_that_could_not_be_read_is_not_none) {
    auto cloud = support::a_cloud();
    cloud.vms = {a_vm()};
    cloud.ha_work.reset();
    const auto records = std::make_shared<const inventory::CloudRecords>(std::move(cloud));
    const auto world = gather(a_vm().uuid, an_index(records), {}, {});
    ASSERT_TRUE(world.jobs);
    EXPECT_THAT(*world.jobs, IsEmpty());
    EXPECT_EQ(world.ha_work, std::nullopt);
}

}  // namespace
}  // namespace controller::loop
