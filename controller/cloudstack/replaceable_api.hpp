#pragma once

#include <memory>
#include <mutex>

#include "controller/cloudstack/api.hpp"

namespace controller::cloudstack {

/// An Api whose keys and address may change while it is used: a call that has begun ends with the one that it
/// began with.
class ReplaceableApi final : public Api {
public:
    explicit ReplaceableApi(std::shared_ptr<Api> api) : api_(std::move(api)) {}

    void replace(std::shared_ptr<Api> api) {
        const std::lock_guard lock(mutex_);
        api_ = std::move(api);
    }

    Submission stop_virtual_machine(const std::string& vm_uuid, bool forced,
                                    inventory::Time expires_at) override {
        return current()->stop_virtual_machine(vm_uuid, forced, expires_at);
    }
    Submission start_virtual_machine(const std::string& vm_uuid, inventory::Time expires_at) override {
        return current()->start_virtual_machine(vm_uuid, expires_at);
    }
    Submission assign_virtual_machine(const std::string& vm_uuid, const MoveTarget& target,
                                      inventory::Time expires_at) override {
        return current()->assign_virtual_machine(vm_uuid, target, expires_at);
    }
    inventory::Result<JobStatus> job_status(const std::string& job_id, inventory::Time expires_at) override {
        return current()->job_status(job_id, expires_at);
    }

private:
    std::shared_ptr<Api> current() {
        const std::lock_guard lock(mutex_);
        return api_;
    }

    std::mutex mutex_;
    std::shared_ptr<Api> api_;  ///< guarded by mutex_
};

}  // namespace controller::cloudstack
