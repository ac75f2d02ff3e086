#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/support/time.hpp"

namespace inventory {

/// One asynchronous command that somebody gave CloudStack's API for a VM: a row of async_job. CloudStack's
/// own work (HA, power reports) has no such row.
struct VmRequest {
    std::string job_id;      ///< what queryAsyncJobResult asks for
    std::string command;     ///< class without its package: StopVMCmd, StopVMCmdByAdmin, ...
    std::uint64_t user = 0;  ///< user.id of the caller
    std::optional<Time> created;

    bool operator==(const VmRequest&) const = default;

    [[nodiscard]] bool is_of(std::string_view command_class) const {
        return command.starts_with(command_class);
    }
};

/// What CloudStack remembers of a VM beyond its present record.
struct VmPast {
    std::vector<VmRequest>
        requests;  ///< oldest first; CloudStack forgets them after job.expire.minutes (a day)
    std::optional<Time>
        ha_work_done;  ///< when the newest HA work that is Done was taken up; its end is not noted

    bool operator==(const VmPast&) const = default;
};

}  // namespace inventory
