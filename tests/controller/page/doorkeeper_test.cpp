#include "controller/page/doorkeeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace controller::page {
namespace {

using service::WebRequest;
using testing::HasSubstr;

class DoorkeeperTest : public testing::Test {
protected:
    static WebRequest request(std::map<std::string, std::string> headers = {}) {
        WebRequest made;
        made.headers = std::move(headers);
        return made;
    }

    /// What the browser sends back of a Set-Cookie.
    static WebRequest with_cookie(const std::string& set_cookie) {
        return request({{"cookie", set_cookie.substr(0, set_cookie.find(';'))}});
    }

    std::string token_ = "the-token";
    Doorkeeper::Instant now_{std::chrono::hours{1}};
    Doorkeeper door_{[this] { return inventory::Secret{token_}; }, [this] { return now_; }};
    const Form right_{{"name", "jana"}, {"token", "the-token"}};
};

TEST_F(DoorkeeperTest, lets_in_who_knows_the_token_until_his_session_is_over) {
    EXPECT_FALSE(door_.visitor(request()));
    const auto set_cookie = door_.sign_in(request(), right_);
    ASSERT_TRUE(set_cookie);
    EXPECT_THAT(*set_cookie, HasSubstr("; HttpOnly"));
    EXPECT_THAT(*set_cookie, HasSubstr("; SameSite=Strict"));
    EXPECT_THAT(*set_cookie, HasSubstr("; Path=/"));
    EXPECT_THAT(*set_cookie, testing::Not(HasSubstr("Secure"))) << "over plain HTTP it would never come back";
    EXPECT_EQ(door_.visitor(with_cookie(*set_cookie))->name, "jana");
    now_ += Sessions::lifetime;
    EXPECT_FALSE(door_.visitor(with_cookie(*set_cookie)));
}

TEST_F(DoorkeeperTest, binds_the_cookie_to_tls_where_there_is_some) {
    auto encrypted = request();
    encrypted.is_encrypted = true;
    const auto set_cookie = door_.sign_in(encrypted, right_);
    EXPECT_THAT(*set_cookie, testing::StartsWith("__Host-warden="));
    EXPECT_THAT(*set_cookie, HasSubstr("; Secure"));
    auto back = with_cookie(*set_cookie);
    EXPECT_FALSE(door_.visitor(back)) << "not over plain HTTP";
    back.is_encrypted = true;
    EXPECT_TRUE(door_.visitor(back));
}

TEST_F(DoorkeeperTest, refuses_a_wrong_or_missing_token) {
    for (const auto* token : {"", "the-toke", "the-token ", "THE-TOKEN", "another"}) {
        EXPECT_FALSE(door_.sign_in(request(), {{"name", "jana"}, {"token", token}})) << token;
    }
    EXPECT_FALSE(door_.sign_in(request(), {{"name", "jana"}}));
    EXPECT_EQ(door_.sessions(), 0U);
}

TEST_F(DoorkeeperTest, lets_nobody_in_by_a_token_that_is_empty) {
    token_.clear();
    EXPECT_FALSE(door_.sign_in(request(), {{"name", "jana"}, {"token", ""}}));
}

TEST_F(DoorkeeperTest, takes_the_token_that_is_in_force_now) {
    token_ = "renewed";
    EXPECT_FALSE(door_.sign_in(request(), right_));
    EXPECT_TRUE(door_.sign_in(request(), {{"name", "jana"}, {"token", "renewed"}}));
}

TEST_F(DoorkeeperTest, wants_a_name_that_the_journal_can_keep) {
    for (const auto& name : {std::string{}, std::string{"   "}, std::string(65, 'x'), std::string{"a\nb"}}) {
        EXPECT_FALSE(door_.sign_in(request(), {{"name", name}, {"token", "the-token"}})) << name;
    }
}

TEST_F(DoorkeeperTest, stands_ten_thousand_sign_ins_of_either_kind) {
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_FALSE(door_.sign_in(request(), {{"name", "x"}, {"token", std::to_string(i)}}));
    }
    EXPECT_EQ(door_.sessions(), 0U) << "who guesses costs nothing";
    inventory::Result<std::string> last;
    for (int i = 0; i < 10'000; ++i) {
        last = door_.sign_in(request(), right_);
    }
    EXPECT_LE(door_.sessions(), Sessions::most);
    EXPECT_TRUE(door_.visitor(with_cookie(*last)));
}

TEST_F(DoorkeeperTest, forgets_who_signs_out) {
    const auto set_cookie = door_.sign_in(request(), right_);
    EXPECT_THAT(door_.sign_out(with_cookie(*set_cookie)), HasSubstr("Max-Age=0"));
    EXPECT_FALSE(door_.visitor(with_cookie(*set_cookie)));
}

TEST_F(DoorkeeperTest, takes_the_user_whose_password_was_right_for_the_operator) {
    auto asked = request({{"cookie", "warden-session=whatever"}});
    asked.user = "piet";
    const auto visitor = door_.visitor(asked);
    ASSERT_TRUE(visitor);
    EXPECT_EQ(visitor->name, "piet");
    EXPECT_TRUE(is_form_of({{"form_token", visitor->form_token}}, *visitor));
}

TEST_F(DoorkeeperTest, knows_its_own_forms_by_their_token) {
    const Visitor visitor{"jana", "abc"};
    EXPECT_TRUE(is_form_of({{"form_token", "abc"}}, visitor));
    EXPECT_FALSE(is_form_of({{"form_token", "abd"}}, visitor));
    EXPECT_FALSE(is_form_of({{"form_token", ""}}, visitor));
    EXPECT_FALSE(is_form_of({}, visitor));
}

TEST_F(DoorkeeperTest, believes_a_browser_that_says_where_a_form_comes_from) {
    EXPECT_TRUE(is_from_our_page(request({{"sec-fetch-site", "same-origin"}})));
    for (const auto* site : {"cross-site", "same-site", "none", "nonsense"}) {
        EXPECT_FALSE(
            is_from_our_page(request({{"sec-fetch-site", site}, {"host", "w:1"}, {"origin", "http://w:1"}})))
            << site;
    }
    EXPECT_TRUE(is_from_our_page(request({{"host", "w:9785"}, {"origin", "http://w:9785"}})));
    EXPECT_TRUE(is_from_our_page(request({{"host", "w"}, {"origin", "https://w"}})));
    for (const auto* origin : {"null", "", "http://evil", "http://w:9785.evil", "http://w", "w:9785"}) {
        EXPECT_FALSE(is_from_our_page(request({{"host", "w:9785"}, {"origin", origin}}))) << origin;
    }
    EXPECT_FALSE(is_from_our_page(request())) << "nothing is said";
    EXPECT_FALSE(is_from_our_page(request({{"origin", "http://"}, {"host", ""}})));
}

}  // namespace
}  // namespace controller::page
