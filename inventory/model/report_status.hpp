#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "inventory/model/host.hpp"
#include "inventory/model/vm.hpp"

namespace inventory {

/// How to read a VM's power report: rules R1 to R7 of reference 1.8. The age alone says nothing: CloudStack
/// stops refreshing the time after three equal reports.
enum class ReportStatus {
    fresh,              // R5, or younger than any rule's limit
    missing_countdown,  // R1
    interrupted,        // R2
    missing_unhandled,  // R3
    diverged,           // R4
    unknowable,         // R6
    wrong_host,         // R7
};

/// The word in metrics: "missing_countdown".
std::string_view to_word(ReportStatus status);

/// What a power report is judged with, besides the VM's row.
struct ReportFacts {
    const HostRecord* host = nullptr;      ///< of vm.host; null when it has none
    const HostRecord* reporter = nullptr;  ///< of vm.power_host; null when it has none
    std::optional<bool> manager_alive;     ///< the host's management server is Up with a fresh heartbeat
    std::optional<bool> job_in_progress;   ///< an IN_PROGRESS vm_work_job for the VM
    std::optional<std::chrono::seconds> ping_interval;
};

/// nullopt where no report is due: the VM is recorded as not running and nothing says otherwise.
std::optional<ReportStatus> report_status(const VmRecord& vm, const ReportFacts& facts, Time now);

}  // namespace inventory
