#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "controller/cloudstack/api.hpp"
#include "controller/loop/cloud_view.hpp"

namespace test_support {

/// A cloud of many VMs that run until they are destroyed: two hosts to a cluster, one zone; VM 1 to
/// `vms_per_host` stand on host 1, and so on. What is stopped by the API ends at once. Safe from any thread.
class FakeFleet : public controller::loop::CloudView, public controller::cloudstack::Api {
public:
    FakeFleet(inventory::Clock clock, std::uint64_t hosts, std::uint64_t vms_per_host);

    static std::string uuid_of(std::uint64_t vm);

    void destroy(std::uint64_t vm);
    void revive(std::uint64_t vm);
    [[nodiscard]] std::uint64_t stops() const;

    /// Set before any thread begins; called without a lock.
    std::function<void()> on_read_afresh = [] {};
    std::function<void()> on_stop = [] {};
    std::function<controller::loop::MoveReading(const std::string& vm_uuid)> on_read_move =
        [](const std::string&) { return controller::loop::MoveReading{}; };

    [[nodiscard]] std::shared_ptr<const inventory::Snapshot> latest() const override;
    inventory::Result<inventory::Snapshot> read_afresh(const std::string& uuid) override;
    inventory::Result<std::optional<controller::loop::FoundJob>> find_job(const std::string& uuid,
                                                                          controller::Command command,
                                                                          inventory::Time since) override;
    inventory::Result<inventory::VmPast> read_past(inventory::VmId /*vm*/) override {
        return inventory::VmPast{};
    }
    controller::loop::MoveReading read_move(const std::string& uuid,
                                            const controller::MoveTarget& /*target*/) override {
        return on_read_move(uuid);
    }
    controller::cloudstack::Submission assign_virtual_machine(const std::string& /*uuid*/,
                                                              const controller::MoveTarget& /*target*/,
                                                              inventory::Time /*expires_at*/) override {
        return controller::cloudstack::NotSent{"nobody moves VMs of this fleet"};
    }
    controller::cloudstack::Submission stop_virtual_machine(const std::string& uuid, bool forced,
                                                            inventory::Time expires_at) override;
    controller::cloudstack::Submission start_virtual_machine(const std::string& uuid,
                                                             inventory::Time expires_at) override;
    inventory::Result<controller::cloudstack::JobStatus> job_status(const std::string& job_id,
                                                                    inventory::Time expires_at) override;

private:
    [[nodiscard]] inventory::Snapshot compose(const std::function<bool(const std::string&)>& wanted) const;
    [[nodiscard]] inventory::CloudRecords records(
        const std::function<bool(const std::string&)>& wanted) const;

    mutable std::mutex mutex_;
    inventory::Clock clock_;
    std::uint64_t hosts_;
    std::uint64_t vms_per_host_;
    std::set<std::uint64_t> destroyed_;
    std::set<std::string> stopped_;
    std::uint64_t stops_ = 0;
};

}  // namespace test_support
