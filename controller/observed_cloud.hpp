#pragma once

#include <mutex>

#include "controller/loop/cloud_view.hpp"
#include "controller/model/precondition.hpp"
#include "inventory/mariadb/connection.hpp"
#include "inventory/observer/observatory.hpp"

namespace controller {

/// The real CloudView: the observatory, and one connection of its own for what the observatory does not read.
class ObservedCloud : public loop::CloudView {
public:
    /// The observatory must outlive this.
    ObservedCloud(inventory::observer::Observatory& observatory, inventory::mariadb::Server database);

    [[nodiscard]] std::shared_ptr<const inventory::Snapshot> latest() const override;
    inventory::Result<inventory::Snapshot> read_afresh(const std::string& vm_uuid) override;
    inventory::Result<std::optional<loop::FoundJob>> find_job(const std::string& vm_uuid, Command command,
                                                              inventory::Time since) override;
    inventory::Result<inventory::VmPast> read_past(inventory::VmId vm) override;
    loop::MoveReading read_move(const std::string& vm_uuid, const MoveTarget& target) override;
    /// Everything that the preflight of a move looks at.
    MoveFacts read_preflight(const std::string& vm_uuid, const MoveTarget& target);

private:
    std::optional<inventory::VmOwnership> read_ownership(const std::string& vm_uuid);
    std::optional<inventory::MoveDestination> read_destination(const std::string& vm_uuid,
                                                               const MoveTarget& target);

    inventory::observer::Observatory& observatory_;
    std::mutex mutex_;
    inventory::mariadb::Connection connection_;  ///< guarded by mutex_
};

}  // namespace controller
