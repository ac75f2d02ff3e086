#include "controller/cloudstack/job_wait.hpp"

#include <algorithm>
#include <array>

namespace controller::cloudstack {

using inventory::Duration;
using inventory::Result;

Duration poll_pause(std::size_t poll) {
    using namespace std::chrono_literals;
    static constexpr std::array<Duration, 7> pauses{250ms, 500ms, 1s, 1s, 2s, 3s, 5s};
    return pauses.at(std::min(poll, pauses.size() - 1));
}

Result<JobStatus> wait_for_job(Api& api, const std::string& job_id, const JobWait& wait) {
    Result<JobStatus> seen = JobStatus{};
    for (std::size_t poll = 0;; ++poll) {
        const auto left = wait.deadline - wait.now();
        if (left <= Duration::zero() || !wait.pause(std::min(poll_pause(poll), left))) {
            return seen;
        }
        seen = api.job_status(job_id, wait.now() + wait.expires);
        const bool settled = seen ? seen->state != JobState::pending : !seen.error().retryable;
        if (settled) {
            return seen;
        }
    }
}

}  // namespace controller::cloudstack
