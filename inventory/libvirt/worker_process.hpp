#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "inventory/support/error.hpp"

namespace inventory::libvirt {

/// A child process whose stdin and stdout are one socket of ours: one descriptor here, none inherited by any
/// other child. The destructor kills it with everything that it started (qemu+ssh has an ssh of its own), and
/// reaps it: no zombie is left.
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

    /// The next line, without a request: what it says unasked.
    Result<std::string> next_line(std::size_t longest, Deadline deadline);

    /// Whether a whole line is here already: nothing more need come from the descriptor for it.
    [[nodiscard]] bool has_line() const { return received_.find('\n') != std::string::npos; }

    /// Readable when it has said something, or has ended.
    [[nodiscard]] int descriptor() const { return socket_; }

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
