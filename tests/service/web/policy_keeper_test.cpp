#include "service/web/policy_keeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/certificate.hpp"
#include "tests/support/temporary_folder.hpp"

namespace service::web {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string hash = "$2b$04$abcdefghijklmnopqrstuuV3duMsC0HpUex6N9qapiuOHHWkwRXVm";
const std::string one_user = "basic_auth_users: {prom: " + hash + "}\n";

class PolicyKeeperTest : public testing::Test {
protected:
    void open(const std::string& text) {
        auto opened = PolicyKeeper::open(folder_.write("web.yml", text));
        ASSERT_TRUE(opened) << opened.error().message;
        keeper_ = std::move(*opened);
    }
    /// What is in force when the file has had its time to be looked at.
    std::shared_ptr<const WebPolicy> later() { return keeper_->current(now_ += 2s); }
    /// As later(), and what was logged meanwhile.
    std::string log_of_a_look() {
        testing::internal::CaptureStderr();
        later();
        return testing::internal::GetCapturedStderr();
    }

    test_support::TemporaryFolder folder_;
    std::unique_ptr<PolicyKeeper> keeper_;
    PolicyKeeper::Instant now_{1h};
};

TEST_F(PolicyKeeperTest, without_a_file_nobody_is_asked) {
    const auto opened = PolicyKeeper::open("");
    ASSERT_TRUE(opened);
    const auto policy = (*opened)->current(now_);
    EXPECT_EQ(policy->tls, nullptr);
    EXPECT_FALSE(policy->authenticates());
    EXPECT_TRUE((*opened)->is_current());
}

TEST_F(PolicyKeeperTest, a_wrong_file_at_the_start_is_an_error) {
    EXPECT_THAT(PolicyKeeper::open(folder_.in("none.yml")).error().message, HasSubstr("none.yml"));
}

TEST_F(PolicyKeeperTest, an_unchanged_file_keeps_its_policy) {
    open(one_user);
    const auto before = later();
    EXPECT_TRUE(before->authenticates());
    EXPECT_EQ(later(), before);
}

TEST_F(PolicyKeeperTest, a_change_is_seen_but_not_looked_for_more_than_once_a_second) {
    open(one_user);
    const auto before = later();
    folder_.write("web.yml", "basic_auth_users: {}\n");
    EXPECT_EQ(keeper_->current(now_ + 500ms), before);
    EXPECT_FALSE(later()->authenticates());
}

TEST_F(PolicyKeeperTest, a_renewed_certificate_is_a_change) {
    const auto files = test_support::make_certificate(folder_.path(), "127.0.0.1");
    open("tls_server_config: {cert_file: certificate.pem, key_file: key.pem}\n");
    const auto before = later();
    EXPECT_EQ(later(), before);
    (void)test_support::make_certificate(folder_.path(), "127.0.0.1");
    const auto after = later();
    EXPECT_NE(after, before);
    EXPECT_NE(after->tls, nullptr);
}

TEST_F(PolicyKeeperTest, a_wrong_change_leaves_the_last_good_one_in_force_and_says_so_once) {
    open(one_user);
    const auto before = later();
    folder_.write("web.yml", "basic_auth_user: {}\n");
    EXPECT_THAT(log_of_a_look(), HasSubstr("did you mean 'basic_auth_users'?"));
    EXPECT_FALSE(keeper_->is_current());
    EXPECT_EQ(log_of_a_look(), "");
    EXPECT_EQ(later(), before);

    folder_.write("web.yml", one_user);
    EXPECT_THAT(log_of_a_look(), HasSubstr("has been read again"));
    EXPECT_TRUE(keeper_->is_current());
}

TEST_F(PolicyKeeperTest, a_file_that_vanishes_opens_no_door) {
    open(one_user);
    std::filesystem::remove(folder_.in("web.yml"));
    EXPECT_TRUE(later()->authenticates());
    EXPECT_FALSE(keeper_->is_current());
}

TEST_F(PolicyKeeperTest, a_certificate_and_key_that_are_replaced_one_after_the_other_are_taken_in_the_end) {
    (void)test_support::make_certificate(folder_.path(), "127.0.0.1");
    open("tls_server_config: {cert_file: certificate.pem, key_file: key.pem}\n");
    const auto before = later();
    const test_support::TemporaryFolder renewed;
    const auto files = test_support::make_certificate(renewed.path(), "127.0.0.1");
    std::filesystem::rename(files.certificate, folder_.in("certificate.pem"));
    EXPECT_EQ(later(), before);
    EXPECT_FALSE(keeper_->is_current());
    std::filesystem::rename(files.key, folder_.in("key.pem"));
    EXPECT_NE(later(), before);
    EXPECT_TRUE(keeper_->is_current());
}

}  // namespace
}  // namespace service::web
