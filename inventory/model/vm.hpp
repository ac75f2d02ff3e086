#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// vm_instance.state (reference 3.14). `unrecognized` is a word that this version does not know: never acted
/// upon.
enum class VmState {
    starting,
    running,
    stopping,
    stopped,
    destroyed,
    expunging,
    migrating,
    error,
    unknown,
    shutdown,
    restoring,
    unrecognized,
};

/// vm_instance.power_state: what the agent last reported, or that its report lacked the VM
/// (reference 1.1, 1.3).
enum class PowerState { unknown, on, off, report_missing, unrecognized };

/// CloudStack's own word ("Running", "PowerReportMissing"), as it stands in the database.
std::string_view to_word(VmState state);
std::string_view to_word(PowerState state);
VmState parse_vm_state(std::string_view word);
PowerState parse_power_state(std::string_view word);

/// Starting, Stopping or Migrating: a state that a job has to end.
bool is_transition(VmState state);

/// One live row of vm_instance (removed IS NULL), of any type, on KVM. Times are UTC.
struct VmRecord {
    VmId id;
    std::string uuid;           ///< the API's id, and the libvirt domain's UUID for user VMs
    std::string instance_name;  ///< the libvirt domain's name
    std::string type;           ///< User, DomainRouter, ConsoleProxy, SecondaryStorageVm, ...
    std::string account;
    std::string domain_path;
    VmState state = VmState::unrecognized;
    PowerState power_state = PowerState::unrecognized;
    std::optional<std::uint32_t> report_count;  ///< power_state_update_count: stops at 3 for a healthy VM
    std::optional<Time> report_time;            ///< power_state_update_time
    std::optional<Time> update_time;            ///< last change of `state`
    Time created;
    std::uint64_t update_count = 0;  ///< optimistic version of `state` (reference 2.5)
    std::optional<HostId> host;      ///< null when Stopped
    std::optional<HostId> last_host;
    std::optional<HostId> power_host;  ///< host that last reported it
    ZoneId zone;
    bool ha_enabled = false;

    bool operator==(const VmRecord&) const = default;

    /// Since when the report is as it is: report time, else last state change, else creation (#2845).
    [[nodiscard]] Time report_base() const { return report_time.value_or(update_time.value_or(created)); }
};

}  // namespace inventory
