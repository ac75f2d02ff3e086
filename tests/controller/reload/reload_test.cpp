#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/reload/changes.hpp"
#include "controller/reload/current_config.hpp"

namespace controller::reload {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const inventory::Time start{std::chrono::hours{1000}};

ControllerConfig a_config() {
    ControllerConfig config;
    config.hash = 1;
    config.listen = {"127.0.0.1", 9785};
    config.journal.password = inventory::Secret{"one"};
    return config;
}

TEST(ChangesThatNeedARestart, are_none_of_what_is_decided_by) {
    auto wanted = a_config();
    wanted.hash = 2;
    wanted.loop.policy.remedies[Remedy::stop_sync].mode = Mode::automatic;
    wanted.alerts["A"] = Remedy::stop_sync;
    wanted.operator_token = wanted.webhook_token = inventory::Secret{"new"};
    wanted.cloudstack.api_key = inventory::Secret{"new"};
    EXPECT_THAT(changes_that_need_a_restart(a_config(), wanted), IsEmpty());
}

TEST(ChangesThatNeedARestart, name_each_key) {
    auto wanted = a_config();
    wanted.listen.port = 1;
    EXPECT_THAT(changes_that_need_a_restart(a_config(), wanted), ElementsAre("controller.listen"));
    wanted.journal.password = inventory::Secret{"two"};
    wanted.cloud.zones = {"north"};
    wanted.cloud.plan.libvirt_uri = "other";
    wanted.cloud.plan.limits.freshness += std::chrono::seconds{1};
    wanted.cloud.database.host = "other";
    EXPECT_EQ(changes_that_need_a_restart(a_config(), wanted).size(), 6U);
}

TEST(ChangesThatNeedARestart, are_every_word_on_how_alertmanager_is_asked) {
    auto running = a_config();
    running.alertmanager.emplace();
    EXPECT_EQ(changes_that_need_a_restart(a_config(), running).size(), 1U);
    using Change = void (*)(AlertmanagerConfig&);
    for (const auto change : {Change{[](auto& asked) { asked.endpoint.url = "http://other"; }},
                              Change{[](auto& asked) { asked.endpoint.token = inventory::Secret{"new"}; }},
                              Change{[](auto& asked) { asked.endpoint.ca_file = "/new.pem"; }},
                              Change{[](auto& asked) { asked.endpoint.timeout += std::chrono::seconds{1}; }},
                              Change{[](auto& asked) { asked.interval += std::chrono::seconds{1}; }}}) {
        auto wanted = running;
        change(*wanted.alertmanager);
        EXPECT_THAT(changes_that_need_a_restart(running, wanted), ElementsAre("controller.alertmanager"));
    }
}

class CurrentConfigTest : public testing::Test {
protected:
    inventory::Status apply(const ControllerConfig& config) {
        applied_.push_back(config.hash);
        return usable_ ? inventory::Status{} : inventory::failure("the URL is none");
    }
    inventory::Result<std::string> reload() {
        return config_.reload([this](const auto& config) { return apply(config); });
    }

    inventory::Result<ControllerConfig> in_file_ = a_config();
    bool usable_ = true;
    inventory::Time now_ = start;
    std::vector<double> applied_;
    CurrentConfig config_{a_config(), [this] { return in_file_; }, [this] { return now_; }};
};

TEST_F(CurrentConfigTest, takes_over_what_has_no_mistake) {
    in_file_->hash = 2;
    now_ += std::chrono::seconds{5};
    const auto before = config_.get();
    EXPECT_TRUE(reload());
    EXPECT_EQ(before->hash, 1) << "who works by the former one goes on with it";
    EXPECT_EQ(config_.get()->hash, 2);
    EXPECT_THAT(applied_, ElementsAre(2));
    EXPECT_EQ(config_.facts().hash, 2);
    EXPECT_TRUE(config_.facts().last_read_good);
    EXPECT_EQ(config_.facts().read_at, now_);
}

TEST_F(CurrentConfigTest, keeps_the_former_one_when_the_new_one_is_wrong) {
    in_file_ = inventory::failure("warden.yml:3: controller.listn: unknown key");
    now_ += std::chrono::seconds{5};
    const auto read = reload();
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("controller.listn"));
    EXPECT_EQ(config_.get()->hash, 1);
    EXPECT_THAT(applied_, IsEmpty());
    EXPECT_FALSE(config_.facts().last_read_good);
    EXPECT_EQ(config_.facts().read_at, start);
    in_file_ = a_config();
    EXPECT_TRUE(reload());
    EXPECT_TRUE(config_.facts().last_read_good);
}

TEST_F(CurrentConfigTest, says_what_needs_a_restart_and_takes_nothing_over) {
    in_file_->hash = 2;
    in_file_->listen.port = 1;
    const auto read = reload();
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, testing::AllOf(HasSubstr("controller.listen"), HasSubstr("restart")));
    EXPECT_EQ(config_.get()->hash, 1);
    EXPECT_THAT(applied_, IsEmpty());
}

TEST_F(CurrentConfigTest, keeps_the_former_one_when_the_new_one_is_of_no_use) {
    in_file_->hash = 2;
    usable_ = false;
    EXPECT_FALSE(reload());
    EXPECT_EQ(config_.get()->hash, 1);
    EXPECT_FALSE(config_.facts().last_read_good);
}

}  // namespace
}  // namespace controller::reload
