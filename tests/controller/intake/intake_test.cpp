#include "controller/intake/intake.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/fake_journal.hpp"

namespace controller::intake {
namespace {

using namespace std::chrono_literals;
using test_support::FakeJournal;

const inventory::Time now{1'800'000'000s};
const RemedyByAlert remedies{{"VMStopped", Remedy::stop_sync}};

DeliveredAlert firing() {
    return {.firing = true,
            .fingerprint = "0123456789abcdef",
            .starts_at = "2026-11-21T12:00:00.5Z",
            .alert_name = "VMStopped",
            .vm_id = "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69"};
}

template <class Change>
DeliveredAlert firing_but(Change change) {
    auto alert = firing();
    change(alert);
    return alert;
}

std::optional<RejectReason> reason_for(const DeliveredAlert& alert) {
    const auto admitted = admit(alert, remedies);
    const auto* reason = std::get_if<RejectReason>(&admitted);
    return reason == nullptr ? std::nullopt : std::optional{*reason};
}

TEST(Admission, makes_a_request_of_a_good_alert) {
    const auto request = std::get<Request>(admit(firing(), remedies));
    EXPECT_EQ(request.remedy, Remedy::stop_sync);
    EXPECT_EQ(request.alert.fingerprint, "0123456789abcdef");
    EXPECT_EQ(request.alert.label("vm_id"), "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69");
    EXPECT_TRUE(request.alert.firing);
}

TEST(Admission, gives_one_vm_one_name) {
    const auto upper = firing_but([](auto& alert) { alert.vm_id = "6B5B7C32-0C4A-4F0E-9A34-1F2D3C4B5A69"; });
    EXPECT_EQ(admit(upper, remedies), admit(firing(), remedies));
}

TEST(Admission, refuses_what_no_remedy_is_configured_for) {
    EXPECT_EQ(reason_for(firing_but([](auto& alert) { alert.alert_name = "Other"; })),
              RejectReason::unknown_alert);
    EXPECT_EQ(reason_for(firing_but([](auto& alert) { alert.alert_name = ""; })),
              RejectReason::unknown_alert);
}

TEST(Admission, refuses_an_alert_without_a_vm) {
    EXPECT_EQ(reason_for(firing_but([](auto& alert) { alert.vm_id = ""; })), RejectReason::no_vm_id);
    for (const auto* id :
         {"i-2-43-VM", "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a6", "6b5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a690",
          "6b5b7c32_0c4a-4f0e-9a34-1f2d3c4b5a69", "gb5b7c32-0c4a-4f0e-9a34-1f2d3c4b5a69", "' OR 1=1 -- "}) {
        EXPECT_EQ(reason_for(firing_but([&](auto& alert) { alert.vm_id = id; })),
                  RejectReason::vm_id_not_uuid)
            << id;
    }
}

TEST(Admission, refuses_an_alert_without_an_identity) {
    for (const auto& fingerprint : {std::string{}, std::string("xyz"), std::string(65, 'a')}) {
        EXPECT_EQ(reason_for(firing_but([&](auto& alert) { alert.fingerprint = fingerprint; })),
                  RejectReason::no_fingerprint);
    }
    EXPECT_EQ(reason_for(firing_but([](auto& alert) { alert.starts_at = "0001-01-01T00:00:00Z"; })),
              RejectReason::bad_starts_at);
}

TEST(Admission, explains_every_refusal) {
    for (const auto reason :
         {RejectReason::unknown_alert, RejectReason::no_vm_id, RejectReason::vm_id_not_uuid,
          RejectReason::no_fingerprint, RejectReason::bad_starts_at}) {
        EXPECT_FALSE(to_word(reason).empty());
        EXPECT_FALSE(explain(reason).empty());
    }
}

class IntakeTest : public testing::Test {
protected:
    std::vector<AlertOutcome> take_in(const std::vector<DeliveredAlert>& alerts,
                                      std::uint64_t truncated = 0) {
        return *intake_.take_in({alerts, truncated}, now);
    }

    FakeJournal journal_;
    std::vector<std::string> events_;
    Intake intake_{
        remedies,
        journal_,
        {.on_received = [this](bool fires) { events_.emplace_back(fires ? "firing" : "resolved"); },
         .on_rejected = [this](std::string_view reason) { events_.emplace_back(reason); },
         .on_truncated = [this](std::uint64_t count) { events_.push_back(std::to_string(count)); },
         .on_news = [this] { events_.emplace_back("news"); }}};
};

TEST_F(IntakeTest, journals_an_alert_once_however_often_it_comes) {
    EXPECT_EQ(take_in({firing()}).front().outcome, "created");
    EXPECT_EQ(take_in({firing()}).front().outcome, "duplicate");
    EXPECT_EQ(journal_.list({})->size(), 1U);
    EXPECT_EQ(events_, (std::vector<std::string>{"firing", "news", "firing", "news"}))
        << "a repeat is a reason to judge again";
}

TEST_F(IntakeTest, makes_one_action_of_a_hundred_deliveries_at_once) {
    Intake intake{remedies, journal_, {}};
    std::vector<std::jthread> senders;
    std::atomic<int> created{0};
    for (int sender = 0; sender < 4; ++sender) {
        senders.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                created += intake.take_in({{firing()}, 0}, now)->front().outcome == "created" ? 1 : 0;
            }
        });
    }
    senders.clear();
    EXPECT_EQ(created, 1);
    EXPECT_EQ(journal_.list({})->size(), 1U);
}

TEST_F(IntakeTest, tells_a_new_outbreak_of_the_same_alert_apart) {
    take_in({firing()});
    const auto later = firing_but([](auto& alert) { alert.starts_at = "2026-11-21T13:00:00Z"; });
    EXPECT_EQ(take_in({later}).front().outcome, "created");
}

TEST_F(IntakeTest, cancels_what_waits_when_the_alert_resolves) {
    take_in({firing()});
    const auto resolved = firing_but([](auto& alert) { alert.firing = false; });
    EXPECT_EQ(take_in({resolved}).front().outcome, "resolved");
    EXPECT_EQ(journal_.find(1)->value().state, ActionState::cancelled);
}

TEST_F(IntakeTest, names_every_alert_of_a_mixed_delivery) {
    const auto unknown = firing_but([](auto& alert) { alert.alert_name = "Other\nforged"; });
    const auto outcomes = take_in({unknown, firing()}, 3);
    ASSERT_EQ(outcomes.size(), 2U);
    EXPECT_EQ(outcomes[0],
              (AlertOutcome{"Other forged", "0123456789abcdef", "rejected", RejectReason::unknown_alert}));
    EXPECT_EQ(outcomes[1].outcome, "created");
    EXPECT_EQ(events_, (std::vector<std::string>{"3", "firing", "unknown_alert", "firing", "news"}));
}

TEST_F(IntakeTest, fails_as_a_whole_when_the_journal_does) {
    journal_.fail_with(inventory::Error{"the disk is full", true});
    EXPECT_EQ(intake_.take_in({{firing()}, 0}, now).error().message, "the disk is full");
}

}  // namespace
}  // namespace controller::intake
