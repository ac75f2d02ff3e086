#include "controller/evidence/evidence.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/json/bounded_json.hpp"

namespace controller::evidence {
namespace {

using namespace std::chrono_literals;

const inventory::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + 12h};

World some_world() {
    World world;
    world.now = noon;
    world.database_up = true;
    world.records_read_at = noon - 1500ms;
    inventory::VmRecord row;
    row.uuid = "u-1";
    row.instance_name = "i-2-43-VM";
    row.state = inventory::VmState::running;
    row.power_state = inventory::PowerState::report_missing;
    row.report_time = noon - 95s;
    row.host = inventory::HostId{7};
    world.rows = {row};
    world.verdict = inventory::Verdict{inventory::DriftKind::stopped_out_of_band,
                                       inventory::HypervisorState::absent,
                                       std::nullopt,
                                       {},
                                       "no domain anywhere"};
    CandidateHost host;
    host.name = "kvm-1";
    host.answered = true;
    host.answer_asked_at = noon - 2s;
    world.candidates = {host};
    return world;
}

Decision some_decision() {
    return {{{"mode", "the remedy's mode allows it",
              Refusal{"mode is observe", {{"mode", "observe"}, {"remedy", "stop_sync"}}, "set mode: auto"}},
             {"identity", "one live row", std::nullopt}},
            std::nullopt};
}

TEST(Evidence, keeps_what_is_beyond_the_vm) {
    auto world = some_world();
    world.fleet = FleetFacts{};
    world.fleet->counted_at = noon - 3s;
    world.fleet->host = FleetGroup{.name = "host kvm-1", .vms = 8, .drifted = 6, .storm_seen_at = noon - 1s};
    world.scope = ScopeFacts{.zone = "north", .cluster = {}, .opt_out_values = {{"off"}}};
    const auto json = parse_bounded_json(to_json(world, some_decision()), 8);
    ASSERT_TRUE(json);
    const auto& fleet = json->at("world").at("fleet");
    EXPECT_EQ(fleet.at("counted").at("age_seconds"), 3.0);
    EXPECT_EQ(fleet.at("host").at("drifted"), 6);
    EXPECT_EQ(fleet.at("host").at("storm_seen").at("age_seconds"), 1.0);
    EXPECT_TRUE(fleet.at("cluster").is_null());
    EXPECT_TRUE(fleet.at("watched_since").is_null());
    EXPECT_EQ(json->at("world").at("scope").at("zone"), "north");
    EXPECT_TRUE(json->at("world").at("scope").at("cluster").is_null());
    EXPECT_EQ(json->at("world").at("scope").at("opt_out_values").at(0), "off");
}

TEST(Evidence, keeps_every_fact_with_its_age) {
    const auto json = parse_bounded_json(to_json(some_world(), some_decision()), 8);
    ASSERT_TRUE(json);
    const auto& world = json->at("world");
    EXPECT_EQ(world.at("records_read").at("age_seconds"), 1.5);
    EXPECT_EQ(world.at("records_read").at("at"), "2026-01-02T11:59:58.500Z");
    EXPECT_EQ(world.at("rows").at(0).at("reported").at("age_seconds"), 95.0);
    EXPECT_EQ(world.at("rows").at(0).at("power_state"), "PowerReportMissing");
    EXPECT_EQ(world.at("candidates").at(0).at("asked").at("age_seconds"), 2.0);
    EXPECT_EQ(world.at("verdict").at("kind"), "stopped_out_of_band");
    EXPECT_EQ(json->at("acts"), false);
}

TEST(Evidence, writes_the_unknown_as_null_and_never_as_empty) {
    const auto json = parse_bounded_json(to_json(some_world(), some_decision()), 8);
    ASSERT_TRUE(json);
    for (const auto* name :
         {"jobs", "ha_work", "ping_interval_seconds", "drift_since", "host", "management_server"}) {
        EXPECT_TRUE(json->at("world").at(name).is_null()) << name;
    }
    EXPECT_TRUE(json->at("world").at("candidates").at(0).at("domain").is_null());
    auto world = some_world();
    world.jobs.emplace();
    const auto known = parse_bounded_json(to_json(world, some_decision()), 8);
    EXPECT_TRUE(known->at("world").at("jobs").is_array());
}

TEST(Evidence, gives_back_the_verdicts_as_they_were) {
    const auto verdicts = verdicts_of(to_json(some_world(), some_decision()));
    ASSERT_TRUE(verdicts) << verdicts.error().message;
    EXPECT_EQ(*verdicts, some_decision().verdicts);
}

TEST(Evidence, says_who_lifted_a_refusal) {
    auto decision = some_decision();
    decision.verdicts.front().lifted = Lift{.id = 5,
                                            .action_id = 7,
                                            .guard = "mode",
                                            .word = {"alice", "cannot wait", noon - 1min},
                                            .until = noon + 1h};
    const auto verdicts = verdicts_of(to_json(some_world(), decision));
    ASSERT_TRUE(verdicts) << verdicts.error().message;
    EXPECT_EQ(*verdicts, decision.verdicts);
    EXPECT_FALSE(verdicts->front().holds());
}

TEST(Evidence, keeps_what_operators_said) {
    auto world = some_world();
    world.operators.emplace();
    const auto at = [&](const World& of) {
        return parse_bounded_json(to_json(of, some_decision()), 8)->at("world");
    };
    EXPECT_TRUE(at(some_world()).at("operators").is_null()) << "unknown, not nothing";
    EXPECT_TRUE(at(world).at("operators").at("pauses").is_array());
    EXPECT_TRUE(at(world).at("operators").at("silences").is_null()) << "not configured";
    world.operators->approvals = {{.id = 1,
                                   .action_id = 7,
                                   .attempt_number = 2,
                                   .word = {"alice", "looked", noon - 1min},
                                   .expires_at = noon + 1min}};
    world.operators->silences = {.configured = true, .read_at = noon - 2s, .error = "", .covering = {}};
    const auto operators = at(world).at("operators");
    EXPECT_EQ(operators.at("approvals").at(0).at("operator"), "alice");
    EXPECT_EQ(operators.at("approvals").at(0).at("attempt"), 2);
    EXPECT_EQ(operators.at("silences").at("read").at("age_seconds"), 2.0);
}

TEST(Evidence, names_the_plan) {
    const Decision decision{{}, StopVm{"u-1", true}};
    const auto json = parse_bounded_json(to_json(some_world(), decision), 8);
    EXPECT_EQ(json->at("plan").at("stop_vm").at("vm_id"), "u-1");
    EXPECT_EQ(json->at("acts"), true);
}

TEST(Evidence, survives_text_that_is_not_utf8) {
    auto world = some_world();
    world.candidates[0].error = "bad \xFF byte";
    EXPECT_THAT(to_json(world, some_decision()), testing::HasSubstr("bad \xEF\xBF\xBD byte"));
}

TEST(Evidence, refuses_what_it_has_not_written) {
    for (
        const auto* text :
        {"", "[]", "{}", R"({"verdicts":{}})", R"({"verdicts":[1]})",
         R"({"verdicts":[{"guard":"g","claim":"c"}]})",
         R"({"verdicts":[{"guard":"g","claim":"c","passes":false}]})",
         R"({"verdicts":[{"guard":"g","claim":"c","passes":false,"sentence":"s","lifted_by":"l","facts":{"a":1}}]})"}) {
        EXPECT_FALSE(verdicts_of(text)) << text;
    }
}

}  // namespace
}  // namespace controller::evidence
