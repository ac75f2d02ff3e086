#include "controller/observed_cloud.hpp"

#include <utility>

#include "inventory/mariadb/health_queries.hpp"
#include "inventory/mariadb/move_queries.hpp"
#include "inventory/mariadb/queries.hpp"
#include "service/log.hpp"

namespace controller {
namespace {

/// The class that CloudStack's async_job names for the command (reference 6.4).
std::string_view job_class(Command command) {
    switch (command) {
        case Command::stop_vm:
            return "StopVMCmd";
        case Command::start_vm:
            return "StartVMCmd";
        case Command::assign_vm:
            return "AssignVMCmd";  // synchronous: it never has a job (reference 5.1)
    }
    return {};
}

/// The value, or nothing and a line in the log: what cannot be read is unknown.
template <class T>
std::optional<T> known(inventory::Result<T> value) {
    if (!value) {
        service::log_warn("a fact of a move is unknown", {{"error", value.error().message}});
        return std::nullopt;
    }
    return *std::move(value);
}

inventory::mariadb::DestinationQuestion question_of(const std::string& vm_uuid, const MoveTarget& target) {
    return {vm_uuid, target.account, target.domain_uuid, target.network_uuids};
}

}  // namespace

ObservedCloud::ObservedCloud(inventory::observer::Observatory& observatory,
                             inventory::mariadb::Server database)
    : observatory_(observatory), connection_(std::move(database), inventory::mariadb::Access::read_only) {}

std::shared_ptr<const inventory::Snapshot> ObservedCloud::latest() const {
    return observatory_.latest();
}

inventory::Result<inventory::Snapshot> ObservedCloud::read_afresh(const std::string& vm_uuid) {
    return observatory_.read_afresh(vm_uuid);
}

inventory::Result<std::optional<loop::FoundJob>> ObservedCloud::find_job(const std::string& vm_uuid,
                                                                         Command command,
                                                                         inventory::Time since) {
    const std::lock_guard lock(mutex_);
    const auto rows = inventory::mariadb::read_vms_like(connection_, vm_uuid);
    if (!rows) {
        return inventory::failure("cannot look for a job of VM " + vm_uuid, rows.error());
    }
    for (const auto& row : *rows) {
        if (row.uuid != vm_uuid) {
            continue;
        }
        auto job = inventory::mariadb::find_api_job(connection_, row.id, job_class(command), since);
        if (!job) {
            return tl::unexpected(job.error());
        }
        if (*job) {
            return loop::FoundJob{.job_id = (*job)->uuid};
        }
        return std::nullopt;
    }
    return std::nullopt;
}

inventory::Result<inventory::VmPast> ObservedCloud::read_past(inventory::VmId vm) {
    const std::lock_guard lock(mutex_);
    return inventory::mariadb::read_vm_past(connection_, vm);
}

std::optional<inventory::VmOwnership> ObservedCloud::read_ownership(const std::string& vm_uuid) {
    return known(inventory::mariadb::read_vm_ownership(connection_, vm_uuid)).value_or(std::nullopt);
}

std::optional<inventory::MoveDestination> ObservedCloud::read_destination(const std::string& vm_uuid,
                                                                          const MoveTarget& target) {
    return known(inventory::mariadb::read_move_destination(connection_, question_of(vm_uuid, target)))
        .value_or(std::nullopt);
}

loop::MoveReading ObservedCloud::read_move(const std::string& vm_uuid, const MoveTarget& target) {
    const std::lock_guard lock(mutex_);
    loop::MoveReading reading{.vm = read_ownership(vm_uuid),
                              .destination = read_destination(vm_uuid, target),
                              .sequence_waiters = {},
                              .lock_wait_timeout = {}};
    const auto locks = known(inventory::mariadb::read_innodb_locks(connection_));
    if (locks && !inventory::is_waited_for_elsewhere(*locks, "op_networks")) {
        reading.sequence_waiters = inventory::waiters_per_row(*locks, "op_networks");
    }
    reading.lock_wait_timeout = known(inventory::mariadb::read_lock_wait_timeout(connection_));
    return reading;
}

MoveFacts ObservedCloud::read_preflight(const std::string& vm_uuid, const MoveTarget& target) {
    const std::lock_guard lock(mutex_);
    const auto vm = known(inventory::mariadb::read_vm_ownership(connection_, vm_uuid));
    const auto destination =
        known(inventory::mariadb::read_move_destination(connection_, question_of(vm_uuid, target)));
    MoveFacts facts{.vm = vm.value_or(std::nullopt),
                    .destination = destination.value_or(std::nullopt),
                    .obstacles = {},
                    .is_vm_unreadable = !vm,
                    .is_destination_unreadable = !destination};
    if (facts.vm && facts.destination) {
        facts.obstacles = inventory::mariadb::read_move_obstacles(connection_, *facts.vm, *facts.destination);
    }
    return facts;
}

}  // namespace controller
