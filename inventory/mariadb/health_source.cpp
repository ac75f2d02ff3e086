#include "inventory/mariadb/health_source.hpp"

#include <algorithm>
#include <chrono>

namespace inventory::mariadb {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// A reading that failed is tried again after this, if its interval is longer: its metrics are gone
/// meanwhile.
constexpr Duration retry_interval = std::chrono::seconds{30};

}  // namespace

HealthSource::HealthSource(Server server, std::vector<HealthCollector> collectors)
    : connection_(std::move(server), Access::read_only) {
    for (auto& collector : collectors) {
        scheduled_.push_back(Scheduled{std::move(collector), {}, {}, false});
    }
}

bool HealthSource::is_due(const Scheduled& scheduled, Time now) {
    if (!scheduled.tried) {
        return true;
    }
    const auto interval = scheduled.failed ? std::min(scheduled.collector.interval, retry_interval)
                                           : scheduled.collector.interval;
    // A clock that was put back must not silence a reading for as long.
    return now - *scheduled.tried >= interval || now < *scheduled.tried;
}

observer::HealthNote HealthSource::read(Scheduled& scheduled, Time now) {
    const auto began = SteadyClock::now();
    auto change = scheduled.collector.read(connection_, now);
    scheduled.tried = now;
    scheduled.failed = !change;
    if (change) {
        scheduled.last_success = now;
    }
    observer::HealthNote note;
    note.report.collector = scheduled.collector.name;
    note.report.success = change.has_value();
    note.report.error = change ? "" : change.error().message;
    note.report.took = std::chrono::duration_cast<Duration>(SteadyClock::now() - began);
    note.report.last_success = scheduled.last_success;
    note.change = change ? std::move(*change) : scheduled.collector.forget;
    return note;
}

std::vector<observer::HealthNote> HealthSource::read_due(Time now) {
    std::vector<observer::HealthNote> notes;
    for (auto& scheduled : scheduled_) {
        if (is_due(scheduled, now)) {
            notes.push_back(read(scheduled, now));
        }
    }
    return notes;
}

}  // namespace inventory::mariadb
