#include "exporter/page.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/families/families.hpp"
#include "tests/support/snapshot_builder.hpp"

namespace {

using exporter::Page;
using exporter::PageKeeper;
using exporter::SnapshotPointer;
using exporter::families::whole_page;
using support::a_host;
using support::a_silence;
using support::a_vm;
using support::host_id;
using support::SnapshotBuilder;
using testing::HasSubstr;

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
    PageKeeper keeper{[this](const auto& seen, auto limit) { return source.wait(seen, limit); },
                      whole_page()};
};

Page page_of(const inventory::Snapshot& snapshot, const exporter::PagePlan& plan = whole_page()) {
    return exporter::make_page(std::make_shared<const inventory::Snapshot>(snapshot), plan, 0);
}

TEST(Page, is_the_snapshot_rendered_and_compressed) {
    const auto page = page_of(SnapshotBuilder().vm(a_vm(43)).build());
    EXPECT_THAT(page.exposition.text, HasSubstr("\ncloudstack_vm_state{vm=\"i-2-43-VM\""));
    ASSERT_EQ(page.compressed.size(), page.exposition.blocks.size());
    for (std::size_t i = 0; i < page.compressed.size(); ++i) {
        EXPECT_EQ(page.compressed[i].length, page.exposition.blocks[i].length);
    }
    EXPECT_EQ(page.records_read_at, support::now);
    EXPECT_TRUE(page.heard_all);
}

TEST(Page, has_looked_once_the_database_was_read_or_failed) {
    EXPECT_FALSE(page_of(SnapshotBuilder::nothing()).has_looked);
    EXPECT_TRUE(page_of(SnapshotBuilder().collector({"vms", false, "no", {}, {}}).build()).has_looked);
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

TEST_F(PageKeeperTest, lets_a_scrape_wait_for_the_first_page_that_tells_something) {
    source.give(SnapshotBuilder::nothing());
    EXPECT_FALSE(keeper.wait_for_first(inventory::Duration::zero())->has_looked);
    std::jthread later([this] {
        source.give(SnapshotBuilder().collector({"vms", true, "", {}, {}}).build());
    });
    EXPECT_TRUE(keeper.wait_for_first(std::chrono::seconds{10})->has_looked);
}

TEST_F(PageKeeperTest, follows_another_source_and_asks_the_former_no_more) {
    source.give(SnapshotBuilder().vm(a_vm(43)).build());
    (void)page_when(keeper, has_text);
    {
        FakeSource brief;
        keeper.follow([&brief](const auto& seen, auto limit) { return brief.wait(seen, limit); },
                      whole_page());
        EXPECT_THAT(keeper.latest()->exposition.text, HasSubstr("i-2-43-VM")) << "the last page stays";
        keeper.follow([this](const auto& seen, auto limit) { return source.wait(seen, limit); },
                      {.families = {&exporter::families::vms}});
    }
    const auto has_no_vm = [](const Page& page) {
        return page.exposition.text.find("i-2-43-VM") == std::string::npos;
    };
    EXPECT_THAT(page_when(keeper, has_no_vm)->exposition.text, HasSubstr("cloudstack_vms{"));
}

TEST_F(PageKeeperTest, adds_up_what_the_limits_keep_out) {
    keeper.follow([this](const auto& seen, auto limit) { return source.wait(seen, limit); },
                  {.families = {&exporter::families::vm_state}, .limit = {.family = 1, .total = 9}});
    const auto snapshot = SnapshotBuilder().vm(a_vm(43)).vm(a_vm(44)).vm(a_vm(45)).build();
    const auto dropped_of = [](const Page& page) {
        const auto found = page.dropped.find(&exporter::families::vm_state);
        return found == page.dropped.end() ? 0U : found->second;
    };
    source.give(snapshot);
    (void)page_when(keeper, [&](const Page& page) { return dropped_of(page) == 2; });
    source.give(snapshot);
    EXPECT_EQ(dropped_of(*page_when(keeper, [&](const Page& page) { return dropped_of(page) == 4; })), 4U);
}

}  // namespace
