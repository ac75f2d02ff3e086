#include "exporter/page.hpp"

#include <chrono>
#include <utility>

#include "exporter/families/families.hpp"
#include "exporter/readiness.hpp"

namespace exporter {
namespace {

using StopClock = std::chrono::steady_clock;

/// How long the thread waits for a snapshot before it looks whether it shall stop.
constexpr inventory::Duration glance = std::chrono::milliseconds{500};
constexpr int rest_per_work = 4;

}  // namespace

Page make_page(const inventory::Snapshot& snapshot, std::size_t expected_size) {
    Page page;
    page.exposition = render(families::all(), snapshot, expected_size);
    page.compressed = gzip_begin(page.exposition.text);
    if (snapshot.records) {
        page.records_read_at = snapshot.records->read_at;
    }
    page.heard_all = has_heard_all(snapshot);
    return page;
}

PageKeeper::PageKeeper(SnapshotSource source)
    : source_(std::move(source)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

std::shared_ptr<const Page> PageKeeper::latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

void PageKeeper::run(const std::stop_token& stop) {
    std::shared_ptr<const inventory::Snapshot> seen;
    while (!stop.stop_requested()) {
        const auto newest = source_(seen, glance);
        if (newest == seen) {
            continue;
        }
        const auto began = StopClock::now();
        publish(make_page(*newest, latest()->exposition.text.size()));
        seen = newest;
        const auto work = std::chrono::duration_cast<inventory::Duration>(StopClock::now() - began);
        rest(stop, rest_per_work * work);
    }
}

void PageKeeper::publish(Page page) {
    page.heard_all = page.heard_all || latest()->heard_all;
    auto next = std::make_shared<const Page>(std::move(page));
    const std::lock_guard lock(mutex_);
    latest_.swap(next);
}

void PageKeeper::rest(const std::stop_token& stop, inventory::Duration duration) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, duration, [] { return false; });
}

}  // namespace exporter
