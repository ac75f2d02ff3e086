#include "exporter/page.hpp"

#include <chrono>
#include <utility>

#include "exporter/readiness.hpp"
#include "service/log.hpp"

namespace exporter {
namespace {

using StopClock = std::chrono::steady_clock;

/// How long the thread waits for a snapshot before it looks whether it shall stop or follow another source.
constexpr inventory::Duration longest_glance = std::chrono::milliseconds{500};
constexpr int rest_per_work = 4;

std::set<const Family*> families_cut(const Exposition& exposition) {
    std::set<const Family*> cut;
    for (const auto& block : exposition.blocks) {
        if (block.dropped > 0) {
            cut.insert(block.family);
        }
    }
    return cut;
}

std::string names_of(const std::set<const Family*>& families) {
    std::set<std::string_view> sorted;
    for (const auto* family : families) {
        sorted.insert(family->name);
    }
    std::string names;
    for (const auto name : sorted) {
        names += names.empty() ? "" : ", ";
        names += name;
    }
    return names;
}

void log_cut(const std::set<const Family*>& cut) {
    if (cut.empty()) {
        service::log_info("every series fits the limits again");
    } else {
        service::log_warn("series are left out: raise exporter.series_limit, disable families or use shards",
                          {{"families", names_of(cut)}});
    }
}

}  // namespace

Page make_page(SnapshotPointer snapshot, const PagePlan& plan, std::size_t expected_size) {
    Page page;
    page.exposition = render(plan, *snapshot, expected_size);
    page.compressed.reserve(page.exposition.blocks.size());
    for (const auto& block : page.exposition.blocks) {
        page.compressed.push_back(gzip_part(page.exposition.text_of(block)));
    }
    if (snapshot->records) {
        page.records_read_at = snapshot->records->read_at;
    }
    page.has_looked = !snapshot->collectors.empty();
    page.heard_all = has_heard_all(*snapshot);
    page.snapshot = std::move(snapshot);
    return page;
}

PageKeeper::PageKeeper(SnapshotSource source, PagePlan plan)
    : course_(std::make_shared<const Course>(Course{std::move(source), std::move(plan)})),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

std::shared_ptr<const Page> PageKeeper::latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
}

std::shared_ptr<const Page> PageKeeper::wait_for_first(inventory::Duration limit) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, limit, [this] { return latest_->has_looked; });
    return latest_;
}

void PageKeeper::follow(SnapshotSource source, PagePlan plan) {
    auto course = std::make_shared<const Course>(Course{std::move(source), std::move(plan)});
    std::unique_lock lock(mutex_);
    course_ = std::move(course);
    changed_.notify_all();
    changed_.wait(lock, [this] { return taken_ == course_; });
}

std::shared_ptr<const PageKeeper::Course> PageKeeper::take_course() {
    const std::lock_guard lock(mutex_);
    taken_ = course_;
    changed_.notify_all();
    return taken_;
}

void PageKeeper::run(const std::stop_token& stop) {
    SnapshotPointer seen;
    std::shared_ptr<const Course> course;
    while (!stop.stop_requested()) {
        const auto former = std::exchange(course, take_course());
        if (course != former) {
            seen.reset();  // its page, should it have been made already, was made by another plan
        }
        const auto newest = course->source(seen, longest_glance);
        if (!newest || newest == seen) {
            continue;
        }
        const auto began = StopClock::now();
        publish(make_page(newest, course->plan, latest()->exposition.text.size()));
        seen = newest;
        const auto work = std::chrono::duration_cast<inventory::Duration>(StopClock::now() - began);
        rest(stop, rest_per_work * work);
    }
}

void PageKeeper::publish(Page page) {
    count_dropped(page);
    const auto former = latest();
    page.has_looked = page.has_looked || former->has_looked;
    page.heard_all = page.heard_all || former->heard_all;
    auto next = std::make_shared<const Page>(std::move(page));
    const std::lock_guard lock(mutex_);
    latest_.swap(next);
    changed_.notify_all();
}

void PageKeeper::count_dropped(Page& page) {
    for (const auto& block : page.exposition.blocks) {
        if (block.dropped > 0) {
            dropped_[block.family] += block.dropped;
        }
    }
    page.dropped = dropped_;
    auto cut = families_cut(page.exposition);
    if (cut != cut_) {
        log_cut(cut);
        cut_ = std::move(cut);
    }
}

void PageKeeper::rest(const std::stop_token& stop, inventory::Duration duration) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, duration, [this] { return taken_ != course_; });
}

}  // namespace exporter
