#include "controller/alertmanager/silence_matching.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace controller::alertmanager {
namespace {

const KnownLabels alert{{{"alertname", "VMStopped"}, {"vm", "i-2-10-VM"}, {"zone", "zone-1"}}, true};

bool covers(const std::vector<Matcher>& matchers, const KnownLabels& labels = alert) {
    return SilenceMatcher{
        Silence{.id = "s", .created_by = {}, .comment = {}, .ends_at = {}, .matchers = matchers}}
        .covers(labels);
}

Matcher equal(const std::string& label, const std::string& value) {
    return {label, value, true, false};
}
Matcher unequal(const std::string& label, const std::string& value) {
    return {label, value, false, false};
}
Matcher like(const std::string& label, const std::string& value) {
    return {label, value, true, true};
}
Matcher unlike(const std::string& label, const std::string& value) {
    return {label, value, false, true};
}

TEST(SilenceMatching, wants_every_matcher_met) {
    EXPECT_TRUE(covers({equal("alertname", "VMStopped"), equal("zone", "zone-1")}));
    EXPECT_FALSE(covers({equal("alertname", "VMStopped"), equal("zone", "zone-2")}));
    EXPECT_TRUE(covers({unequal("zone", "zone-2")}));
    EXPECT_FALSE(covers({unequal("zone", "zone-1")}));
}

TEST(SilenceMatching, takes_an_absent_label_as_the_empty_text) {
    EXPECT_TRUE(covers({equal("team", "")}));
    EXPECT_FALSE(covers({equal("team", "blue")}));
    EXPECT_TRUE(covers({unequal("team", "blue")}));
    EXPECT_FALSE(covers({like("team", ".+")}));
    EXPECT_TRUE(covers({unlike("team", ".+")}));
}

TEST(SilenceMatching, matches_a_pattern_against_the_whole_value) {
    EXPECT_TRUE(covers({like("vm", "i-2-10-VM|i-2-11-VM")}));
    EXPECT_TRUE(covers({like("vm", "i-2-1[0-9]-VM")}));
    EXPECT_TRUE(covers({like("zone", "zone-.*")}));
    EXPECT_TRUE(covers({like("zone", "^zone-(?:1|2)$")}));
    EXPECT_TRUE(covers({like("zone", R"(\w+\-\d)")}));
    EXPECT_FALSE(covers({like("zone", "zone")})) << "anchored";
    EXPECT_FALSE(covers({like("zone", "one-1")}));
    EXPECT_FALSE(covers({like("vm", "i-2-1.-VM|x"), like("zone", "a|b")}));
    EXPECT_FALSE(covers({unlike("zone", "zone-.")}));
    EXPECT_TRUE(covers({unlike("zone", "zone-2.*")}));
}

TEST(SilenceMatching, counts_an_unknown_label_as_matched) {
    const KnownLabels little{{{"alertname", "VMStopped"}}, false};
    EXPECT_TRUE(covers({equal("alertname", "VMStopped"), equal("zone", "zone-2")}, little));
    EXPECT_TRUE(covers({unlike("zone", ".*")}, little));
    EXPECT_FALSE(covers({equal("alertname", "Other"), equal("zone", "zone-2")}, little));
}

TEST(SilenceMatching, counts_a_pattern_that_it_does_not_understand_as_matched) {
    for (const auto* const pattern :
         {"(", "[", "*", "(?i)ZONE", R"(\Azone\z)", R"(\Qzone\E)", R"(\pL)", "[[:alpha:]]", "z{1000}",
          R"((a)\1)", "z\xc3\xb6ne", "(?P<name>x)", "[]a]", "\\", "a\\"}) {
        EXPECT_TRUE(covers({like("zone", pattern)})) << pattern;
        EXPECT_TRUE(covers({unlike("zone", pattern)})) << pattern;
    }
    EXPECT_TRUE(covers({like("zone", std::string(513, 'a'))}));
}

TEST(SilenceMatching, counts_a_value_that_it_cannot_match_as_matched) {
    for (const auto& value : {std::string(1025, 'a'), std::string("z\xc3\xbcrich"), std::string("a\nb")}) {
        const KnownLabels odd{{{"zone", value}}, true};
        EXPECT_TRUE(covers({like("zone", "b")}, odd));
        EXPECT_TRUE(covers({unlike("zone", ".*")}, odd));
        EXPECT_FALSE(covers({equal("zone", "b")}, odd)) << "no pattern, no doubt";
    }
}

TEST(SilenceMatching, ends_in_time_whatever_the_pattern) {
    const KnownLabels hostile{{{"zone", std::string(1024, 'a')}}, true};
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(covers({like("zone", "(a+)+b")}, hostile));
    EXPECT_FALSE(covers({like("zone", "((a*)*)*b")}, hostile));
    EXPECT_FALSE(covers({like("zone", "(a|a|aa)*b")}, hostile));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{10});
}

}  // namespace
}  // namespace controller::alertmanager
