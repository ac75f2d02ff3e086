#include "inventory/observer/snapshot_store.hpp"

#include <future>

#include <gtest/gtest.h>

namespace inventory::observer {
namespace {

using namespace std::chrono_literals;

TEST(SnapshotStore, gives_the_newest) {
    SnapshotStore store;
    EXPECT_EQ(store.latest(), nullptr);
    const auto snapshot = std::make_shared<const Snapshot>();
    store.publish(snapshot);
    EXPECT_EQ(store.latest(), snapshot);
}

TEST(SnapshotStore, a_reader_waits_for_a_newer_one_or_for_its_limit) {
    SnapshotStore store;
    const auto first = std::make_shared<const Snapshot>();
    const auto second = std::make_shared<const Snapshot>();
    store.publish(first);
    EXPECT_EQ(store.wait_for_newer(first, 1ms), first);
    auto waiting = std::async(std::launch::async, [&] { return store.wait_for_newer(first, 30s); });
    store.publish(second);
    EXPECT_EQ(waiting.get(), second);
}

}  // namespace
}  // namespace inventory::observer
