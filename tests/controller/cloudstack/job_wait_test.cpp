#include "controller/cloudstack/job_wait.hpp"

#include <deque>

#include <gtest/gtest.h>

namespace controller::cloudstack {
namespace {

using namespace std::chrono_literals;
using inventory::Duration;
using inventory::Result;
using inventory::Time;

const Time start{1'000s};
const JobStatus pending{};
const JobStatus succeeded{JobState::succeeded, 0, ""};

/// Answers job_status() with what the test lined up; the last answer stays.
class FakeApi : public Api {
public:
    explicit FakeApi(std::deque<Result<JobStatus>> answers) : answers_(std::move(answers)) {}

    Submission stop_virtual_machine(const std::string&, bool, Time) override { return NotSent{}; }
    Submission start_virtual_machine(const std::string&, Time) override { return NotSent{}; }
    Submission assign_virtual_machine(const std::string&, const MoveTarget&, Time) override {
        return NotSent{};
    }
    Result<JobStatus> job_status(const std::string&, Time expires_at) override {
        expiries.push_back(expires_at);
        auto answer = answers_.front();
        if (answers_.size() > 1) {
            answers_.pop_front();
        }
        return answer;
    }

    std::vector<Time> expiries;

private:
    std::deque<Result<JobStatus>> answers_;
};

/// A clock that only the pauses move.
struct Pauses {
    Time now = start;
    std::vector<Duration> taken;
    std::size_t stop_after = 1'000;

    JobWait wait(Duration limit) {
        return {.deadline = start + limit,
                .expires = 60s,
                .now = [this] { return now; },
                .pause =
                    [this](Duration pause) {
                        now += pause;
                        taken.push_back(pause);
                        return taken.size() < stop_after;
                    }};
    }
};

TEST(PollPause, grows_to_five_seconds) {
    EXPECT_EQ(poll_pause(0), 250ms);
    EXPECT_EQ(poll_pause(2), 1s);
    EXPECT_EQ(poll_pause(6), 5s);
    EXPECT_EQ(poll_pause(1'000'000), 5s);
    for (std::size_t poll = 0; poll < 20; ++poll) {
        EXPECT_LE(poll_pause(poll), poll_pause(poll + 1));
    }
}

TEST(WaitForJob, ends_when_the_job_has_ended) {
    FakeApi api({pending, pending, succeeded});
    Pauses pauses;
    EXPECT_EQ(wait_for_job(api, "j", pauses.wait(5min)), succeeded);
    EXPECT_EQ(pauses.taken, (std::vector<Duration>{250ms, 500ms, 1s}));
    EXPECT_EQ(api.expiries.front(), start + 250ms + 60s) << "each poll is signed for itself";
}

TEST(WaitForJob, returns_a_job_still_pending_at_its_deadline) {
    FakeApi api({pending});
    Pauses pauses;
    EXPECT_EQ(wait_for_job(api, "j", pauses.wait(10s)), pending);
    EXPECT_EQ(pauses.now, start + 10s) << "the last pause is cut to the deadline";
}

TEST(WaitForJob, asks_again_after_an_error_that_may_pass) {
    FakeApi api({inventory::failure("lost", true), pending, inventory::failure("lost", true), succeeded});
    Pauses pauses;
    EXPECT_EQ(wait_for_job(api, "j", pauses.wait(5min)), succeeded);
}

TEST(WaitForJob, ends_at_once_with_an_error_that_will_not_pass) {
    FakeApi api({inventory::failure("no such job", false), succeeded});
    Pauses pauses;
    EXPECT_EQ(wait_for_job(api, "j", pauses.wait(5min)).error().message, "no such job");
}

TEST(WaitForJob, reports_the_error_that_lasted_to_the_deadline) {
    FakeApi api({inventory::failure("lost", true)});
    Pauses pauses;
    EXPECT_EQ(wait_for_job(api, "j", pauses.wait(10s)).error().message, "lost");
}

TEST(WaitForJob, gives_up_when_the_program_stops) {
    FakeApi api({pending});
    Pauses pauses;
    pauses.stop_after = 2;
    EXPECT_EQ(wait_for_job(api, "j", pauses.wait(5min)), pending);
    EXPECT_EQ(api.expiries.size(), 1U);
}

}  // namespace
}  // namespace controller::cloudstack
