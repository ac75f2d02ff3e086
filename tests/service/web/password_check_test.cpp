#include "service/web/password_check.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <vector>

#include <gtest/gtest.h>

namespace service::web {
namespace {

using Verdict = PasswordCheck::Verdict;
using Clock = std::chrono::steady_clock;

const std::string salt_and_sum_4 = "abcdefghijklmnopqrstuuV3duMsC0HpUex6N9qapiuOHHWkwRXVm";  // of hunter2
const std::string hash_10 = "$2y$10$abcdefghijklmnopqrstuu7gIUFBKrYXdzQy8HrouzMJyZ4cijAb2";  // of hunter2

std::map<std::string, inventory::Secret> users(const std::string& hash) {
    return {{"prom", inventory::Secret{hash}}, {"other", inventory::Secret{"$2b$04$" + salt_and_sum_4}}};
}

TEST(PasswordCheck, knows_the_three_marks_of_bcrypt) {
    for (const auto* mark : {"$2a$04$", "$2b$04$", "$2y$04$"}) {
        PasswordCheck check{users(mark + salt_and_sum_4)};
        EXPECT_EQ(check.check("prom", "hunter2"), Verdict::right) << mark;
        EXPECT_EQ(check.check("prom", "hunter3"), Verdict::wrong) << mark;
        EXPECT_EQ(check.check("prom", ""), Verdict::wrong) << mark;
    }
}

TEST(PasswordCheck, tells_a_bcrypt_hash_from_anything_else) {
    EXPECT_EQ(bcrypt_cost(hash_10), 10);
    EXPECT_EQ(bcrypt_cost("$2b$04$" + salt_and_sum_4), 4);
    for (const auto& wrong : {std::string{}, std::string{"hunter2"}, "$2x$04$" + salt_and_sum_4,
                              "$2b$4$" + salt_and_sum_4 + "x", "$2b$04$" + salt_and_sum_4 + "x",
                              "$2b$04$*" + salt_and_sum_4.substr(1), "$6$abc$" + salt_and_sum_4}) {
        EXPECT_EQ(bcrypt_cost(wrong), 0) << wrong;
    }
}

TEST(PasswordCheck, nobody_enters_under_an_unknown_name) {
    PasswordCheck check{users(hash_10)};
    EXPECT_EQ(check.check("nobody", "hunter2"), Verdict::wrong);
    EXPECT_EQ(check.check("", ""), Verdict::wrong);
}

TEST(PasswordCheck, a_users_remembered_password_is_his_alone_and_another_is_still_compared) {
    PasswordCheck check{users(hash_10)};
    EXPECT_EQ(check.check("prom", "hunter2"), Verdict::right);
    EXPECT_EQ(check.check("prom", "hunter2x"), Verdict::wrong);
    EXPECT_EQ(check.check("nobody", "hunter2"), Verdict::wrong);
    EXPECT_EQ(check.check("prom", "hunter2"), Verdict::right);
}

/// A thousand comparisons at cost 10 would take more than 40 s.
TEST(PasswordCheck, a_right_password_is_compared_once) {
    PasswordCheck check{users(hash_10)};
    const auto start = Clock::now();
    for (int i = 0; i < 1000; ++i) {
        ASSERT_EQ(check.check("prom", "hunter2"), Verdict::right);
    }
    EXPECT_LT(Clock::now() - start, std::chrono::seconds{10});
}

TEST(PasswordCheck, in_a_flood_few_wait_and_a_known_password_enters) {
    PasswordCheck check{users(hash_10)};
    ASSERT_EQ(check.check("prom", "hunter2"), Verdict::right);
    std::vector<std::future<Verdict>> flood;
    for (int i = 0; i < 30; ++i) {
        flood.push_back(
            std::async(std::launch::async, [&check, i] { return check.check("prom", std::to_string(i)); }));
    }
    EXPECT_EQ(check.check("prom", "hunter2"), Verdict::right);
    std::vector<Verdict> verdicts;
    for (auto& one : flood) {
        verdicts.push_back(one.get());
    }
    EXPECT_EQ(std::count(verdicts.begin(), verdicts.end(), Verdict::right), 0);
    EXPECT_GE(std::count(verdicts.begin(), verdicts.end(), Verdict::wrong), 1);
    EXPECT_GE(std::count(verdicts.begin(), verdicts.end(), Verdict::too_busy), 1);
}

TEST(PasswordCheck, many_clients_of_one_user_share_the_first_comparison) {
    PasswordCheck check{users(hash_10)};
    std::vector<std::future<Verdict>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(
            std::async(std::launch::async, [&check] { return check.check("prom", "hunter2"); }));
    }
    for (auto& client : clients) {
        EXPECT_EQ(client.get(), Verdict::right);
    }
}

}  // namespace
}  // namespace service::web
