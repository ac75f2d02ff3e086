#include "controller/alertmanager/silence_watch.hpp"

#include <gtest/gtest.h>

namespace controller::alertmanager {
namespace {

using namespace std::chrono_literals;
using Answer = inventory::Result<std::vector<Silence>>;

class ScriptedSource : public SilenceSource {
public:
    explicit ScriptedSource(Answer& answer) : answer_(answer) {}
    Answer read() override { return answer_; }

private:
    Answer& answer_;
};

class Watch : public testing::Test {
protected:
    static Silence of(const std::string& zone) {
        return {.id = "s",
                .created_by = "alice",
                .comment = "works",
                .ends_at = "",
                .matchers = {{"zone", zone, true, false}}};
    }

    const KnownLabels alert_{{{"zone", "zone-1"}}, true};
    inventory::Time now_{1'800'000'000s};
    Answer answer_;
    SilenceWatch watch_{std::make_unique<ScriptedSource>(answer_), [this] { return now_; }};
};

TEST_F(Watch, knows_nothing_before_it_has_asked) {
    const auto facts = watch_.covering(alert_);
    EXPECT_TRUE(facts.configured);
    EXPECT_FALSE(facts.read_at);
    EXPECT_FALSE(facts.error.empty());
    EXPECT_FALSE(watch_.last_read_succeeded());
}

TEST_F(Watch, tells_the_silences_that_cover_the_alert) {
    answer_ = std::vector{of("zone-1"), of("zone-2")};
    watch_.refresh();
    const auto facts = watch_.covering(alert_);
    EXPECT_EQ(facts.read_at, now_);
    EXPECT_EQ(facts.error, "");
    EXPECT_EQ(facts.covering, std::vector<Silence>{of("zone-1")});
    EXPECT_TRUE(watch_.last_read_succeeded());
}

TEST_F(Watch, keeps_what_it_knew_with_its_age_while_it_cannot_ask) {
    answer_ = std::vector{of("zone-1")};
    watch_.refresh();
    const auto read_at = now_;
    now_ += 1min;
    answer_ = inventory::failure("connection refused", true);
    watch_.refresh();
    const auto facts = watch_.covering(alert_);
    EXPECT_EQ(facts.read_at, read_at);
    EXPECT_EQ(facts.error, "connection refused");
    EXPECT_EQ(facts.covering.size(), 1U);
    EXPECT_FALSE(watch_.last_read_succeeded());
}

}  // namespace
}  // namespace controller::alertmanager
