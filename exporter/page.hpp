#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "exporter/exposition/exposition.hpp"
#include "exporter/exposition/gzip.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter {

using SnapshotPointer = std::shared_ptr<const inventory::Snapshot>;

/// Series that the limits kept out, added up over all pages since the start; only families that lost some.
using DroppedSeries = std::map<const Family*, std::uint64_t>;

/// One snapshot as it is served: rendered and compressed once, however often it is scraped.
struct Page {
    SnapshotPointer snapshot;  ///< null before the first one
    Exposition exposition;
    std::vector<GzipPart> compressed;  ///< of each block of the exposition
    DroppedSeries dropped;
    std::optional<inventory::Time> records_read_at;
    bool has_looked = false;  ///< the database was read, or could not be
    bool heard_all = false;   ///< every witness once; a host that joins later does not undo it
};

Page make_page(SnapshotPointer snapshot, const PagePlan& plan, std::size_t expected_size);

/// Waits for a snapshot newer than `seen` for at most `limit`; gives the newest either way.
using SnapshotSource = std::function<SnapshotPointer(const SnapshotPointer& seen, inventory::Duration limit)>;

/// Keeps the page of the newest snapshot, on a thread of its own. Thread-safe. In a large cloud a page costs
/// a second of one core, and snapshots come faster: after each page it rests four times as long as that page
/// took.
class PageKeeper {
public:
    PageKeeper(SnapshotSource source, PagePlan plan);

    /// Never null; an empty page before the first snapshot.
    [[nodiscard]] std::shared_ptr<const Page> latest() const;

    /// Waits for a page that tells something (Page::has_looked) for at most `limit`; gives the newest either
    /// way.
    [[nodiscard]] std::shared_ptr<const Page> wait_for_first(inventory::Duration limit) const;

    /// Makes the next pages of another source, by another plan; the last page of the former one is served
    /// meanwhile. Returns when the former source is not asked any more.
    void follow(SnapshotSource source, PagePlan plan);

private:
    struct Course {
        SnapshotSource source;
        PagePlan plan;
    };

    void run(const std::stop_token& stop);
    std::shared_ptr<const Course> take_course();
    void publish(Page page);
    void count_dropped(Page& page);
    void rest(const std::stop_token& stop, inventory::Duration duration);

    mutable std::mutex mutex_;
    mutable std::condition_variable_any changed_;
    std::shared_ptr<const Course> course_;  ///< guarded by mutex_
    std::shared_ptr<const Course> taken_;   ///< what the thread goes by; guarded by mutex_
    std::shared_ptr<const Page> latest_ = std::make_shared<const Page>();  ///< guarded by mutex_
    DroppedSeries dropped_;                                                ///< of the thread alone
    std::set<const Family*> cut_;  ///< families that the last page cut short; of the thread alone
    std::jthread thread_;          ///< last: it uses all of the above
};

}  // namespace exporter
