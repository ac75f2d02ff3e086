#include <map>
#include <utility>

#include "inventory/mariadb/health_queries.hpp"
#include "inventory/mariadb/lock_names.hpp"
#include "inventory/mariadb/server_kind.hpp"
#include "inventory/support/text.hpp"

namespace inventory::mariadb {
namespace {

constexpr std::size_t longest_session_name = 64;

/// Sessions that wait in GET_LOCK: thread, user, host, microseconds, statement.
constexpr std::string_view waiters_of_mariadb =
    "SELECT ID, USER, HOST, CAST(TIME_MS * 1000 AS SIGNED), INFO FROM information_schema.PROCESSLIST"
    " WHERE STATE = 'User lock'";
constexpr std::string_view waiters_of_mysql =
    "SELECT PROCESSLIST_ID, PROCESSLIST_USER, PROCESSLIST_HOST, PROCESSLIST_TIME * 1000000, PROCESSLIST_INFO"
    " FROM performance_schema.threads WHERE PROCESSLIST_STATE = 'User lock'";

/// Sessions that hold a lock: thread, user, host, microseconds, name.
constexpr std::string_view holders_of_mariadb =
    "SELECT m.THREAD_ID, p.USER, p.HOST, CAST(p.TIME_MS * 1000 AS SIGNED), m.TABLE_SCHEMA"
    " FROM information_schema.METADATA_LOCK_INFO m"
    " LEFT JOIN information_schema.PROCESSLIST p ON p.ID = m.THREAD_ID WHERE m.LOCK_TYPE = 'User lock'";
constexpr std::string_view holders_of_mysql =
    "SELECT t.PROCESSLIST_ID, t.PROCESSLIST_USER, t.PROCESSLIST_HOST, t.PROCESSLIST_TIME * 1000000, "
    "m.OBJECT_NAME"
    " FROM performance_schema.metadata_locks m JOIN performance_schema.threads t ON t.THREAD_ID = "
    "m.OWNER_THREAD_ID"
    " WHERE m.OBJECT_TYPE = 'USER LEVEL LOCK' AND m.LOCK_STATUS = 'GRANTED'";

NamedLockSession session_of(const Row& row) {
    NamedLockSession session;
    session.thread = row.number(0).value_or(0);
    session.user = clean_text(row.text_or(1, ""), longest_session_name);
    session.host = clean_text(row.text_or(2, ""), longest_session_name);
    if (const auto microseconds = row.signed_number(3)) {
        session.in_state = Duration{*microseconds};
    }
    return session;
}

using ByName = std::map<std::string, NamedLock>;

Status read_waiters(Connection& connection, ServerKind kind, ByName& locks) {
    const auto& text = kind == ServerKind::mariadb ? waiters_of_mariadb : waiters_of_mysql;
    return connection.each_row(text, {}, [&locks](const Row& row) {
        const auto name = name_of_lock(row.text_or(4, "")).value_or("");
        locks[name].waiters.push_back(session_of(row));
    });
}

Status read_holders(Connection& connection, ServerKind kind, ByName& locks) {
    const auto& text = kind == ServerKind::mariadb ? holders_of_mariadb : holders_of_mysql;
    return connection.each_row(text, {}, [&locks](const Row& row) {
        locks[clean_text(row.text_or(4, ""), longest_session_name)].holder = session_of(row);
    });
}

/// MariaDB tells of holders through a plugin that is not loaded by itself.
Result<bool> can_tell_holders(Connection& connection, ServerKind kind) {
    if (kind == ServerKind::mysql) {
        return true;
    }
    auto rows = connection.query(
        "SELECT COUNT(*) FROM information_schema.PLUGINS"
        " WHERE PLUGIN_NAME = 'METADATA_LOCK_INFO' AND PLUGIN_STATUS = 'ACTIVE'");
    if (!rows) {
        return failure("cannot read which plugins the server has", rows.error());
    }
    return !rows->empty() && rows->front().number(0) == 1U;
}

}  // namespace

Result<NamedLocks> read_named_locks(Connection& connection) {
    const auto kind = read_server_kind(connection);
    if (!kind) {
        return tl::unexpected(kind.error());
    }
    const auto has_holders = can_tell_holders(connection, *kind);
    if (!has_holders) {
        return tl::unexpected(has_holders.error());
    }
    ByName by_name;
    auto done = read_waiters(connection, *kind, by_name);
    if (done && *has_holders) {
        done = read_holders(connection, *kind, by_name);
    }
    if (!done) {
        return failure("cannot read the named locks", done.error());
    }
    NamedLocks found;
    found.are_holders_known = *has_holders;
    for (auto& [name, lock] : by_name) {
        lock.name = name;
        found.locks.push_back(std::move(lock));
    }
    return found;
}

}  // namespace inventory::mariadb
