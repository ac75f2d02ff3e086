#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "controller/model/command.hpp"
#include "controller/model/move.hpp"
#include "inventory/model/snapshot.hpp"
#include "inventory/model/vm_past.hpp"
#include "inventory/support/error.hpp"

namespace controller::loop {

/// An asynchronous job of one command that CloudStack's database holds for a VM.
struct FoundJob {
    std::string job_id;

    bool operator==(const FoundJob&) const = default;
};

/// What moving a VM rests on, read for this call alone. What could not be read is nullopt.
struct MoveReading {
    std::optional<inventory::VmOwnership> vm;
    std::optional<inventory::MoveDestination> destination;
    std::optional<std::map<std::uint64_t, std::size_t>> sequence_waiters;  ///< by id of the network
    std::optional<inventory::Duration> lock_wait_timeout;
};

/// The cloud as the loop sees it. Every call ends within its own deadlines; safe from any thread.
class CloudView {
public:
    virtual ~CloudView() = default;

    /// The shared picture, for first decisions.
    [[nodiscard]] virtual std::shared_ptr<const inventory::Snapshot> latest() const = 0;

    /// Facts read for this call alone, for second decisions and verification: nothing in it is older than the
    /// call.
    virtual inventory::Result<inventory::Snapshot> read_afresh(const std::string& vm_uuid) = 0;

    /// The newest job of this command for the VM that was created at or after `since`; nullopt when there is
    /// none, or when the VM has no live row. This tells, after a crash or a lost answer, whether CloudStack
    /// took our request.
    virtual inventory::Result<std::optional<FoundJob>> find_job(const std::string& vm_uuid, Command command,
                                                                inventory::Time since) = 0;

    /// What CloudStack remembers of the VM, read for this call alone: two look-ups by index.
    virtual inventory::Result<inventory::VmPast> read_past(inventory::VmId vm) = 0;
    /// Whose the VM is, where it shall go, and who waits for the MAC sequences.
    virtual MoveReading read_move(const std::string& vm_uuid, const MoveTarget& target) = 0;
};

}  // namespace controller::loop
