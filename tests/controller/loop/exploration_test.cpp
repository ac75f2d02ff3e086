#include <algorithm>
#include <iostream>
#include <limits>
#include <map>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/controller/loop/exploration/two_controllers.hpp"
#include "tests/support/worlds_dice.hpp"

/// Every schedule of two controllers on one action, up to a number of deviations from the plain course:
/// crashes, freezes, stalls, lapses of the lease, lost answers of the journal, resolving alerts and bad
/// answers of CloudStack, at every boundary of their work. WARDEN_EXPLORATION_DEPTH=2 tries any two together
/// (hours); WARDEN_PROPERTY_RUNS ends each exploration after so many schedules.
namespace exploration {
namespace {

using namespace std::chrono_literals;
using controller::Mode;
using controller::Remedy;

/// The controllers' log lines of thousands of lives are of no use to anybody.
class Silence {
public:
    Silence() : kept_(dup(STDERR_FILENO)) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
    ~Silence() {
        dup2(kept_, STDERR_FILENO);
        close(kept_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    int kept_;
};

constexpr std::uint64_t default_depth = 1;

std::uint64_t depth() {
    return support::number_from_environment("WARDEN_EXPLORATION_DEPTH", default_depth);
}

void print(const Findings& found) {
    std::cout << "[ EXPLORED ] " << found.schedules << " schedules" << (found.is_whole ? "" : " (cut short)")
              << " of up to " << depth() << " deviations, " << found.pruned
              << " of them until they met a known state; " << found.states.size() << " states, "
              << found.shared.size() << " of journal, lease and cloud alone; " << found.boundaries
              << " boundaries, " << found.steps.size() << " kinds of step in the journal, " << found.fenced
              << " writes fenced, " << found.late << " calls in the last instant of a lease, "
              << found.left_to_an_operator << " left to an operator\n";
}

Findings explore(Scenario scenario) {
    const Silence silence;
    scenario.deviations = static_cast<int>(depth());
    const auto most = support::property_runs(std::numeric_limits<std::uint64_t>::max());
    Findings findings;
    Choices choices;
    bool is_more = true;
    while (is_more && !findings.violation && findings.schedules < most) {
        TwoControllers controllers(scenario, choices, findings);
        controllers.run();
        is_more = choices.advance();
    }
    findings.is_whole = !is_more;
    print(findings);
    return findings;
}

/// A scenario, and what of the lifecycle is out of its bounds, with the reason.
struct Bounded {
    std::string name;
    Scenario scenario;
    std::map<std::string, std::string> unreachable;
};

void PrintTo(const Bounded& bounded, std::ostream* out) {
    *out << bounded.name;
}

constexpr auto no_wait = "the mode lets it act without asking anybody";
constexpr auto no_watch = "the mode is not observe";
constexpr auto one_call = "stop_sync makes one call";
constexpr auto second_attempt = "after one failure there is a second attempt";
constexpr auto no_call = "in mode observe nothing is called";

std::vector<Bounded> all_scenarios() {
    return {
        {.name = "stop_sync",
         .scenario = {},
         .unreachable = {{"awaiting_approval", no_wait},
                         {"observed", no_watch},
                         {"stage stopped", one_call},
                         {"failed", second_attempt}}},
        {.name = "stop_sync_of_one_attempt",
         .scenario = {.attempts = 1},
         .unreachable = {{"awaiting_approval", no_wait},
                         {"observed", no_watch},
                         {"stage stopped", one_call}}},
        {.name = "stop_sync_by_a_slow_job",
         .scenario = {.attempts = 1, .job_takes = 45s},
         .unreachable = {{"awaiting_approval", no_wait},
                         {"observed", no_watch},
                         {"stage stopped", one_call}}},
        {.name = "stop_sync_with_approval",
         .scenario = {.mode = Mode::approve, .attempts = 1},
         .unreachable = {{"observed", no_watch}, {"stage stopped", one_call}}},
        {.name = "stop_sync_observed",
         .scenario = {.mode = Mode::observe},
         .unreachable = {{"awaiting_approval", "the mode is not approve"},
                         {"decided", no_call},
                         {"intent", no_call},
                         {"executing", no_call},
                         {"verifying", no_call},
                         {"succeeded", no_call},
                         {"failed", no_call},
                         {"unverified", no_call},
                         {"attempt succeeded", no_call},
                         {"attempt failed", no_call},
                         {"attempt not_sent", no_call},
                         {"attempt unverified", no_call},
                         {"stage stopped", no_call}}},
        {.name = "ha_restart",
         .scenario = {.remedy = Remedy::ha_restart},
         .unreachable = {{"awaiting_approval", no_wait}, {"observed", no_watch}, {"failed", second_attempt}}},
    };
}

std::set<std::string> missing_in(const Findings& findings) {
    std::set<std::string> missing;
    std::ranges::set_difference(whole_lifecycle(), findings.lifecycle, std::inserter(missing, missing.end()));
    return missing;
}

class Exploration : public testing::TestWithParam<Bounded> {};

TEST_P(Exploration, no_schedule_breaks_a_law_or_leaves_an_action_stuck) {
    const auto& bounded = GetParam();
    const auto findings = explore(bounded.scenario);
    EXPECT_EQ(findings.violation.value_or(""), "");
    if (!findings.is_whole) {
        return;  // what was cut short has shown nothing of what can be reached
    }
    auto missing = missing_in(findings);
    for (const auto& [what, why] : bounded.unreachable) {
        const bool reached = missing.erase(what) == 0;
        EXPECT_FALSE(reached && depth() == default_depth) << what << " is reached after all";
        std::cout << "[ EXPLORED ] " << (reached ? "reached" : "out of reach") << ": " << what << " (" << why
                  << ")\n";
    }
    EXPECT_THAT(missing, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(OfTwoControllers, Exploration, testing::ValuesIn(all_scenarios()),
                         [](const auto& scenario) { return scenario.param.name; });

TEST(ExplorationAsAWhole, reaches_all_of_the_lifecycle) {
    const auto scenarios = all_scenarios();
    for (const auto& word : whole_lifecycle()) {
        EXPECT_TRUE(std::ranges::any_of(scenarios, [&](const Bounded& one) {
            return !one.unreachable.contains(word);
        })) << word;
    }
}

/// That the exploration finds anything at all: without CloudStack's help against late requests, a controller
/// that is frozen in the last instant before its call does harm.
TEST(ExplorationAsAWhole, finds_what_a_cloud_that_takes_late_calls_would_do) {
    const auto findings = explore({.takes_late_calls = true});
    EXPECT_THAT(findings.violation.value_or(""), testing::HasSubstr("that no open attempt of it stands for"));
}

}  // namespace
}  // namespace exploration
