#include "exporter/lookout.hpp"

#include <chrono>
#include <system_error>
#include <utility>

#include "exporter/readiness.hpp"
#include "exporter/watch.hpp"
#include "service/log.hpp"

namespace exporter {
namespace {

using inventory::Duration;
using inventory::observer::Observatory;
using StopClock = std::chrono::steady_clock;

/// How long the thread waits for a snapshot before it looks whether it shall stop.
constexpr Duration glance = std::chrono::milliseconds{500};

/// Waits until every witness was heard once, and what they disagree on was looked at again; until the
/// database has failed; or until they have had their time.
void wait_until_heard(const Observatory& observatory, Duration longest, const std::stop_token& stop) {
    const auto deadline = StopClock::now() + longest;
    auto snapshot = observatory.latest();
    const auto is_unfinished = [](const inventory::Snapshot& seen) {
        return !has_database_failed(seen) && (!has_heard_all(seen) || awaits_another_look(seen));
    };
    while (is_unfinished(*snapshot) && StopClock::now() < deadline && !stop.stop_requested()) {
        snapshot = observatory.wait_for_newer(snapshot, glance);
    }
}

}  // namespace

Lookout::Lookout(const ExporterConfig& config, Reader reader, Maker maker, inventory::Clock clock)
    : reader_(std::move(reader)),
      maker_(std::move(maker)),
      clock_(std::move(clock)),
      listen_(config.listen),
      facts_{config.hash, true, clock_()},
      observatory_(maker_(config)) {
    observatory_->start();
    pages_ = std::make_unique<PageKeeper>(source_of(*observatory_), config.page);
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

/// The pages end before the observatory that they ask.
Lookout::~Lookout() {
    thread_.request_stop();
    thread_.join();
    pages_.reset();
}

ConfigFacts Lookout::config() const {
    const std::lock_guard lock(mutex_);
    return facts_;
}

inventory::Result<std::string> Lookout::reload() {
    // Of two readings at the same time, the one that saw the older file could otherwise be noted last.
    const std::lock_guard one_at_a_time(reload_mutex_);
    auto config = reader_();
    const std::lock_guard lock(mutex_);
    facts_.last_read_good = config.has_value();
    if (!config) {
        service::log_error("the configuration stays as it was", {{"mistakes", config.error().message}});
        return tl::unexpected(std::move(config.error()));
    }
    std::string sentence = "the configuration was read; it takes over once every host has been heard";
    if (to_text(config->listen) != to_text(listen_)) {
        sentence +=
            "; exporter.listen is read at the start only: restart to serve on " + to_text(config->listen);
    }
    service::log_info(sentence);
    facts_.read_at = clock_();
    pending_ = std::move(*config);
    changed_.notify_all();
    return sentence;
}

SnapshotSource Lookout::source_of(const Observatory& observatory) {
    return [this, &observatory](const auto& seen, auto limit) {
        auto newest = observatory.wait_for_newer(seen, limit);
        collectors_.note(*newest);
        features_.note(*newest);
        hosts_.note(*newest);
        return newest;
    };
}

std::optional<ExporterConfig> Lookout::wait_for_pending(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [this] { return pending_.has_value(); });
    return std::exchange(pending_, std::nullopt);
}

void Lookout::run(const std::stop_token& stop) {
    while (const auto next = wait_for_pending(stop)) {
        try {
            take_over(*next, stop);
        } catch (const std::system_error& error) {
            refuse("no thread can be started for it", error.what());
        }
    }
}

void Lookout::refuse(const std::string& why, const std::string& error) {
    service::log_error("the new configuration does not take over: " + why, {{"error", error}});
    const std::lock_guard lock(mutex_);
    // One that was read meanwhile speaks for itself.
    if (!pending_) {
        facts_.last_read_good = false;
    }
}

void Lookout::take_over(const ExporterConfig& config, const std::stop_token& stop) {
    auto successor = maker_(config);
    successor->start();
    wait_until_heard(*successor, longest_look(config.cloud), stop);
    if (stop.stop_requested()) {
        return;
    }
    if (!successor->latest()->records && observatory_->latest()->records) {
        refuse("by it the database cannot be read", successor->latest()->database_error);
        return;
    }
    successor->continue_from(observatory_->latest());
    pages_->follow(source_of(*successor), config.page);
    std::swap(observatory_, successor);
    {
        const std::lock_guard lock(mutex_);
        facts_.hash = config.hash;
    }
    service::log_info("the new configuration has taken over");
}

}  // namespace exporter
