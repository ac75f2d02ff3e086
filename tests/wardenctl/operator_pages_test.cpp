#include "wardenctl/operator_pages.hpp"

#include <gtest/gtest.h>

namespace wardenctl {
namespace {

const std::string pause =
    R"({"id":3,"scope":"zone","subject":"zone-1","until":"2026-01-02T13:00:00.000Z","ended":null,
    "operator":"alice","reason":"storage works","at":"2026-01-02T12:00:00.000Z","in_force":true})";

TEST(OperatorPages, say_what_has_been_said) {
    EXPECT_EQ(*render_approval(R"({"id":1,"action_id":7,"attempt":2,"until":"2026-01-02T13:00:00.000Z",
        "operator":"alice","reason":"looked at it","at":"2026-01-02T12:00:00.000Z"})"),
              "attempt 2 of action 7 approved until 2026-01-02T13:00:00.000Z by alice: looked at it\n");
    EXPECT_EQ(*render_lift(R"({"id":1,"action_id":7,"guard":"window","until":"2026-01-02T13:00:00.000Z",
        "operator":"alice","reason":"cannot wait","at":"2026-01-02T12:00:00.000Z"})"),
              "guard window lifted for action 7 until 2026-01-02T13:00:00.000Z by alice: cannot wait\n");
    EXPECT_EQ(*render_acknowledgement(R"({"id":1,"vm_id":"u-1","operator":"alice","reason":"seen"})"),
              "VM u-1 acknowledged by alice: seen\n");
    EXPECT_EQ(*render_cancellation(R"({"id":7,"vm":"i-2-43-VM","vm_id":"u-1","state":"cancelled"})"),
              "action 7 on i-2-43-VM is cancelled\n");
}

TEST(OperatorPages, say_how_a_pause_is_ended) {
    EXPECT_EQ(*render_pause(pause),
              "pause 3: zone zone-1, until 2026-01-02T13:00:00.000Z by alice: storage works\n"
              "end it with: wardenctl resume 3 --reason ...\n");
    auto ended = pause;
    ended.replace(ended.find("null"), 4,
                  R"({"operator":"bob","reason":"done","at":"2026-01-02T12:30:00.000Z"})");
    EXPECT_EQ(*render_pause(ended), "pause 3: zone zone-1, ended by bob: done\n");
}

TEST(OperatorPages, list_pauses) {
    const auto page = *render_pauses(R"({"pauses":[)" + pause + "]}");
    EXPECT_EQ(page,
              "pause 3: zone zone-1, until 2026-01-02T13:00:00.000Z\n"
              "  alice, 2026-01-02T12:00:00.000Z: storage works\n");
    EXPECT_EQ(*render_pauses(R"({"pauses":[]})"), "nothing is paused\n");
}

TEST(OperatorPages, are_made_of_the_controllers_answers_alone) {
    for (auto* const render : {render_approval, render_lift, render_acknowledgement, render_cancellation,
                               render_pause, render_pauses}) {
        for (const auto* const text : {"", "[]", "{}", "null", "<html>"}) {
            EXPECT_FALSE(render(text)) << text;
        }
    }
}

}  // namespace
}  // namespace wardenctl
