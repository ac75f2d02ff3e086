#include "service/web/token_bucket.hpp"

#include <gtest/gtest.h>

namespace service::web {
namespace {

using namespace std::chrono_literals;

TEST(TokenBucket, lets_a_burst_pass_and_then_one_in_each_interval) {
    TokenBucket bucket{100ms, 3};
    const TokenBucket::Instant start{1h};
    EXPECT_TRUE(bucket.take(start));
    EXPECT_TRUE(bucket.take(start));
    EXPECT_TRUE(bucket.take(start));
    EXPECT_FALSE(bucket.take(start));
    EXPECT_FALSE(bucket.take(start + 99ms));
    EXPECT_TRUE(bucket.take(start + 100ms));
    EXPECT_FALSE(bucket.take(start + 100ms));
}

TEST(TokenBucket, is_full_again_after_a_pause_and_never_fuller) {
    TokenBucket bucket{100ms, 2};
    const TokenBucket::Instant start{1h};
    EXPECT_TRUE(bucket.take(start));
    EXPECT_TRUE(bucket.take(start));
    const auto later = start + 1h;
    EXPECT_TRUE(bucket.take(later));
    EXPECT_TRUE(bucket.take(later));
    EXPECT_FALSE(bucket.take(later));
}

TEST(TokenBucket, refused_requests_cost_nothing) {
    TokenBucket bucket{100ms, 1};
    const TokenBucket::Instant start{1h};
    EXPECT_TRUE(bucket.take(start));
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(bucket.take(start + 50ms));
    }
    EXPECT_TRUE(bucket.take(start + 100ms));
}

}  // namespace
}  // namespace service::web
