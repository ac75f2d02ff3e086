#include "controller/observed_cloud.hpp"

#include <utility>

#include "inventory/mariadb/queries.hpp"

namespace controller {
namespace {

/// The class that CloudStack's async_job names for the command (reference 6.4).
std::string_view job_class(Command command) {
    switch (command) {
        case Command::stop_vm:
            return "StopVMCmd";
        case Command::start_vm:
            return "StartVMCmd";
    }
    return {};
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

}  // namespace controller
