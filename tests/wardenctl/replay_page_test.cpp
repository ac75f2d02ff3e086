#include "wardenctl/replay_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardenctl {
namespace {

using controller::replay::Comparison;
using controller::replay::Replayed;

const inventory::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2} + std::chrono::hours{12}};

Comparison decision(bool acted, bool would_act) {
    return {.at = noon,
            .kind = "first_decision",
            .acted = acted,
            .would_act = would_act,
            .refuse_now = {},
            .refuse_no_more = {},
            .lacking = {},
            .trouble = {}};
}

TEST(ReplayPage, shows_what_would_change_and_why) {
    auto freed = decision(false, true);
    freed.refuse_no_more = {"mode"};
    auto held = decision(true, false);
    held.refuse_now = {"grace", "window"};
    const auto page =
        render_replay({{12, "i-2-43-VM", "stop_sync", "A", "", {freed, decision(false, false)}},
                       {13, "i-2-44-VM", "stop_sync", "B", "its alert would be turned away", {held}}},
                      "new.yml");
    EXPECT_EQ(page, R"(3 decisions of 2 actions, judged again by new.yml: 2 would differ

action 13: its alert would be turned away

ACTION  VM         REMEDY     DECIDED                   THEN   NOW    WHY
12      i-2-43-VM  stop_sync  2026-01-02T12:00:00.000Z  holds  acts   no longer refused by mode
13      i-2-44-VM  stop_sync  2026-01-02T12:00:00.000Z  acts   holds  refused by grace, window
)");
}

TEST(ReplayPage, says_when_nothing_would_change) {
    EXPECT_EQ(render_replay({{1, "v", "stop_sync", "A", "", {decision(true, true)}}}, "x.yml"),
              "1 decisions of 1 actions, judged again by x.yml: none would differ\n");
}

TEST(ReplayPage, names_what_cannot_be_judged) {
    auto lost = decision(false, false);
    lost.trouble = "it holds no world";
    const auto page = render_replay({{1, "v", "stop_sync", "A", "", {lost}}}, "x.yml");
    EXPECT_THAT(page, testing::HasSubstr("1 cannot be judged"));
    EXPECT_THAT(page, testing::HasSubstr("not judged: it holds no world"));
    EXPECT_THAT(replay_json({{1, "v", "stop_sync", "A", "", {lost}}}),
                testing::HasSubstr("\"trouble\": \"it holds no world\""));
}

}  // namespace
}  // namespace wardenctl
