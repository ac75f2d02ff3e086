#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "inventory/support/error.hpp"

namespace inventory::libvirt {

/// A child process whose stdin and stdout are one socket of ours: one descriptor here, none inherited by any
/// other child. The destructor kills and reaps it: no zombie is left.
class WorkerProcess {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    static Result<WorkerProcess> start(const std::string& program, const std::string& argument);

    WorkerProcess(WorkerProcess&& other) noexcept;
    WorkerProcess& operator=(WorkerProcess&& other) noexcept;
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;
    ~WorkerProcess();

    /// Sends the request and returns the next line of up to `longest` bytes, without its newline. After an
    /// error the process is of no further use.
    Result<std::string> ask(std::string_view request, std::size_t longest, Deadline deadline);

    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    WorkerProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

    Status send(std::string_view request) const;
    Status receive(Deadline deadline);
    void end();

    pid_t pid_ = -1;
    int socket_ = -1;
    std::string received_;
};

}  // namespace inventory::libvirt
