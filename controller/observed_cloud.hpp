#pragma once

#include <mutex>

#include "controller/loop/cloud_view.hpp"
#include "inventory/mariadb/connection.hpp"
#include "inventory/observer/observatory.hpp"

namespace controller {

/// The real CloudView: the observatory, and one connection of its own to look for jobs.
class ObservedCloud : public loop::CloudView {
public:
    /// The observatory must outlive this.
    ObservedCloud(inventory::observer::Observatory& observatory, inventory::mariadb::Server database);

    [[nodiscard]] std::shared_ptr<const inventory::Snapshot> latest() const override;
    inventory::Result<inventory::Snapshot> read_afresh(const std::string& vm_uuid) override;
    inventory::Result<std::optional<loop::FoundJob>> find_job(const std::string& vm_uuid, Command command,
                                                              inventory::Time since) override;
    inventory::Result<inventory::VmPast> read_past(inventory::VmId vm) override;

private:
    inventory::observer::Observatory& observatory_;
    std::mutex mutex_;
    inventory::mariadb::Connection connection_;  ///< guarded by mutex_
};

}  // namespace controller
