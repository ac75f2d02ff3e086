#include "controller/config/fleet_policies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What was read, and what the file's author is told.
template <class Policy>
struct Read {
    Policy policy;
    std::string mistakes;
};

template <class Reader>
auto read(const std::string& text, const Reader& reader) {
    auto file = service::ConfigFile::parse("warden.yml", text);
    if (!file) {
        throw std::runtime_error(file.error().message);
    }
    Read<decltype(reader(file->root()))> read{reader(file->root()), {}};
    if (const auto finished = file->finish(); !finished) {
        read.mistakes = finished.error().message;
    }
    return read;
}

auto read_tag(const std::string& text) {
    return read(text, [](service::ConfigSection section) { return read_opt_out_tag(section); });
}

TEST(FleetPolicies, scope_is_everything_unless_it_is_said) {
    const auto [scope, mistakes] = read("{}", read_scope);
    EXPECT_EQ(scope, ScopePolicy{});
    EXPECT_THAT(mistakes, IsEmpty());
}

TEST(FleetPolicies, scope_has_three_lists) {
    const auto [scope, mistakes] =
        read("{zones: [north], clusters: [pod-a, pod-b], accounts: [/research/alice]}", read_scope);
    EXPECT_THAT(mistakes, IsEmpty());
    EXPECT_THAT(scope.zones, ElementsAre("north"));
    EXPECT_THAT(scope.clusters, ElementsAre("pod-a", "pod-b"));
    EXPECT_THAT(scope.accounts, ElementsAre("/research/alice"));
}

TEST(FleetPolicies, the_tag_that_opts_out_is_warden_off) {
    EXPECT_EQ(read_tag("{}").policy, (OptOutTag{"warden", "off"}));
}

TEST(FleetPolicies, the_tag_that_opts_out_has_a_value_or_any_or_there_is_none) {
    EXPECT_EQ(read_tag("{opt_out_tag: automation=manual=only}").policy,
              (OptOutTag{"automation", "manual=only"}));
    EXPECT_EQ(read_tag("{opt_out_tag: hands-off}").policy, (OptOutTag{"hands-off", std::nullopt}));
    EXPECT_EQ(read_tag("{opt_out_tag: ''}").policy, (OptOutTag{"", std::nullopt}));
}

TEST(FleetPolicies, a_tag_without_a_key_is_a_mistake) {
    EXPECT_THAT(read_tag("{opt_out_tag: =off}").mistakes,
                HasSubstr("warden.yml:1: opt_out_tag: must be KEY=VALUE"));
}

TEST(FleetPolicies, storm_has_its_limits_and_its_cooldown) {
    const auto [storm, mistakes] =
        read("{host: {share: 100%, count: 7}, zone: {count: 2}, cooldown: 90s}", read_storm);
    EXPECT_THAT(mistakes, IsEmpty());
    EXPECT_EQ(storm.host, (StormLimit{100, 7}));
    EXPECT_EQ(storm.cluster, StormPolicy{}.cluster);
    EXPECT_EQ(storm.zone, (StormLimit{StormPolicy{}.zone.percent, 2}));
    EXPECT_EQ(storm.cooldown, 90s);
}

TEST(FleetPolicies, a_share_that_is_none_is_a_mistake) {
    for (const std::string share : {"50", "0%", "101%", "-1%", "half", "'%'", "1 %"}) {
        EXPECT_THAT(read("{host: {share: " + share + "}}", read_storm).mistakes,
                    HasSubstr("host.share: must be a part from 1% to 100%"))
            << share;
    }
}

TEST(FleetPolicies, concurrency_has_four_limits) {
    const auto [concurrency, mistakes] = read("{host: 2, all: 100}", read_concurrency);
    EXPECT_THAT(mistakes, IsEmpty());
    EXPECT_EQ(concurrency, (ConcurrencyPolicy{.host = 2, .cluster = 2, .zone = 4, .all = 100}));
}

TEST(FleetPolicies, no_action_at_all_is_not_a_limit_but_a_mode) {
    EXPECT_THAT(read("{host: 0}", read_concurrency).mistakes, HasSubstr("warden.yml:1: host: "));
}

}  // namespace
}  // namespace controller
