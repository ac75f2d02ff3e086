#include "inventory/libvirt/worker_client.hpp"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <system_error>

#include "inventory/libvirt/answer.hpp"
#include "inventory/support/text.hpp"

namespace inventory::libvirt {
namespace {

/// Once its first byte is there: the worker writes it whole.
constexpr std::chrono::seconds for_a_notice{1};

/// To start a worker takes a processor some ten milliseconds: a thousand at once, after a network came back,
/// would all be late and killed, again and again. No host's silence holds up a turn.
class Turns {
public:
    bool take(WorkerProcess::Deadline deadline) {
        std::unique_lock lock{mutex_};
        const bool is_free = given_back_.wait_until(lock, deadline, [this] { return left_ > 0; });
        left_ -= is_free ? 1 : 0;
        return is_free;
    }
    void give_back() {
        const std::lock_guard lock{mutex_};
        ++left_;
        given_back_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable given_back_;
    int left_ = 8;
};

Turns& all_turns() {
    static Turns turns;
    return turns;
}

class Turn {
public:
    explicit Turn(WorkerProcess::Deadline deadline) : has_come_(all_turns().take(deadline)) {}
    ~Turn() {
        if (has_come_) {
            all_turns().give_back();
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    [[nodiscard]] bool has_come() const { return has_come_; }

private:
    bool has_come_;
};

}  // namespace

std::string WorkerClient::worker_program() {
    constexpr const char* name = "warden-libvirt-worker";
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error) {
        const auto beside = self.parent_path() / name;
        if (std::filesystem::exists(beside, error)) {
            return beside;
        }
    }
    return std::filesystem::path{WARDEN_LIBEXEC_DIR} / name;
}

WorkerClient::WorkerClient(std::string uri, std::string program)
    : uri_(std::move(uri)), program_(std::move(program)) {}

Result<std::vector<Domain>> WorkerClient::domains(Duration deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    if (auto started = worker_ ? Status{} : start(until); !started) {
        return tl::unexpected(std::move(started.error()));
    }
    auto line = ask(until);
    if (!line) {
        worker_.reset();
        return failure(uri_ + " (asked for up to " + to_words(deadline) + ")", line.error());
    }
    auto answer = parse_answer(*line);
    if (!answer) {
        // The next call begins with a new worker: nothing of one that is not understood is relied upon.
        worker_.reset();
        return tl::unexpected(std::move(answer.error()));
    }
    return std::move(*answer);
}

Status WorkerClient::start(WorkerProcess::Deadline deadline) {
    const Turn turn{deadline};
    if (!turn.has_come()) {
        return failure(uri_ + ": not asked in time, because too many workers are being started", true);
    }
    auto started = WorkerProcess::start(program_, uri_);
    if (!started) {
        return tl::unexpected(std::move(started.error()));
    }
    const auto line = started->next_line(longest_answer, deadline);
    if (!line) {
        return failure(program_ + " does not start", line.error());
    }
    if (*line != ready_notice) {
        return failure(program_ + " does not start: it says " + clean_text(*line, 200), true);
    }
    worker_ = std::move(*started);
    return {};
}

Result<std::string> WorkerClient::ask(WorkerProcess::Deadline deadline) {
    has_changed_ = false;
    auto line = worker_->ask(list_request, longest_answer, deadline);
    while (line && *line == change_notice) {
        has_changed_ = true;
        line = worker_->next_line(longest_answer, deadline);
    }
    return line;
}

void WorkerClient::wait_for_change(Duration limit, const Wakeup& wakeup) {
    using Reason = Wakeup::Reason;
    if (has_changed_) {
        return;
    }
    const auto until = std::chrono::steady_clock::now() + limit;
    if (worker_) {
        if (!worker_->has_line() && wakeup.wait_for(worker_->descriptor(), limit) != Reason::readable) {
            return;
        }
        const auto line = worker_->next_line(longest_answer, std::chrono::steady_clock::now() + for_a_notice);
        if (line && *line == change_notice) {
            return;
        }
        worker_.reset();
    }
    // Without a worker there is nobody to tell. To start the next one at once, too, would be to start one
    // after the other where each of them dies.
    wakeup.wait(std::chrono::duration_cast<Duration>(until - std::chrono::steady_clock::now()));
}

}  // namespace inventory::libvirt
