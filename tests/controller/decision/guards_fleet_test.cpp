#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/controller/decision/refusals.hpp"
#include "tests/support/worlds.hpp"

/// The guards that look beyond the one VM: scope, storm and concurrency.
namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;
using support::now;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// One way to break the plain world, and the guard that then holds it alone; or to change it without harm.
struct Example {
    std::string name;
    void (*strike)(Case&);
    std::string says;  ///< within the refusal's sentence; empty: it passes
};

void PrintTo(const Example& example, std::ostream* out) {
    *out << example.name;
}

void expect(const Example& example, const std::string& guard) {
    Case c;
    example.strike(c);
    if (example.says.empty()) {
        EXPECT_THAT(refusing(c), IsEmpty());
        return;
    }
    EXPECT_THAT(refusing(c), ElementsAre(guard));
    EXPECT_THAT(sentence_of(c, guard), HasSubstr(example.says));
}

const auto name_of = [](const auto& example) { return example.param.name; };

class Scope : public ::testing::TestWithParam<Example> {};

TEST_P(Scope, holds_or_passes_alone) {
    expect(GetParam(), "scope");
}

const std::vector<Example> scopes{
    {"everything_by_default", [](Case&) {}, ""},
    {"where_it_belongs_is_unknown", [](Case& c) { c.world.scope.reset(); }, "unknown where the VM belongs"},
    {"its_zone",
     [](Case& c) {
         c.policy.scope.zones = {"zone2", "zone1"};
     },
     ""},
    {"another_zone", [](Case& c) { c.policy.scope.zones = {"zone2"}; },
     "zone zone1 is not in scope, which is zone2"},
    {"a_zone_that_is_unknown",
     [](Case& c) {
         c.policy.scope.zones = {"zone1"};
         c.world.scope->zone.reset();
     },
     "zone is unknown"},
    {"a_zone_that_is_unknown_where_all_are_in_scope", [](Case& c) { c.world.scope->zone.reset(); }, ""},
    {"its_cluster", [](Case& c) { c.policy.scope.clusters = {"cluster1"}; }, ""},
    {"another_cluster", [](Case& c) { c.policy.scope.clusters = {"Cluster1"}; }, "cluster cluster1 is not"},
    {"a_cluster_that_is_unknown",
     [](Case& c) {
         c.policy.scope.clusters = {"cluster1"};
         c.world.scope->cluster.reset();
     },
     "cluster is unknown"},
    {"its_account", [](Case& c) { c.policy.scope.accounts = {"alice"}; }, ""},
    {"its_account_in_its_domain", [](Case& c) { c.policy.scope.accounts = {"/research/alice"}; }, ""},
    {"its_account_in_another_domain", [](Case& c) { c.policy.scope.accounts = {"/sales/alice"}; },
     "account /research/alice is not in scope"},
    {"another_account", [](Case& c) { c.policy.scope.accounts = {"bob"}; }, "is not in scope, which is bob"},
    {"an_account_that_is_unknown",
     [](Case& c) {
         c.policy.scope.accounts = {"alice"};
         c.world.rows.front().account.clear();
     },
     "account is unknown"},
    {"a_domain_that_is_unknown",
     [](Case& c) {
         c.policy.scope.accounts = {"alice"};
         c.world.rows.front().domain_path.clear();
     },
     "account is unknown"},
    {"its_zone_but_not_its_cluster",
     [](Case& c) {
         c.policy.scope.zones = {"zone1"};
         c.policy.scope.clusters = {"cluster2"};
     },
     "cluster"},
    {"the_remedys_own_scope",
     [](Case& c) {
         c.policy.scope.zones = {"zone2"};
         c.policy.remedies[Remedy::stop_sync].scope =
             ScopePolicy{.zones = {"zone1"}, .clusters = {}, .accounts = {}};
     },
     ""},
    {"what_the_remedys_own_scope_leaves_out",
     [](Case& c) {
         c.policy.remedies[Remedy::stop_sync].scope =
             ScopePolicy{.zones = {"zone2"}, .clusters = {}, .accounts = {}};
     },
     "zone1 is not in scope"},
    {"a_vm_that_is_opted_out", [](Case& c) { c.world.scope->opt_out_values = {{"off"}}; },
     "carries the tag warden=off"},
    {"a_vm_that_is_opted_out_in_capitals", [](Case& c) { c.world.scope->opt_out_values = {{"OFF"}}; },
     "carries the tag warden=OFF"},
    {"another_value_of_the_tag", [](Case& c) { c.world.scope->opt_out_values = {{"offline"}}; }, ""},
    {"any_value_of_the_tag",
     [](Case& c) {
         c.policy.opt_out.value.reset();
         c.world.scope->opt_out_values = {{"offline"}};
     },
     "carries the tag warden=offline"},
    {"tags_that_are_unknown", [](Case& c) { c.world.scope->opt_out_values.reset(); }, "tags are unknown"},
    {"no_tag_that_opts_out",
     [](Case& c) {
         c.policy.opt_out.key.clear();
         c.world.scope->opt_out_values.reset();
     },
     ""},
};

INSTANTIATE_TEST_SUITE_P(Guards, Scope, ::testing::ValuesIn(scopes), name_of);

class Storm : public ::testing::TestWithParam<Example> {};

TEST_P(Storm, holds_or_passes_alone) {
    expect(GetParam(), "storm");
}

void died(std::optional<FleetGroup>& group, std::uint64_t drifted, std::uint64_t vms) {
    group->drifted = drifted;
    group->vms = vms;
}

const std::vector<Example> storms{
    {"one_of_twenty", [](Case&) {}, ""},
    {"one_of_one", [](Case& c) { died(c.world.fleet->host, 1, 1); }, ""},
    {"two_of_two", [](Case& c) { died(c.world.fleet->host, 2, 2); }, ""},
    {"three_of_three", [](Case& c) { died(c.world.fleet->host, 3, 3); },
     "on host kvm1 3 of 3 VMs died unseen, the limit is 50% and 3"},
    {"three_of_six", [](Case& c) { died(c.world.fleet->host, 3, 6); }, "3 of 6"},
    {"three_of_seven", [](Case& c) { died(c.world.fleet->host, 3, 7); }, ""},
    {"a_quarter_of_the_cluster", [](Case& c) { died(c.world.fleet->cluster, 5, 20); }, "on cluster cluster1"},
    {"a_fifth_of_the_cluster", [](Case& c) { died(c.world.fleet->cluster, 5, 25); }, ""},
    {"a_tenth_of_the_zone", [](Case& c) { died(c.world.fleet->zone, 10, 100); }, "on zone zone1"},
    {"less_of_the_zone", [](Case& c) { died(c.world.fleet->zone, 10, 101); }, ""},
    {"those_of_which_nothing_is_known_do_not_dilute",
     [](Case& c) {
         died(c.world.fleet->host, 3, 4);
         c.world.fleet->host->unknown = 100;
     },
     "3 of 4 VMs died unseen, 100 more are unknown"},
    {"a_storm_of_just_now", [](Case& c) { c.world.fleet->zone->storm_seen_at = now - 599s; },
     "the cooldown is 10m"},
    {"a_storm_whose_cooldown_is_over", [](Case& c) { c.world.fleet->zone->storm_seen_at = now - 600s; }, ""},
    {"a_storm_in_the_future", [](Case& c) { c.world.fleet->host->storm_seen_at = now + 1h; },
     "in the future"},
    {"a_program_that_has_just_begun", [](Case& c) { c.world.fleet->watched_since = now - 599s; },
     "watched the fleet without a break since"},
    {"a_program_that_has_run_for_the_cooldown", [](Case& c) { c.world.fleet->watched_since = now - 600s; },
     ""},
    {"a_watch_of_unknown_length", [](Case& c) { c.world.fleet->watched_since.reset(); }, "since unknown"},
    {"an_old_count", [](Case& c) { c.world.fleet->counted_at = now - 31s; }, "fares is unknown"},
    {"a_count_from_the_future", [](Case& c) { c.world.fleet->counted_at = now + 1s; }, "fares is unknown"},
};

INSTANTIATE_TEST_SUITE_P(Guards, Storm, ::testing::ValuesIn(storms), name_of);

TEST(Storm, asks_for_host_and_cluster_only_where_the_vm_is_recorded_on_one) {
    Case c;
    c.world.fleet->host.reset();
    c.world.fleet->cluster.reset();
    EXPECT_THAT(refusing(c), ElementsAre("concurrency", "storm")) << "it is recorded on a host";
    EXPECT_THAT(sentence_of(c, "storm"), HasSubstr("unknown which VMs share"));
    c.world.rows.front().host.reset();
    EXPECT_THAT(refusing(c), testing::Not(testing::Contains("storm")));
}

TEST(Storm, holds_like_concurrency_when_nothing_is_known_of_the_fleet) {
    Case c;
    c.world.fleet.reset();
    EXPECT_THAT(refusing(c), ElementsAre("concurrency", "storm"));
}

TEST(Storm, says_how_many_died_where) {
    Case c;
    died(c.world.fleet->host, 6, 8);
    for (const auto& verdict : decide(c.action, c.world, c.policy).verdicts) {
        if (verdict.refusal) {
            EXPECT_THAT(verdict.refusal->facts,
                        testing::Contains(testing::Pair("host kvm1", "6 of 8 VMs died unseen")));
            EXPECT_THAT(verdict.refusal->lifted_by, HasSubstr("controller.storm"));
        }
    }
}

class Concurrency : public ::testing::TestWithParam<Example> {};

TEST_P(Concurrency, holds_or_passes_alone) {
    expect(GetParam(), "concurrency");
}

const std::vector<Example> concurrencies{
    {"none_under_way", [](Case&) {}, ""},
    {"another_on_the_vm", [](Case& c) { c.world.others_under_way = {42}; }, "action 42"},
    {"one_on_the_host", [](Case& c) { c.world.fleet->host->under_way = 1; },
     "on host kvm1 1 action is under way, the limit is 1"},
    {"one_on_the_host_where_two_are_allowed",
     [](Case& c) {
         c.world.fleet->host->under_way = 1;
         c.policy.concurrency.host = 2;
     },
     ""},
    {"one_in_the_cluster", [](Case& c) { c.world.fleet->cluster->under_way = 1; }, ""},
    {"two_in_the_cluster", [](Case& c) { c.world.fleet->cluster->under_way = 2; }, "on cluster cluster1 2"},
    {"three_in_the_zone", [](Case& c) { c.world.fleet->zone->under_way = 3; }, ""},
    {"four_in_the_zone", [](Case& c) { c.world.fleet->zone->under_way = 4; }, "on zone zone1 4 actions are"},
    {"seven_anywhere", [](Case& c) { c.world.fleet->under_way = 7; }, ""},
    {"eight_anywhere", [](Case& c) { c.world.fleet->under_way = 8; }, "on the whole cloud 8"},
    {"more_than_allowed", [](Case& c) { c.world.fleet->under_way = 9; }, "on the whole cloud 9"},
};

INSTANTIATE_TEST_SUITE_P(Guards, Concurrency, ::testing::ValuesIn(concurrencies), name_of);

}  // namespace
}  // namespace controller::decision
