#pragma once

#include <string_view>

#include "controller/cloudstack/api.hpp"

namespace controller::cloudstack {

/// What CloudStack answered on the wire: nothing in it is believed yet.
struct HttpAnswer {
    int status = 0;
    std::string body;
};

/// The answer to an asynchronous command (reference 6.3). What is neither an acceptance of this very command
/// nor an error in CloudStack's own form is Unknown, whatever its status.
Submission read_submission(std::string_view command, const HttpAnswer& answer);

/// The answer to queryAsyncJobResult (reference 6.4).
inventory::Result<JobStatus> read_job_status(const HttpAnswer& answer);

}  // namespace controller::cloudstack
