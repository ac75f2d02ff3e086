#pragma once

#include <optional>
#include <string>
#include <variant>

#include "controller/model/move.hpp"
#include "inventory/support/error.hpp"
#include "inventory/support/time.hpp"

namespace controller::cloudstack {

/// CloudStack took the command; `job_id` follows its asynchronous job (empty when it answered at once).
struct Accepted {
    std::string job_id;

    bool operator==(const Accepted&) const = default;
};

/// CloudStack answered that it did nothing: an error code of reference 6.3. `retryable` for throttling and
/// for the codes that may pass (429, 533, 534).
struct Refused {
    int error_code = 0;
    std::string text;
    bool retryable = false;

    bool operator==(const Refused&) const = default;
};

/// The request cannot have reached CloudStack: the connection was never made.
struct NotSent {
    std::string reason;

    bool operator==(const NotSent&) const = default;
};

/// Nobody knows whether CloudStack took the command: no answer in time, a connection lost half-way, an empty
/// body with 200 (reference 6.3), an answer that cannot be read. Only the world can tell.
struct Unknown {
    std::string reason;

    bool operator==(const Unknown&) const = default;
};

using Submission = std::variant<Accepted, Refused, NotSent, Unknown>;

enum class JobState { pending, succeeded, failed };

struct JobStatus {
    JobState state = JobState::pending;
    int result_code = 0;
    std::string text;

    bool operator==(const JobStatus&) const = default;
};

/// CloudStack's management API in our words (reference section 6). Every call ends within the client's
/// deadline. Safe from any thread.
class Api {
public:
    virtual ~Api() = default;

    /// stopVirtualMachine. `expires_at`: CloudStack refuses the request when it arrives later
    /// (signatureVersion=3).
    virtual Submission stop_virtual_machine(const std::string& vm_uuid, bool forced,
                                            inventory::Time expires_at) = 0;

    /// startVirtualMachine, on a host of CloudStack's choice. `expires_at` as above.
    virtual Submission start_virtual_machine(const std::string& vm_uuid, inventory::Time expires_at) = 0;

    /// assignVirtualMachine. Synchronous (reference 5.1): it answers when the move has ended, which may take
    /// minutes, and an accepted one has no job.
    virtual Submission assign_virtual_machine(const std::string& vm_uuid, const MoveTarget& target,
                                              inventory::Time expires_at) = 0;

    /// queryAsyncJobResult. An unknown job (431) is an Error that is not retryable.
    virtual inventory::Result<JobStatus> job_status(const std::string& job_id,
                                                    inventory::Time expires_at) = 0;
};

}  // namespace controller::cloudstack
