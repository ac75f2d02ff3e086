#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "exporter/collector_log.hpp"
#include "exporter/config.hpp"
#include "exporter/feature_log.hpp"
#include "exporter/host_log.hpp"
#include "exporter/page.hpp"
#include "inventory/observer/observatory.hpp"

namespace exporter {

/// Keeps the pages by the newest configuration without a mistake. A new one takes over without a gap: its
/// observatory starts beside the former one, and only when it has heard every witness do the pages follow it
/// and the former one ends. What was seen to drift goes on since when it did. Thread-safe.
class Lookout {
public:
    using Reader = std::function<inventory::Result<ExporterConfig>()>;
    using Maker = std::function<std::unique_ptr<inventory::observer::Observatory>(const ExporterConfig&)>;

    /// Starts to watch by `config`; `reader` reads it again.
    Lookout(const ExporterConfig& config, Reader reader, Maker maker, inventory::Clock clock);
    ~Lookout();
    Lookout(const Lookout&) = delete;
    Lookout& operator=(const Lookout&) = delete;

    [[nodiscard]] const PageKeeper& pages() const { return *pages_; }
    [[nodiscard]] ConfigFacts config() const;

    /// Reads the configuration again. Wrong: nothing changes, and the error names every mistake. Right: a
    /// sentence about what happens now; the new one takes over in the background.
    inventory::Result<std::string> reload();

private:
    [[nodiscard]] SnapshotSource source_of(const inventory::observer::Observatory& observatory);
    void run(const std::stop_token& stop);
    std::optional<ExporterConfig> wait_for_pending(const std::stop_token& stop);
    void take_over(const ExporterConfig& config, const std::stop_token& stop);
    void refuse(const std::string& why, const std::string& error);

    const Reader reader_;
    const Maker maker_;
    const inventory::Clock clock_;
    const service::ListenAddress listen_;

    std::mutex reload_mutex_;  ///< taken before mutex_, which is never held while a file is read
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    ConfigFacts facts_;                      ///< guarded by mutex_
    std::optional<ExporterConfig> pending_;  ///< guarded by mutex_

    CollectorLog collectors_;  ///< of the pages' thread, as the next
    FeatureLog features_;
    HostLog hosts_;
    std::unique_ptr<inventory::observer::Observatory> observatory_;  ///< of the thread, once that runs
    std::unique_ptr<PageKeeper> pages_;
    std::jthread thread_;  ///< last: it uses all of the above
};

}  // namespace exporter
