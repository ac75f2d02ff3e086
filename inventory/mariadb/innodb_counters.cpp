#include "inventory/mariadb/health_queries.hpp"

namespace inventory::mariadb {
namespace {

/// Rows of name and value, both as text.
Status read_status(Connection& connection, InnodbCounters& counters) {
    auto done = connection.each_row(
        "SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_row_lock_waits', 'Innodb_row_lock_time')", {},
        [&counters](const Row& row) {
            const auto value = row.number(1);
            if (row.text_or(0, "") == "Innodb_row_lock_waits") {
                counters.row_lock_waits = value;
            } else if (value) {
                counters.row_lock_time = std::chrono::milliseconds{*value};
            }
        });
    if (!done) {
        return failure("cannot read the server's status", done.error());
    }
    return {};
}

/// Each of these counters can be switched off, and then stands still; MariaDB and MySQL have different
/// columns for that, but the times of both tell.
Status read_metrics(Connection& connection, InnodbCounters& counters) {
    auto done = connection.each_row(
        "SELECT NAME, COUNT FROM information_schema.INNODB_METRICS"
        " WHERE NAME IN ('lock_timeouts', 'lock_deadlocks') AND TIME_ENABLED IS NOT NULL AND TIME_DISABLED "
        "IS NULL",
        {}, [&counters](const Row& row) {
            auto& counter =
                row.text_or(0, "") == "lock_timeouts" ? counters.lock_timeouts : counters.deadlocks;
            counter = row.number(1);
        });
    if (!done) {
        return failure("cannot read InnoDB's counters", done.error());
    }
    return {};
}

Status read_setting(Connection& connection, InnodbCounters& counters) {
    auto rows = connection.query("SELECT @@global.innodb_lock_wait_timeout");
    if (!rows) {
        return failure("cannot read the setting innodb_lock_wait_timeout", rows.error());
    }
    const auto seconds = rows->empty() ? std::nullopt : rows->front().number(0);
    if (seconds) {
        counters.lock_wait_timeout = std::chrono::seconds{*seconds};
    }
    return {};
}

}  // namespace

Result<InnodbCounters> read_innodb_counters(Connection& connection) {
    InnodbCounters counters;
    auto status = read_status(connection, counters)
                      .and_then([&] { return read_metrics(connection, counters); })
                      .and_then([&] { return read_setting(connection, counters); });
    if (!status) {
        return tl::unexpected(std::move(status.error()));
    }
    return counters;
}

}  // namespace inventory::mariadb
