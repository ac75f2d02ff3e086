#include "inventory/observer/host_poller.hpp"

#include <gtest/gtest.h>

#include "tests/inventory/observer/fake_sources.hpp"
#include "tests/support/builders.hpp"

namespace inventory::observer {
namespace {

using namespace std::chrono_literals;
using support::now;

const std::string uri = "qemu+tcp://10.0.0.1/system";

auto in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

std::unique_ptr<HostPoller> a_poller(FakeCloud& cloud, Duration timeout) {
    return std::make_unique<HostPoller>(
        HostPlan{support::host_id(1), uri, 1h, timeout}, std::make_unique<FakeDomains>(cloud, uri),
        [] { return now; }, [](const std::shared_ptr<const HostWitness>&) {});
}

TEST(HostPoller, an_answer_is_a_witness_with_the_time_of_the_question) {
    FakeCloud cloud;
    cloud.set_domains(uri, std::vector<Domain>{{"i-2-10-VM", "u", DomainState::running}});
    const auto poller = a_poller(cloud, 30s);
    const auto witness = poller->answer_to(poller->nudge(), in(30s));
    EXPECT_TRUE(witness->up);
    EXPECT_EQ(witness->asked_at, now);
    EXPECT_EQ(witness->domains.size(), 1U);
    EXPECT_FALSE(witness->encrypted);
}

TEST(HostPoller, a_silent_host_keeps_what_it_said_last_and_is_not_up) {
    FakeCloud cloud;
    cloud.set_domains(uri, std::vector<Domain>{{"i-2-10-VM", "u", DomainState::running}});
    const auto poller = a_poller(cloud, 10ms);
    ASSERT_TRUE(poller->answer_to(poller->nudge(), in(30s))->up);
    cloud.freeze(uri, true);
    const auto silent = poller->answer_to(poller->nudge(), in(30s));
    EXPECT_FALSE(silent->up);
    EXPECT_EQ(silent->error, "no answer in time");
    EXPECT_EQ(silent->domains.size(), 1U);
    EXPECT_FALSE(silent->is_evidence(now, 30s));
    cloud.freeze(uri, false);
    EXPECT_TRUE(poller->answer_to(poller->nudge(), in(30s))->up);
}

TEST(HostPoller, who_waits_for_a_slow_host_gets_no_old_answer_as_a_new_one) {
    FakeCloud cloud;
    const auto poller = a_poller(cloud, 2s);
    ASSERT_TRUE(poller->answer_to(poller->nudge(), in(30s))->up);
    cloud.freeze(uri, true);
    EXPECT_FALSE(poller->answer_to(poller->nudge(), in(1ms))->up);
    cloud.freeze(uri, false);
}

TEST(HostPoller, a_host_whose_domains_change_is_asked_again_without_waiting_for_the_interval) {
    FakeCloud cloud;
    const auto poller = a_poller(cloud, 30s);
    ASSERT_TRUE(poller->answer_to(1, in(30s))->up);
    cloud.set_domains(uri, std::vector<Domain>{{"i-2-10-VM", "u", DomainState::running}});
    cloud.tell_of_change(uri);
    EXPECT_EQ(poller->answer_to(2, in(30s))->domains.size(), 1U);
}

TEST(HostPoller, a_storm_of_changes_costs_few_questions) {
    FakeCloud cloud;
    const auto began = std::chrono::steady_clock::now();
    const auto poller = a_poller(cloud, 30s);
    while (std::chrono::steady_clock::now() < began + 350ms) {
        cloud.tell_of_change(uri);
        std::this_thread::sleep_for(1ms);
    }
    const auto most = (std::chrono::steady_clock::now() - began) / 100ms + 1;
    EXPECT_LE(cloud.questions(uri), most);
    EXPECT_GE(cloud.questions(uri), 2);
}

TEST(HostPoller, only_plain_tcp_is_unencrypted) {
    EXPECT_FALSE(is_encrypted("qemu+tcp://h/system"));
    EXPECT_TRUE(is_encrypted("qemu+tls://h/system"));
    EXPECT_TRUE(is_encrypted("qemu+ssh://h+tcp/system"));
    EXPECT_TRUE(is_encrypted("qemu:///system"));
}

}  // namespace
}  // namespace inventory::observer
