#include "inventory/libvirt/worker_client.hpp"

#include <filesystem>
#include <system_error>

#include "inventory/libvirt/answer.hpp"

namespace inventory::libvirt {

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
    if (!worker_) {
        auto started = WorkerProcess::start(program_, uri_);
        if (!started) {
            return tl::unexpected(std::move(started.error()));
        }
        worker_ = std::move(*started);
    }
    auto line = worker_->ask(list_request, longest_answer, until);
    if (!line) {
        worker_.reset();
        return failure(uri_ + " (asked for up to " + to_words(deadline) + ")", line.error());
    }
    auto domains = parse_answer(*line);
    if (!domains) {
        // The next call begins with a new worker: nothing of one that failed is relied upon.
        worker_.reset();
    }
    return domains;
}

}  // namespace inventory::libvirt
