#include "inventory/observer/composer.hpp"

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory::observer {
namespace {

using namespace std::chrono_literals;
using support::now;

std::shared_ptr<const HostWitness> empty_host(std::uint64_t id, Time asked_at) {
    HostWitness witness;
    witness.host = support::host_id(id);
    witness.up = true;
    witness.asked_at = asked_at;
    witness.answered_at = asked_at;
    return std::make_shared<const HostWitness>(std::move(witness));
}

/// VM 10 is recorded Running on host 1, and all three hosts answer that they have no domain.
Evidence a_dead_vm(Time at) {
    auto records = support::a_cloud();
    records.read_at = at;
    records.vms = {support::a_vm(10)};
    Evidence evidence;
    evidence.records = std::make_shared<const CloudRecords>(std::move(records));
    evidence.database_up = true;
    for (const std::uint64_t id : {1U, 2U, 3U}) {
        evidence.witnesses.emplace(support::host_id(id), empty_host(id, at));
    }
    return evidence;
}

TEST(Composer, without_records_there_is_a_snapshot_that_says_so) {
    Composer composer{{}};
    Evidence nothing;
    nothing.database_error = "refused";
    const auto snapshot = composer.compose(nothing, now);
    EXPECT_EQ(snapshot.records, nullptr);
    EXPECT_EQ(snapshot.database_error, "refused");
    EXPECT_TRUE(snapshot.judged.empty());
}

TEST(Composer, judges_every_vm_and_remembers_since_when_it_drifts) {
    Composer composer{{}};
    const auto first = composer.compose(a_dead_vm(now), now);
    const auto second = composer.compose(a_dead_vm(now + 5s), now + 5s);
    ASSERT_EQ(second.judged.size(), 1U);
    EXPECT_EQ(second.judged[0].verdict.kind, DriftKind::stopped_out_of_band);
    EXPECT_EQ(second.judged[0].since, now);
    EXPECT_EQ(second.composed_at, now + 5s);
}

TEST(Composer, a_successor_keeps_since_when_both_see_the_same_drift) {
    Composer former{{}};
    (void)former.compose(a_dead_vm(now), now);
    const auto last = former.compose(a_dead_vm(now + 5s), now + 5s);
    Composer successor{{}};
    (void)successor.compose(a_dead_vm(now + 5s), now + 5s);
    successor.continue_from(last, now + 6s);
    EXPECT_EQ(successor.compose(a_dead_vm(now + 6s), now + 6s).judged[0].since, now);
}

TEST(Composer, a_successor_does_not_believe_an_old_picture) {
    Composer former{{}};
    const auto last = former.compose(a_dead_vm(now), now);
    const JudgementLimits limits;
    const auto later = now + limits.freshness + 1s;
    Composer successor{limits};
    (void)successor.compose(a_dead_vm(later), later);
    successor.continue_from(last, later);
    EXPECT_EQ(successor.compose(a_dead_vm(later), later).judged[0].since, later);
}

TEST(Composer, a_silent_moment_starts_the_time_anew) {
    Composer composer{{}};
    (void)composer.compose(a_dead_vm(now), now);
    auto silent = a_dead_vm(now + 5s);
    silent.witnesses.erase(support::host_id(2));
    EXPECT_EQ(composer.compose(silent, now + 5s).judged[0].verdict.kind, DriftKind::unknown);
    EXPECT_EQ(composer.compose(a_dead_vm(now + 9s), now + 9s).judged[0].since, now + 9s);
}

TEST(Composer, a_fresh_reading_takes_its_since_from_the_fleet_and_leaves_no_trace) {
    Composer composer{{}};
    const auto shared = composer.compose(a_dead_vm(now), now);
    EXPECT_EQ(compose_afresh(a_dead_vm(now + 5s), shared, shared, {}, now + 5s).judged[0].since, now);
    auto silent = a_dead_vm(now + 6s);
    silent.witnesses.clear();
    EXPECT_EQ(compose_afresh(silent, shared, shared, {}, now + 6s).judged[0].since, now + 6s);
    EXPECT_EQ(composer.compose(a_dead_vm(now + 7s), now + 7s).judged[0].since, now);
}

TEST(Composer, a_drift_that_nobody_watched_for_a_while_starts_anew) {
    Composer composer{{}};
    const auto shared = composer.compose(a_dead_vm(now), now);
    const auto later = now + 1h;
    EXPECT_EQ(compose_afresh(a_dead_vm(later), shared, shared, {}, later).judged[0].since, later);
    EXPECT_EQ(composer.compose(a_dead_vm(later), later).judged[0].since, later);
}

TEST(Composer, a_failed_reading_leaves_the_last_good_records_and_fails_every_collector) {
    Evidence evidence;
    Reading reading{
        support::a_cloud(),
        {CollectorReport{"vms", true, "", 1ms, now}, CollectorReport{"jobs", true, "", 1ms, now}}};
    note_reading(evidence, reading);
    const auto good = evidence.records;
    note_reading(evidence, failure("connection refused", true));
    EXPECT_FALSE(evidence.database_up);
    EXPECT_EQ(evidence.database_error, "connection refused");
    EXPECT_EQ(evidence.records, good);
    ASSERT_EQ(evidence.collectors.size(), 2U);
    for (const auto& report : evidence.collectors) {
        EXPECT_FALSE(report.success);
        EXPECT_EQ(report.error, "connection refused");
        EXPECT_EQ(report.last_success, now);
    }
    note_reading(evidence, reading);
    EXPECT_TRUE(evidence.database_up);
    EXPECT_TRUE(evidence.database_error.empty());
    EXPECT_TRUE(evidence.collectors[0].success);
}

TEST(Composer, a_database_that_was_never_read_has_failed_collectors_too) {
    Evidence evidence;
    note_reading(evidence, failure("connection refused", true));
    ASSERT_FALSE(evidence.collectors.empty());
    EXPECT_FALSE(evidence.collectors[0].success);
    EXPECT_FALSE(evidence.collectors[0].last_success);
}

HealthNote note_of(std::string collector, bool success, Finding<SchemaReport> found) {
    CollectorReport report;
    report.collector = std::move(collector);
    report.success = success;
    return {std::move(report), [found](DatabaseHealth& health) { health.schema = found; }};
}

TEST(Composer, shows_what_a_health_reading_found_beside_the_records) {
    auto evidence = a_dead_vm(now);
    evidence.collectors = {CollectorReport{"vms", true, {}, {}, now}};
    const auto found = std::make_shared<const Dated<SchemaReport>>(Dated<SchemaReport>{now, {}});
    note_health(evidence, note_of("features", true, found));
    note_health(evidence, note_of("features", false, nullptr));
    note_health(evidence, note_of("locks", true, found));
    const auto snapshot = Composer{JudgementLimits{}}.compose(evidence, now);
    EXPECT_EQ(snapshot.health.schema, found);
    ASSERT_EQ(snapshot.collectors.size(), 3U);
    EXPECT_EQ(snapshot.collectors[1].collector, "features");
    EXPECT_FALSE(snapshot.collectors[1].success);
}

}  // namespace
}  // namespace inventory::observer
