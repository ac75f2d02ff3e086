#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "exporter/exposition/exposition.hpp"
#include "exporter/exposition/gzip.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter {

/// One snapshot as it is served: rendered and compressed once, however often it is scraped.
struct Page {
    Exposition exposition;
    GzipBeginning compressed;
    std::optional<inventory::Time> records_read_at;
    bool heard_all = false;  ///< every witness once; a host that joins later does not undo it
};

Page make_page(const inventory::Snapshot& snapshot, std::size_t expected_size);

/// Waits for a snapshot newer than `seen` for at most `limit`; gives the newest either way.
using SnapshotSource = std::function<std::shared_ptr<const inventory::Snapshot>(
    const std::shared_ptr<const inventory::Snapshot>& seen, inventory::Duration limit)>;

/// Keeps the page of the newest snapshot, on a thread of its own. Thread-safe. In a large cloud a page costs
/// a second of one core, and snapshots come faster: after each page it rests four times as long as that page
/// took.
class PageKeeper {
public:
    explicit PageKeeper(SnapshotSource source);

    /// Never null; an empty page before the first snapshot.
    [[nodiscard]] std::shared_ptr<const Page> latest() const;

private:
    void run(const std::stop_token& stop);
    void publish(Page page);
    void rest(const std::stop_token& stop, inventory::Duration duration);

    SnapshotSource source_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::shared_ptr<const Page> latest_ = std::make_shared<const Page>();
    std::jthread thread_;  ///< last: it uses all of the above
};

}  // namespace exporter
