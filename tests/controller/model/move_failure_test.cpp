#include "controller/model/move_failure.hpp"

#include <gtest/gtest.h>

namespace controller {
namespace {

using namespace std::chrono_literals;

FailedMoveCall a_failure(std::optional<int> code, std::string text) {
    return {.error_code = code, .text = std::move(text), .took = 2s, .lock_wait_timeout = 50s};
}

MoveFailure classified(const FailedMoveCall& call) {
    return classify(call).failure;
}

TEST(MoveFailures, the_servers_words_for_1205_and_1213_pass_by_themselves) {
    EXPECT_EQ(classified(a_failure(530, "Lock wait timeout exceeded; try restarting transaction")),
              MoveFailure::transient);
    EXPECT_EQ(classified(a_failure(530,
                                   "Failed to move VM due to [41]: Deadlock found when trying to get "
                                   "lock; try restarting transaction")),
              MoveFailure::transient);
}

TEST(MoveFailures, a_sequence_that_gave_null_passes_by_itself) {
    for (const auto* text :
         {"Cannot invoke \"java.lang.Long.longValue()\" because the return value of a call is null",
          "Unable to create another mac address", "Unable to get a sequence: op_networks"}) {
        EXPECT_EQ(classified(a_failure(530, text)), MoveFailure::transient) << text;
    }
}

TEST(MoveFailures, what_cloudstack_refuses_does_not_pass_by_itself) {
    EXPECT_EQ(classified(a_failure(431, "Remove the Port forwarding rules for this VM before assigning")),
              MoveFailure::permanent);
    EXPECT_EQ(classified(a_failure(535, "Maximum amount of resources")), MoveFailure::permanent);
    EXPECT_EQ(classified(a_failure(530, "Unable to find the template")), MoveFailure::permanent);
}

TEST(MoveFailures, an_error_that_names_no_cause_is_told_by_how_long_it_took) {
    auto call = a_failure(530, "Failed to move instance due to [41]");
    EXPECT_EQ(classified(call), MoveFailure::unknown);
    call.took = 50s;
    EXPECT_EQ(classified(call), MoveFailure::transient);
    call.lock_wait_timeout.reset();
    EXPECT_EQ(classified(call), MoveFailure::unknown) << "unknown stays unknown";
    call.lock_wait_timeout = 0s;
    EXPECT_EQ(classified(call), MoveFailure::unknown);
}

TEST(MoveFailures, an_error_that_names_no_cause_is_told_by_the_missing_row) {
    auto call = a_failure(530, "");
    call.sequence_missing = true;
    EXPECT_EQ(classified(call), MoveFailure::transient);
}

TEST(MoveFailures, a_lost_answer_says_nothing_by_itself) {
    auto call = a_failure(std::nullopt, "lost the answer of http://cloud: Read");
    EXPECT_EQ(classified(call), MoveFailure::unknown);
    call.took = 51s;
    EXPECT_EQ(classified(call), MoveFailure::transient);
}

TEST(MoveFailures, a_refusal_is_permanent_however_long_it_took) {
    auto call = a_failure(431, "The account is disabled");
    call.took = 51s;
    EXPECT_EQ(classified(call), MoveFailure::permanent);
}

TEST(Moves, have_an_identity_that_no_alert_has) {
    EXPECT_EQ(fingerprint_of_move(12), "move-12");
    EXPECT_EQ(move_of_fingerprint("move-12"), 12U);
    for (const auto* other : {"0123456789abcdef", "move-", "move-1x", "move", ""}) {
        EXPECT_EQ(move_of_fingerprint(other), std::nullopt) << other;
    }
}

}  // namespace
}  // namespace controller
