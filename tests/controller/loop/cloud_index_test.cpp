#include "controller/loop/cloud_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace controller::loop {
namespace {

using inventory::VmRecord;
using support::a_vm;
using support::now;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

/// A snapshot of these rows, in which each was judged.
CloudIndex index_of(inventory::CloudRecords records, std::size_t judged) {
    inventory::Snapshot snapshot;
    snapshot.judged.resize(judged);
    for (std::size_t i = 0; i < judged; ++i) {
        snapshot.judged[i].verdict.reason = "row " + std::to_string(i);
    }
    snapshot.records = std::make_shared<const inventory::CloudRecords>(std::move(records));
    return {std::make_shared<const inventory::Snapshot>(std::move(snapshot)), {}, now};
}

TEST(CloudIndex, finds_every_row_that_would_be_taken_for_the_vm) {
    auto cloud = support::a_cloud();
    cloud.vms = {a_vm(10), a_vm(11), a_vm(12), a_vm(13)};
    cloud.vms[2].instance_name = cloud.vms[0].instance_name;
    cloud.vms[3].uuid = cloud.vms[0].uuid;
    const auto index = index_of(cloud, 4);
    const auto id = [](std::uint64_t number) { return Field(&VmRecord::id, inventory::VmId{number}); };
    EXPECT_THAT(index.rows_of(a_vm(10).uuid), ElementsAre(id(10), id(12), id(13)));
    EXPECT_THAT(index.rows_of(a_vm(11).uuid), ElementsAre(id(11)));
    EXPECT_THAT(index.rows_of("other"), IsEmpty());
    EXPECT_EQ(index.row(a_vm(10).uuid)->id, inventory::VmId{10}) << "the first of two with this uuid";
    EXPECT_EQ(index.row("other"), nullptr);
}

TEST(CloudIndex, finds_how_a_row_was_judged) {
    auto cloud = support::a_cloud();
    cloud.vms = {a_vm(10), a_vm(11)};
    const auto index = index_of(cloud, 1);
    EXPECT_EQ(index.judged(a_vm(10))->verdict.reason, "row 0");
    EXPECT_EQ(index.judged(a_vm(11)), nullptr) << "a row that was not judged";
    EXPECT_EQ(index.judged(a_vm(12)), nullptr) << "no row";
}

TEST(CloudIndex, keeps_the_work_on_a_vm_in_its_order_and_the_unknown_apart_from_none) {
    auto cloud = support::a_cloud();
    const auto vm = a_vm().id;
    cloud.vm_jobs = {{vm, "first", now}, {a_vm(11).id, "another's", now}, {vm, "second", now}};
    cloud.ha_work.reset();
    const auto index = index_of(cloud, 0);
    EXPECT_THAT(*index.jobs_on(vm), ElementsAre(Field(&inventory::VmJob::command, "first"),
                                                Field(&inventory::VmJob::command, "second")));
    EXPECT_THAT(*index.jobs_on(a_vm(12).id), IsEmpty());
    EXPECT_FALSE(index.ha_work_on(vm));
}

TEST(CloudIndex, is_empty_before_the_first_reading) {
    const CloudIndex index(std::make_shared<const inventory::Snapshot>(), {}, now);
    EXPECT_FALSE(index.has_records());
    EXPECT_THAT(index.rows_of(a_vm().uuid), IsEmpty());
    EXPECT_FALSE(index.jobs_on(a_vm().id));
}

}  // namespace
}  // namespace controller::loop
