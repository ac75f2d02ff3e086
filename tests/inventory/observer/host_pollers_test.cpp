#include "inventory/observer/host_pollers.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/inventory/observer/fake_sources.hpp"
#include "tests/support/builders.hpp"

namespace inventory::observer {
namespace {

using namespace std::chrono_literals;
using support::host_id;
using support::now;
using testing::HasSubstr;

/// Three hosts, of which the third may be one too many for the limits on this process.
class HostPollersOfThreeHosts : public testing::Test {
protected:
    static ObservationPlan a_plan() {
        ObservationPlan plan;
        plan.libvirt_uri = "{name}";
        plan.libvirt_interval = 1h;
        return plan;
    }

    std::unique_ptr<DomainSource> make_source(const std::string& uri) {
        if (is_one_too_many && uri == "kvm3") {
            throw std::system_error{std::make_error_code(std::errc::resource_unavailable_try_again)};
        }
        return std::make_unique<FakeDomains>(cloud, uri);
    }

    void note(std::shared_ptr<const HostWitness> witness) {
        // The observatory asks it too: follow() may not hold the pollers' lock meanwhile.
        EXPECT_TRUE(witness->up || pollers.follows(witness->host, witness->uri));
        const std::lock_guard lock{mutex};
        const auto host = witness->host;
        witnesses[host] = std::move(witness);
        changed.notify_all();
    }

    std::shared_ptr<const HostWitness> witness_of(std::uint64_t host, bool up) {
        std::unique_lock lock{mutex};
        const auto is_so = [&] {
            const auto found = witnesses.find(host_id(host));
            return found != witnesses.end() && found->second->up == up;
        };
        EXPECT_TRUE(changed.wait_for(lock, 20s, is_so)) << "kvm" << host;
        return witnesses[host_id(host)];
    }

    FakeCloud cloud;
    CloudRecords records = support::a_cloud();
    bool is_one_too_many = true;
    std::mutex mutex;
    std::condition_variable changed;
    Witnesses witnesses;
    ObservationPlan plan = a_plan();
    HostPollers pollers{plan, [this](const std::string& uri) { return make_source(uri); }, [] { return now; },
                        [this](std::shared_ptr<const HostWitness> witness) { note(std::move(witness)); }};
};

TEST_F(HostPollersOfThreeHosts, a_host_for_which_no_thread_can_be_started_is_silent_and_says_why) {
    pollers.follow(records);
    const auto silent = witness_of(3, false);
    EXPECT_THAT(silent->error, HasSubstr("cannot start to ask it"));
    EXPECT_FALSE(silent->asked_at);
    EXPECT_TRUE(witness_of(1, true));
    EXPECT_TRUE(witness_of(2, true));
    const auto fresh = pollers.ask_now(records.hosts, records.clusters);
    EXPECT_EQ(fresh.size(), 2U) << "who was not asked has not answered";
}

TEST_F(HostPollersOfThreeHosts, a_thread_is_tried_again_at_each_round) {
    pollers.follow(records);
    pollers.follow(records);
    EXPECT_TRUE(witness_of(3, false));
    is_one_too_many = false;
    pollers.follow(records);
    EXPECT_TRUE(witness_of(3, true));
}

}  // namespace
}  // namespace inventory::observer
