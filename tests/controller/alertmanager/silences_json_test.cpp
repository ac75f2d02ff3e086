#include "controller/alertmanager/silences_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller::alertmanager {
namespace {

using testing::HasSubstr;

const std::string one = R"([{"id":"9f3e","status":{"state":"active"},"updatedAt":"2026-01-02T03:04:05.678Z",
    "comment":"storage works","createdBy":"alice","startsAt":"2026-01-02T03:04:05.678Z","endsAt":"2026-01-02T05:04:05.678Z",
    "matchers":[{"name":"zone","value":"zone-1","isRegex":false,"isEqual":true},
                {"name":"vm","value":"i-2-.*","isRegex":true,"isEqual":false}]}])";

TEST(SilencesJson, reads_what_alertmanager_writes) {
    const auto silences = read_silences(one);
    ASSERT_TRUE(silences) << silences.error().message;
    ASSERT_EQ(silences->size(), 1U);
    EXPECT_EQ(silences->front(),
              (Silence{.id = "9f3e",
                       .created_by = "alice",
                       .comment = "storage works",
                       .ends_at = "2026-01-02T05:04:05.678Z",
                       .matchers = {{"zone", "zone-1", true, false}, {"vm", "i-2-.*", false, true}}}));
    EXPECT_TRUE(read_silences("[]")->empty());
}

TEST(SilencesJson, leaves_out_what_is_pending_or_over) {
    for (const auto* const state : {"pending", "expired"}) {
        auto other = one;
        other.replace(other.find("active"), 6, state);
        EXPECT_TRUE(read_silences(other)->empty()) << state;
    }
}

TEST(SilencesJson, takes_a_matcher_of_an_old_alertmanager_as_equal) {
    const auto old = read_silences(
        R"([{"status":{"state":"active"},"matchers":[{"name":"a","value":"b","isRegex":false}]}])");
    ASSERT_TRUE(old);
    EXPECT_TRUE(old->front().matchers.front().is_equal);
}

TEST(SilencesJson, knows_none_when_it_cannot_read_one) {
    for (
        const auto* const text :
        {"", "{}", "null", "<html>", R"([1])", R"([{"matchers":[]}])", R"([{"status":"active"}])",
         R"([{"status":{"state":"active"}}])", R"([{"status":{"state":"active"},"matchers":[]}])",
         R"([{"status":{"state":"active"},"matchers":[{"name":"a","value":1,"isRegex":false}]}])",
         R"([{"status":{"state":"active"},"matchers":[{"name":"a","value":"b"}]}])",
         R"([{"status":{"state":"active"},"matchers":[{"name":"a","value":"b","isRegex":false,"isEqual":"yes"}]}])"}) {
        EXPECT_FALSE(read_silences(text)) << text;
    }
    EXPECT_THAT(read_silences(R"([{"status":{"state":"active"},"matchers":[{"name":"a"}]}])").error().message,
                HasSubstr("a matcher's value is no text"));
}

}  // namespace
}  // namespace controller::alertmanager
