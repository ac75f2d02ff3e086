#include "exporter/lookout.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/families/families.hpp"
#include "tests/inventory/observer/fake_sources.hpp"
#include "tests/support/builders.hpp"

namespace {

using namespace std::chrono_literals;
using exporter::ExporterConfig;
using exporter::Lookout;
using exporter::Page;
using inventory::DriftKind;
using inventory::observer::FakeCloud;
using inventory::observer::FakeDomains;
using inventory::observer::FakeRecords;
using testing::HasSubstr;

ExporterConfig a_config(double hash) {
    ExporterConfig config;
    config.cloud.plan.database_interval = 20ms;
    config.cloud.plan.libvirt_interval = 20ms;
    config.cloud.plan.libvirt_timeout = 2s;
    config.cloud.plan.libvirt_uri = "{name}";
    config.page = exporter::families::whole_page();
    config.hash = hash;
    return config;
}

/// VM 10 is recorded on kvm1 and runs nowhere.
class LookoutTest : public testing::Test {
protected:
    LookoutTest() {
        auto records = support::a_cloud();
        records.vms = {support::a_vm(10)};
        cloud.set_records(std::move(records));
        unreadable.set_database_error("connection refused");
    }

    std::unique_ptr<inventory::observer::Observatory> make(const ExporterConfig& config) {
        if (config.cloud.database.user == no_thread) {
            throw std::system_error{std::make_error_code(std::errc::resource_unavailable_try_again)};
        }
        if (config.cloud.database.host == away) {
            before_refusal();
        }
        auto& database = config.cloud.database.host == away ? unreadable : cloud;
        inventory::observer::Sources sources;
        sources.records = std::make_unique<FakeRecords>(database);
        sources.fresh_records = std::make_unique<FakeRecords>(database);
        sources.domains = [this](const std::string& uri) {
            return std::make_unique<FakeDomains>(cloud, uri);
        };
        ++made;
        return std::make_unique<inventory::observer::Observatory>(config.cloud.plan, std::move(sources),
                                                                  inventory::system_now);
    }

    template <class Condition>
    std::shared_ptr<const Page> page_when(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        auto page = lookout.pages().latest();
        while (!condition(*page) && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
            page = lookout.pages().latest();
        }
        return page;
    }

    static bool has_judged(const Page& page) {
        return page.snapshot && page.heard_all && !page.snapshot->judged.empty() &&
               page.snapshot->judged[0].verdict.kind == DriftKind::stopped_out_of_band;
    }

    template <class Condition>
    exporter::ConfigFacts config_when(Condition condition) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!condition(lookout.config()) && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        return lookout.config();
    }

    /// The former configuration goes on, and the metrics say that the new one did not come into force.
    void expect_refused() {
        const auto before = lookout.config().hash;
        ASSERT_TRUE(lookout.reload());
        const auto facts = config_when([](const auto& newest) { return !newest.last_read_good; });
        EXPECT_FALSE(facts.last_read_good);
        EXPECT_EQ(facts.hash, before);
        EXPECT_TRUE(has_judged(*lookout.pages().latest()));
    }

    static constexpr auto away = "away";
    static constexpr auto no_thread = "no thread";

    FakeCloud cloud;
    FakeCloud unreadable;
    std::atomic<int> made{0};
    std::function<void()> before_refusal = [] {};
    inventory::Result<ExporterConfig> file = a_config(2);
    std::function<inventory::Result<ExporterConfig>()> reader = [this] { return file; };
    Lookout lookout{a_config(1), [this] { return reader(); },
                    [this](const ExporterConfig& config) { return make(config); }, inventory::system_now};
};

TEST_F(LookoutTest, a_wrong_configuration_changes_nothing_and_names_the_mistakes) {
    file = inventory::failure("warden.yml:3: cloud.zone: unknown key");
    const auto read = lookout.reload();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message, "warden.yml:3: cloud.zone: unknown key");
    EXPECT_FALSE(lookout.config().last_read_good);
    EXPECT_EQ(lookout.config().hash, 1);
    EXPECT_EQ(made, 1);
}

TEST_F(LookoutTest, a_right_one_takes_over_without_a_gap_and_drift_goes_on_since_when_it_did) {
    const auto since = page_when(has_judged)->snapshot->judged.at(0).since;
    file->page.families = {&exporter::families::vm_drift};
    cloud.freeze("kvm3", true);
    ASSERT_TRUE(lookout.reload());
    // The former observatory serves while the new one waits for kvm3.
    const auto deadline = std::chrono::steady_clock::now() + 300ms;
    while (std::chrono::steady_clock::now() < deadline) {
        ASSERT_GT(lookout.pages().latest()->exposition.blocks.size(), 1U);
        ASSERT_EQ(lookout.config().hash, 1) << "it is in force still";
    }
    cloud.freeze("kvm3", false);
    const auto page = page_when(
        [](const Page& newest) { return newest.exposition.blocks.size() == 1 && has_judged(newest); });
    ASSERT_TRUE(has_judged(*page));
    EXPECT_EQ(page->snapshot->judged[0].since, since);
    EXPECT_EQ(config_when([](const auto& facts) { return facts.hash == 2; }).hash, 2);
    EXPECT_EQ(made, 2);
}

TEST_F(LookoutTest, one_by_which_the_database_cannot_be_read_does_not_take_over) {
    (void)page_when(has_judged);
    file->cloud.database.host = away;
    expect_refused();
    file = a_config(3);
    file->page.families = {&exporter::families::vm_drift};
    ASSERT_TRUE(lookout.reload());
    const auto page = page_when([](const Page& newest) { return newest.exposition.blocks.size() == 1; });
    EXPECT_EQ(page->exposition.blocks.size(), 1U);
}

TEST_F(LookoutTest, survives_that_no_thread_can_be_started_for_another) {
    (void)page_when(has_judged);
    file->cloud.database.user = no_thread;
    expect_refused();
}

TEST_F(LookoutTest, the_newest_of_several_wins) {
    (void)page_when(has_judged);
    for (double hash = 2; hash <= 5; ++hash) {
        file = a_config(hash);
        file->page.families = {&exporter::families::vm_drift};
        ASSERT_TRUE(lookout.reload());
    }
    file->page.families = {&exporter::families::vm_state, &exporter::families::vm_drift};
    ASSERT_TRUE(lookout.reload());
    const auto page = page_when([](const Page& newest) { return newest.exposition.blocks.size() == 2; });
    EXPECT_EQ(page->exposition.blocks.size(), 2U);
    EXPECT_EQ(config_when([](const auto& facts) { return facts.hash == 5; }).hash, 5);
}

TEST_F(LookoutTest, what_is_refused_does_not_speak_against_what_was_read_meanwhile) {
    (void)page_when(has_judged);
    file->cloud.database.host = away;
    std::promise<void> is_made;
    std::promise<void> may_go_on;
    before_refusal = [&] {
        is_made.set_value();
        may_go_on.get_future().wait();
    };
    ASSERT_TRUE(lookout.reload());
    is_made.get_future().wait();
    file = a_config(3);
    ASSERT_TRUE(lookout.reload());
    may_go_on.set_value();
    EXPECT_EQ(config_when([](const auto& facts) { return facts.hash == 3; }).hash, 3);
    EXPECT_TRUE(lookout.config().last_read_good);
}

TEST_F(LookoutTest, two_reloads_at_once_read_the_file_one_after_the_other) {
    std::atomic<int> reading{0};
    std::atomic<int> most{0};
    reader = [&] {
        most = std::max<int>(most, ++reading);
        const auto deadline = std::chrono::steady_clock::now() + 100ms;
        while (reading < 2 && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        --reading;
        return file;
    };
    std::thread other{[this] { EXPECT_TRUE(lookout.reload()); }};
    EXPECT_TRUE(lookout.reload());
    other.join();
    EXPECT_EQ(most, 1);
}

TEST_F(LookoutTest, says_that_another_address_needs_a_restart) {
    file->listen = service::parse_listen_address("127.0.0.1:1234").value();
    EXPECT_THAT(lookout.reload().value(), HasSubstr("restart to serve on 127.0.0.1:1234"));
}

}  // namespace
