#include "exporter/collector_log.hpp"

#include "service/log.hpp"

namespace exporter {

void CollectorLog::note(const inventory::Snapshot& snapshot) {
    for (const auto& report : snapshot.collectors) {
        if (!report.success && failing_.insert(report.collector).second) {
            service::log_warn("a reading fails", {{"collector", report.collector}, {"error", report.error}});
        }
        if (report.success && failing_.erase(report.collector) > 0) {
            service::log_info("a reading succeeds again", {{"collector", report.collector}});
        }
    }
}

}  // namespace exporter
