#include "controller/journal/schema.hpp"

#include <algorithm>
#include <thread>

#include "controller/journal/migrations.hpp"

namespace controller::journal {
namespace {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::mariadb::Access;
using inventory::mariadb::Connection;
using inventory::mariadb::Server;

/// A migration under way for longer than this was left behind by a controller that died.
constexpr std::int64_t abandoned_after_seconds = 30;
constexpr std::chrono::seconds longest_wait{60};

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
               byte == '_';
    });
}

Status run(Connection& connection, const std::string& statement) {
    return connection.execute(statement).map([](std::uint64_t) {});
}

Result<bool> exists(Connection& connection, const std::string& statement, const std::string& schema) {
    return connection.query(statement, {schema}).map([](const auto& rows) { return !rows.empty(); });
}

/// Through information_schema, which is always there to connect to.
Status create_schema(Server server) {
    const std::string name = server.schema;
    server.schema = "information_schema";
    Connection connection(std::move(server), Access::read_write);
    const auto there =
        exists(connection, "SELECT 1 FROM information_schema.schemata WHERE schema_name = ? LIMIT 1", name);
    if (!there) {
        return tl::unexpected(there.error());
    }
    if (!*there) {
        return run(connection,
                   "CREATE DATABASE IF NOT EXISTS " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    }
    const auto cloudstacks = exists(connection,
                                    "SELECT 1 FROM information_schema.tables WHERE table_schema = ? "
                                    "AND table_name = 'vm_instance' LIMIT 1",
                                    name);
    if (!cloudstacks) {
        return tl::unexpected(cloudstacks.error());
    }
    return *cloudstacks
               ? failure("the schema " + name +
                         " is CloudStack's own, where Warden never writes: give the journal a schema "
                         "of its own (controller.journal.schema)")
               : Status{};
}

Status create_version_table(Connection& connection) {
    return run(connection, R"(CREATE TABLE IF NOT EXISTS schema_version (
        version BIGINT UNSIGNED NOT NULL PRIMARY KEY,
        begun_at DATETIME(6) NOT NULL,
        applied_at DATETIME(6) NULL
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)");
}

Status refuse_newer(Connection& connection) {
    const auto newest = connection.query("SELECT MAX(version) FROM schema_version");
    if (!newest) {
        return tl::unexpected(newest.error());
    }
    const auto found = newest->front().number(0).value_or(0);
    const auto known = all_migrations().back().version;
    return found <= known ? Status{}
                          : failure("the journal's schema is at version " + std::to_string(found) +
                                    ", this controller knows up to " + std::to_string(known) +
                                    ": upgrade the controller");
}

/// True when this migration is ours to carry out: we inserted its row, or took over an abandoned one.
Result<bool> claim(Connection& connection, std::uint64_t version) {
    const auto inserted = connection.execute(
        "INSERT INTO schema_version (version, begun_at) VALUES (?, UTC_TIMESTAMP(6)) "
        "ON DUPLICATE KEY UPDATE version = version",
        {version});
    if (!inserted || *inserted == 1) {
        return inserted.map([](std::uint64_t) { return true; });
    }
    return connection
        .execute(
            "UPDATE schema_version SET begun_at = UTC_TIMESTAMP(6) WHERE version = ? AND applied_at IS NULL "
            "AND begun_at < UTC_TIMESTAMP(6) - INTERVAL ? SECOND",
            {version, abandoned_after_seconds})
        .map([](std::uint64_t rows) { return rows == 1; });
}

Result<bool> is_applied(Connection& connection, std::uint64_t version) {
    return connection
        .query("SELECT 1 FROM schema_version WHERE version = ? AND applied_at IS NOT NULL", {version})
        .map([](const auto& rows) { return !rows.empty(); });
}

Result<bool> is_made(Connection& connection, const Change& change) {
    if (change.adds_column.empty()) {
        return false;
    }
    return connection
        .query(
            "SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND "
            "column_name = ?",
            {std::string(change.table), std::string(change.adds_column)})
        .map([](const auto& rows) { return !rows.empty(); });
}

Status make(Connection& connection, const Change& change) {
    return is_made(connection, change).and_then([&](bool made) {
        return made ? Status{} : run(connection, std::string(change.statement));
    });
}

Status apply(Connection& connection, const Migration& migration) {
    for (const auto& change : migration.changes) {
        if (auto done = make(connection, change); !done) {
            return done;
        }
    }
    return connection
        .execute("UPDATE schema_version SET applied_at = UTC_TIMESTAMP(6) WHERE version = ?",
                 {migration.version})
        .map([](std::uint64_t) {});
}

/// True when the migration is applied, by us just now or by another; false while another is still at it.
Result<bool> try_apply(Connection& connection, const Migration& migration) {
    auto applied = is_applied(connection, migration.version);
    if (!applied || *applied) {
        return applied;
    }
    auto ours = claim(connection, migration.version);
    if (!ours || !*ours) {
        return ours;
    }
    return apply(connection, migration).map([] { return true; });
}

/// Applies the migration, or waits until the controller that does so is done.
Status carry_out(Connection& connection, const Migration& migration) {
    const auto deadline = std::chrono::steady_clock::now() + longest_wait;
    while (std::chrono::steady_clock::now() < deadline) {
        const auto done = try_apply(connection, migration);
        if (!done) {
            return tl::unexpected(done.error());
        }
        if (*done) {
            return {};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{100});  // polls for `applied_at`
    }
    return failure("another controller has not finished migration " + std::to_string(migration.version) +
                       " of the journal's schema within a minute",
                   true);
}

Status migrate(Connection& connection) {
    for (const auto& migration : all_migrations()) {
        if (auto done = carry_out(connection, migration); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace

Status prepare_schema(const Server& server) {
    if (!is_plain_name(server.schema)) {
        return failure("the journal's schema must be named with letters, digits and underscores");
    }
    auto prepared = create_schema(server).and_then([&] {
        Connection connection(server, Access::read_write);
        return create_version_table(connection)
            .and_then([&] { return refuse_newer(connection); })
            .and_then([&] { return migrate(connection); });
    });
    return prepared ? prepared : failure("cannot prepare the journal", prepared.error());
}

}  // namespace controller::journal
