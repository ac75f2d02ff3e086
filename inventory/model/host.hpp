#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "inventory/support/id.hpp"
#include "inventory/support/time.hpp"

namespace inventory {

/// What CloudStack's out-of-band management says of a host's power: one row of `oobm` (reference 3.11). The
/// management server `reader` reads it over and over, but writes only what has changed: `since` may be old
/// for a reading of this minute, and without its reader the row says nothing any more.
struct PowerReading {
    std::string state;                    ///< On, Off, Unknown, Disabled
    bool enabled = false;                 ///< for this host
    std::optional<Time> since;            ///< when state or reader changed last
    std::optional<std::uint64_t> reader;  ///< msid

    bool operator==(const PowerReading&) const = default;
};

/// One live KVM hypervisor: a row of `host` with type Routing (reference 3.3). Status words are CloudStack's
/// own.
struct HostRecord {
    HostId id;
    std::string uuid;
    std::string name;
    std::string status;          ///< Up, Down, Disconnected, Alert, ... (reference 3.14)
    std::string resource_state;  ///< Enabled, Maintenance, ...
    std::string private_ip;      ///< where its libvirtd listens
    std::optional<ClusterId> cluster;
    ZoneId zone;
    std::optional<std::uint64_t>
        management_server;                ///< msid that owns its agent; null when the connection is lost
    std::optional<std::string> ha_state;  ///< ha_config.ha_state; null when host HA was never configured
    std::optional<PowerReading> power;    ///< null without out-of-band management

    bool operator==(const HostRecord&) const = default;

    [[nodiscard]] bool is_up() const { return status == "Up"; }
};

/// One row of mshost that is not removed (reference 3.5).
struct ManagementServer {
    std::uint64_t msid = 0;
    std::string name;
    std::string state;                ///< Up, Down, ...
    std::optional<Time> last_update;  ///< heartbeat, written every 1.5 s

    bool operator==(const ManagementServer&) const = default;

    /// Up with a heartbeat no older than `heartbeat`. The column holds whole seconds, rounded, so it may run
    /// ahead by one; anything further in the future says that the clocks disagree, and proves nothing.
    [[nodiscard]] bool is_alive(Time now, Duration heartbeat) const {
        return state == "Up" && last_update && *last_update <= now + std::chrono::seconds{1} &&
               now - *last_update <= heartbeat;
    }
};

/// One vm_work_job whose async_job is IN_PROGRESS (reference 3.10), or an API job for a VM that is in
/// progress.
struct VmJob {
    VmId vm;
    std::string command;
    std::optional<Time> created;

    bool operator==(const VmJob&) const = default;
};

/// One row of op_ha_work that is not Done, Cancelled or Error (reference 3.9).
struct HaWork {
    VmId vm;
    std::string type;
    std::string step;
    std::optional<Time> created;

    bool operator==(const HaWork&) const = default;
};

}  // namespace inventory
