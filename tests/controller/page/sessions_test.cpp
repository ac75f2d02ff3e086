#include "controller/page/sessions.hpp"

#include <gtest/gtest.h>

namespace controller::page {
namespace {

using namespace std::chrono_literals;

const Sessions::Instant start{std::chrono::hours{1}};
const inventory::Secret token{"the-token"};

TEST(Sessions, know_whom_they_were_opened_for) {
    Sessions sessions;
    const auto secret = sessions.open("jana", token, start);
    const auto visitor = sessions.find(secret, token, start);
    ASSERT_TRUE(visitor);
    EXPECT_EQ(visitor->name, "jana");
    EXPECT_EQ(visitor->form_token.size(), 64U);
    EXPECT_NE(visitor->form_token, secret) << "the form token is in pages, the secret in no page";
    EXPECT_FALSE(sessions.find("", token, start));
    EXPECT_FALSE(sessions.find(secret.substr(1), token, start));
}

TEST(Sessions, are_each_of_their_own) {
    Sessions sessions;
    const auto one = sessions.open("jana", token, start);
    const auto other = sessions.open("jana", token, start);
    EXPECT_NE(one, other);
    EXPECT_NE(sessions.find(one, token, start)->form_token, sessions.find(other, token, start)->form_token);
}

TEST(Sessions, end_with_their_time) {
    Sessions sessions;
    const auto secret = sessions.open("jana", token, start);
    EXPECT_TRUE(sessions.find(secret, token, start + Sessions::lifetime - 1s));
    EXPECT_FALSE(sessions.find(secret, token, start + Sessions::lifetime));
    EXPECT_EQ(sessions.count(), 0U);
}

TEST(Sessions, end_when_they_are_closed) {
    Sessions sessions;
    const auto secret = sessions.open("jana", token, start);
    sessions.close("another");
    EXPECT_TRUE(sessions.find(secret, token, start));
    sessions.close(secret);
    EXPECT_FALSE(sessions.find(secret, token, start));
}

TEST(Sessions, end_when_the_token_that_opened_them_is_another_one) {
    Sessions sessions;
    const auto secret = sessions.open("jana", token, start);
    EXPECT_FALSE(sessions.find(secret, inventory::Secret{"renewed"}, start));
    EXPECT_FALSE(sessions.find(secret, token, start)) << "nor do they come back";
}

TEST(Sessions, are_never_more_than_so_many_and_the_newest_stay) {
    Sessions sessions;
    std::string secret;
    for (int i = 0; i < 10'000; ++i) {
        secret = sessions.open("jana", token, start + std::chrono::milliseconds{i});
        ASSERT_LE(sessions.count(), Sessions::most);
    }
    EXPECT_TRUE(sessions.find(secret, token, start + 10s));
}

TEST(Sessions, give_a_user_with_a_password_the_same_form_token_each_time) {
    Sessions sessions;
    const auto jana = sessions.of_user("jana");
    EXPECT_EQ(sessions.of_user("jana"), jana);
    EXPECT_NE(sessions.of_user("piet").form_token, jana.form_token);
    EXPECT_EQ(sessions.count(), 0U);
}

}  // namespace
}  // namespace controller::page
