#pragma once

#include <optional>
#include <string>

#include "inventory/libvirt/worker_process.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::libvirt {

/// One host's libvirt, asked by a worker process of its own. A worker that has not answered by the deadline
/// is killed, and the next call starts another: a frozen host costs one deadline, never a thread.
class WorkerClient final : public observer::DomainSource {
public:
    explicit WorkerClient(std::string uri, std::string program = worker_program());

    Result<std::vector<Domain>> domains(Duration deadline) override;
    void wait_for_change(Duration limit, const Wakeup& wakeup) override;

    /// The worker that belongs to this program: beside it, or where it was installed.
    static std::string worker_program();

private:
    Status start(WorkerProcess::Deadline deadline);
    Result<std::string> ask(WorkerProcess::Deadline deadline);

    std::string uri_;
    std::string program_;
    std::optional<WorkerProcess> worker_;
    bool has_changed_ = false;  ///< said while the last answer was being made, which may not show it
};

}  // namespace inventory::libvirt
