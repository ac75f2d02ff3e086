#include "inventory/observer/observatory.hpp"

#include <algorithm>
#include <memory>

#include <gtest/gtest.h>

#include "tests/inventory/observer/fake_sources.hpp"
#include "tests/support/builders.hpp"

namespace inventory::observer {
namespace {

using namespace std::chrono_literals;
using support::now;

std::string uri_of(int host) {
    return "qemu+tls://10.0.0." + std::to_string(host) + "/system";
}

std::vector<Domain> domain_of(const VmRecord& vm) {
    return {{vm.instance_name, vm.uuid, DomainState::running}};
}

class ObservatoryOfAFakeCloud : public testing::Test {
protected:
    ObservatoryOfAFakeCloud() {
        auto records = support::a_cloud();
        records.vms = {vm};
        cloud.set_records(std::move(records));
        cloud.set_domains(uri_of(1), domain_of(vm));
    }

    void start(
        ObservationPlan plan, const Clock& clock = [] { return now; }) {
        plan.libvirt_uri = "qemu+tls://{private_ip}/system";
        Sources sources;
        sources.records = std::make_unique<FakeRecords>(cloud);
        sources.fresh_records = std::make_unique<FakeRecords>(cloud);
        sources.domains = [this](const std::string& uri) {
            return std::make_unique<FakeDomains>(cloud, uri);
        };
        sources.health = std::move(health);
        observatory = std::make_unique<Observatory>(plan, std::move(sources), clock);
        observatory->start();
    }

    /// The first snapshot that the test waits for; fails after half a minute.
    template <class Condition>
    std::shared_ptr<const Snapshot> wait_until(const Condition& holds) {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        auto snapshot = observatory->latest();
        while (!holds(*snapshot) && std::chrono::steady_clock::now() < deadline) {
            snapshot = observatory->wait_for_newer(snapshot, 1s);
        }
        EXPECT_TRUE(holds(*snapshot));
        return snapshot;
    }

    static ObservationPlan brisk() {
        ObservationPlan plan;
        plan.database_interval = 5ms;
        plan.libvirt_interval = 5ms;
        plan.libvirt_timeout = 20ms;
        return plan;
    }

    /// Only read_afresh() asks after the first round.
    static ObservationPlan still() {
        ObservationPlan plan;
        plan.database_interval = 1h;
        plan.libvirt_interval = 1h;
        plan.libvirt_timeout = 100ms;
        return plan;
    }

    VmRecord vm = support::a_vm(10);
    FakeCloud cloud;
    std::vector<std::unique_ptr<HealthSource>> health;
    std::unique_ptr<Observatory> observatory;
};

/// Found something once, and is then never due again.
class FakeHealth final : public HealthSource {
public:
    std::vector<HealthNote> read_due(Time at) override {
        if (done_) {
            return {};
        }
        done_ = true;
        const auto found = std::make_shared<const Dated<SchemaReport>>(Dated<SchemaReport>{at, {}});
        HealthNote note{{}, [found](DatabaseHealth& health) { health.schema = found; }};
        note.report.collector = "features";
        return {std::move(note)};
    }

private:
    bool done_ = false;
};

bool shows(const Snapshot& snapshot, DriftKind kind) {
    return snapshot.judged.size() == 1 && snapshot.judged[0].verdict.kind == kind;
}

bool all_answered(const Snapshot& snapshot) {
    return snapshot.witnesses.size() == 3 && std::all_of(snapshot.witnesses.begin(), snapshot.witnesses.end(),
                                                         [](const auto& item) { return item.second->up; });
}

TEST_F(ObservatoryOfAFakeCloud, shows_what_its_health_sources_found) {
    health.push_back(std::make_unique<FakeHealth>());
    start(still());
    wait_until([](const Snapshot& snapshot) { return snapshot.health.schema && snapshot.records; });
}

TEST_F(ObservatoryOfAFakeCloud, has_a_snapshot_from_the_start) {
    start(still());
    EXPECT_NE(observatory->latest(), nullptr);
}

TEST_F(ObservatoryOfAFakeCloud, sees_a_vm_die) {
    start(brisk());
    wait_until([](const Snapshot& seen) { return shows(seen, DriftKind::none); });
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    wait_until([](const Snapshot& seen) { return shows(seen, DriftKind::stopped_out_of_band); });
}

TEST_F(ObservatoryOfAFakeCloud, a_death_is_proven_at_once_when_the_host_tells_of_it) {
    auto plan = brisk();
    plan.libvirt_interval = 1h;
    cloud.announce_changes();
    start(plan, system_now);
    wait_until([](const Snapshot& seen) { return shows(seen, DriftKind::none); });
    const auto asked = cloud.questions(uri_of(3));
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    wait_until([](const Snapshot& seen) { return shows(seen, DriftKind::stopped_out_of_band); });
    EXPECT_GT(cloud.questions(uri_of(3)), asked);
}

TEST_F(ObservatoryOfAFakeCloud, a_frozen_host_costs_only_its_own_facts_and_recovers) {
    start(brisk());
    wait_until(all_answered);
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    cloud.freeze(uri_of(2), true);
    const auto frozen = wait_until([](const Snapshot& seen) {
        return !seen.witnesses.at(HostId{2})->up && seen.witnesses.at(HostId{1})->domains.empty();
    });
    EXPECT_TRUE(frozen->witnesses.at(HostId{1})->up);
    EXPECT_TRUE(shows(*frozen, DriftKind::unknown)) << frozen->judged[0].verdict.reason;
    cloud.freeze(uri_of(2), false);
    wait_until([](const Snapshot& seen) { return shows(seen, DriftKind::stopped_out_of_band); });
}

TEST_F(ObservatoryOfAFakeCloud, keeps_the_last_good_records_while_the_database_is_down) {
    start(brisk());
    wait_until([](const Snapshot& seen) { return seen.database_up; });
    cloud.set_database_error("connection refused");
    const auto down = wait_until([](const Snapshot& seen) { return !seen.database_up; });
    EXPECT_EQ(down->database_error, "connection refused");
    ASSERT_NE(down->records, nullptr);
    EXPECT_EQ(down->records->vms.size(), 1U);
    cloud.set_database_error("");
    wait_until([](const Snapshot& seen) { return seen.database_up; });
}

TEST_F(ObservatoryOfAFakeCloud, follows_the_host_table) {
    start(brisk());
    wait_until(all_answered);
    auto records = support::a_cloud();
    records.hosts = {support::a_host(1), support::a_host(4)};
    records.hosts[0].private_ip = "10.0.0.9";
    cloud.set_records(records);
    const auto moved = wait_until([](const Snapshot& seen) {
        return seen.witnesses.size() == 2 && seen.witnesses.contains(HostId{1}) &&
               seen.witnesses.contains(HostId{4});
    });
    EXPECT_EQ(moved->witnesses.at(HostId{1})->uri, uri_of(9));
}

TEST_F(ObservatoryOfAFakeCloud, hosts_that_share_a_uri_are_no_evidence) {
    start(brisk());
    wait_until([](const Snapshot& seen) { return shows(seen, DriftKind::none); });
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    auto records = support::a_cloud();
    records.vms = {vm};
    records.hosts[1].private_ip = records.hosts[0].private_ip;
    cloud.set_records(records);
    const auto ambiguous = wait_until([](const Snapshot& seen) {
        const auto witness = seen.witnesses.find(HostId{2});
        return witness != seen.witnesses.end() &&
               witness->second->error.find("another host's too") != std::string::npos &&
               !seen.witnesses.at(HostId{1})->up;
    });
    EXPECT_TRUE(shows(*ambiguous, DriftKind::unknown)) << ambiguous->judged[0].verdict.reason;
}

TEST_F(ObservatoryOfAFakeCloud, a_fresh_reading_asks_database_and_candidates_now) {
    start(still());
    wait_until(all_answered);
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    const auto asked_before = cloud.questions(uri_of(3));
    const auto fresh = observatory->read_afresh(vm.uuid);
    ASSERT_TRUE(fresh) << fresh.error().message;
    EXPECT_TRUE(shows(*fresh, DriftKind::stopped_out_of_band)) << fresh->judged[0].verdict.reason;
    EXPECT_EQ(cloud.questions(uri_of(3)), asked_before + 1);
}

TEST_F(ObservatoryOfAFakeCloud, a_fresh_reading_sees_what_cloudstack_did_while_the_hosts_answered) {
    start(still());
    wait_until(all_answered);
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    auto records = support::a_cloud();
    records.vms = {vm};
    records.vms[0].update_count = vm.update_count + 4;
    records.vm_jobs->push_back({vm.id, "VmWorkStart", now});
    cloud.change_records_while_answering(uri_of(3), records);
    const auto fresh = observatory->read_afresh(vm.uuid);
    ASSERT_TRUE(fresh) << fresh.error().message;
    EXPECT_EQ(fresh->records->vms.at(0).update_count, vm.update_count + 4);
    EXPECT_EQ(fresh->records->vm_jobs->size(), 1U);
}

TEST_F(ObservatoryOfAFakeCloud, a_host_that_is_silent_to_a_fresh_question_leaves_the_verdict_unknown) {
    start(still());
    wait_until(all_answered);
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    cloud.freeze(uri_of(3), true);
    const auto fresh = observatory->read_afresh(vm.uuid);
    ASSERT_TRUE(fresh);
    EXPECT_FALSE(fresh->witnesses.at(HostId{3})->up);
    EXPECT_TRUE(shows(*fresh, DriftKind::unknown)) << fresh->judged[0].verdict.reason;
}

TEST_F(ObservatoryOfAFakeCloud, a_fresh_reading_asks_a_host_out_of_reach_that_showed_the_vm_last) {
    auto records = support::a_cloud();
    records.vms = {vm};
    records.hosts.push_back(support::a_host(4, 2));
    cloud.set_records(records);
    cloud.set_domains(uri_of(1), std::vector<Domain>{});
    cloud.set_domains(uri_of(4), domain_of(vm));
    start(still());
    wait_until([](const Snapshot& seen) {
        return seen.witnesses.contains(HostId{4}) && seen.witnesses.at(HostId{4})->up;
    });
    const auto fresh = observatory->read_afresh(vm.uuid);
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->judged[0].verdict.alive_on, std::vector<HostId>{HostId{4}});
}

TEST_F(ObservatoryOfAFakeCloud, a_fresh_reading_without_the_database_is_an_error) {
    start(still());
    wait_until(all_answered);
    cloud.set_database_error("connection refused");
    const auto fresh = observatory->read_afresh(vm.uuid);
    ASSERT_FALSE(fresh);
    EXPECT_TRUE(fresh.error().retryable);
}

TEST_F(ObservatoryOfAFakeCloud, a_vm_without_a_row_is_an_empty_reading) {
    start(still());
    wait_until(all_answered);
    const auto fresh = observatory->read_afresh("no such uuid");
    ASSERT_TRUE(fresh);
    EXPECT_TRUE(fresh->records->vms.empty());
    EXPECT_TRUE(fresh->judged.empty());
}

TEST_F(ObservatoryOfAFakeCloud, ends_within_a_frozen_hosts_deadline) {
    auto plan = still();
    plan.libvirt_timeout = 500ms;
    cloud.freeze(uri_of(1), true);
    cloud.freeze(uri_of(2), true);
    start(plan);
    wait_until([](const Snapshot& seen) { return seen.witnesses.contains(HostId{3}); });
    const auto began = std::chrono::steady_clock::now();
    observatory.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
}

}  // namespace
}  // namespace inventory::observer
