#include "exporter/page.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/snapshot_builder.hpp"

namespace {

using exporter::Page;
using exporter::PageKeeper;
using support::a_host;
using support::a_silence;
using support::a_vm;
using support::host_id;
using support::SnapshotBuilder;
using testing::HasSubstr;
using SnapshotPointer = std::shared_ptr<const inventory::Snapshot>;

/// Hands out what it was given last, as the observatory does.
class FakeSource {
public:
    void give(inventory::Snapshot snapshot) {
        const std::lock_guard lock(mutex_);
        newest_ = std::make_shared<const inventory::Snapshot>(std::move(snapshot));
        changed_.notify_all();
    }

    SnapshotPointer wait(const SnapshotPointer& seen, inventory::Duration limit) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, limit, [&] { return newest_ != seen; });
        return newest_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    SnapshotPointer newest_;
};

template <class Condition>
std::shared_ptr<const Page> page_when(const PageKeeper& keeper, Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    auto page = keeper.latest();
    while (!condition(*page) && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
        page = keeper.latest();
    }
    return page;
}

bool has_text(const Page& page) {
    return !page.exposition.text.empty();
}

class PageKeeperTest : public testing::Test {
protected:
    FakeSource source;
    PageKeeper keeper{[this](const auto& seen, auto limit) { return source.wait(seen, limit); }};
};

TEST(Page, is_the_snapshot_rendered_and_compressed) {
    const auto page = exporter::make_page(SnapshotBuilder().vm(a_vm(43)).build(), 0);
    EXPECT_THAT(page.exposition.text, HasSubstr("\ncloudstack_vm_state{vm=\"i-2-43-VM\""));
    EXPECT_EQ(page.compressed.length, page.exposition.text.size());
    EXPECT_EQ(page.records_read_at, support::now);
    EXPECT_TRUE(page.heard_all);
}

TEST_F(PageKeeperTest, serves_an_empty_page_before_the_first_snapshot) {
    ASSERT_NE(keeper.latest(), nullptr);
    EXPECT_EQ(keeper.latest()->exposition.text, "");
    EXPECT_FALSE(keeper.latest()->heard_all);
}

TEST_F(PageKeeperTest, follows_the_newest_snapshot) {
    source.give(SnapshotBuilder().vm(a_vm(43)).build());
    EXPECT_THAT(page_when(keeper, has_text)->exposition.text, HasSubstr("i-2-43-VM"));
    source.give(SnapshotBuilder().vm(a_vm(44)).build());
    const auto shows_the_new_one = [](const Page& page) {
        return page.exposition.text.find("i-2-44-VM") != std::string::npos;
    };
    EXPECT_TRUE(shows_the_new_one(*page_when(keeper, shows_the_new_one)));
}

TEST_F(PageKeeperTest, stays_ready_when_a_host_joins) {
    source.give(SnapshotBuilder().host(a_host(1)).witness(a_silence(host_id(1))).build());
    EXPECT_TRUE(page_when(keeper, has_text)->heard_all);
    source.give(SnapshotBuilder().host(a_host(2)).vm(a_vm(43)).build());
    const auto shows_the_vm = [](const Page& page) {
        return page.exposition.text.find("i-2-43-VM") != std::string::npos;
    };
    EXPECT_TRUE(page_when(keeper, shows_the_vm)->heard_all);
}

}  // namespace
