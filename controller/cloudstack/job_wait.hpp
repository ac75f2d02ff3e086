#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "controller/cloudstack/api.hpp"

namespace controller::cloudstack {

/// How long to pause before poll number `poll` (0 is the first): most stops are done in a second or two, so
/// the first looks are quick; a long job is asked for every 5 s.
inventory::Duration poll_pause(std::size_t poll);

struct JobWait {
    inventory::Time deadline;                        ///< no poll begins after it
    inventory::Duration expires;                     ///< validity of each poll's signature
    inventory::Clock now;                            ///< the edge's clock
    std::function<bool(inventory::Duration)> pause;  ///< false: give up, the program is stopping
};

/// Follows a job to its end. A job still `pending` at the deadline (or when the pause was cut short) is
/// returned as such: it goes on without us. An Error that will not pass ends the wait at once; others are
/// asked again until the deadline.
inventory::Result<JobStatus> wait_for_job(Api& api, const std::string& job_id, const JobWait& wait);

}  // namespace controller::cloudstack
