#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/mariadb/connection.hpp"
#include "inventory/observer/sources.hpp"

namespace inventory::mariadb {

/// What a reading changes in what is known.
using HealthChange = std::function<void(DatabaseHealth&)>;

/// One reading beside the records. After an attempt that failed, what it found before is unknown, and it is
/// tried again sooner than its interval.
struct HealthCollector {
    std::string_view name;  ///< a literal: the collector's name in the metrics
    Duration interval;
    std::function<Result<HealthChange>(Connection&, Time now)> read;
    HealthChange forget;
};

/// A collector that fills one finding with what one query, `Result<T>(Connection&)`, gives.
template <class T, class Query>
HealthCollector finding(std::string_view name, Duration interval, Finding<T> DatabaseHealth::*member,
                        Query query) {
    return {name, interval,
            [member, query](Connection& connection, Time now) -> Result<HealthChange> {
                auto value = query(connection);
                if (!value) {
                    return tl::unexpected(std::move(value.error()));
                }
                auto found = std::make_shared<const Dated<T>>(Dated<T>{now, std::move(*value)});
                return [member, found](DatabaseHealth& health) { health.*member = found; };
            },
            [member](DatabaseHealth& health) { health.*member = nullptr; }};
}

/// How often each kind of reading is made.
struct HealthPlan {
    Duration locks{std::chrono::seconds{5}};
    Duration sequences{std::chrono::seconds{15}};
    Duration scans{std::chrono::minutes{10}};         ///< those that read whole tables
    Duration scan_timeout{std::chrono::seconds{30}};  ///< for one such statement
};

/// THE lists of readings: the quick ones, and those that read whole tables, which have a session of their own
/// so that they hold up nothing.
std::vector<HealthCollector> quick_collectors(const HealthPlan& plan);
std::vector<HealthCollector> scanning_collectors(const HealthPlan& plan);

/// Runs collectors over one read-only session of its own.
class HealthSource final : public observer::HealthSource {
public:
    HealthSource(Server server, std::vector<HealthCollector> collectors);

    std::vector<observer::HealthNote> read_due(Time now) override;

private:
    struct Scheduled {
        HealthCollector collector;
        std::optional<Time> tried;  ///< when the newest attempt began
        std::optional<Time> last_success;
        bool failed = false;
    };

    [[nodiscard]] static bool is_due(const Scheduled& scheduled, Time now);
    observer::HealthNote read(Scheduled& scheduled, Time now);

    Connection connection_;
    std::vector<Scheduled> scheduled_;
};

}  // namespace inventory::mariadb
