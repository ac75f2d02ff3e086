#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "inventory/mariadb/health_queries.hpp"
#include "inventory/mariadb/lock_names.hpp"
#include "inventory/mariadb/server_kind.hpp"
#include "inventory/mariadb/statement_digest.hpp"
#include "inventory/support/text.hpp"

namespace inventory::mariadb {
namespace {

constexpr std::size_t longest_word = 128;

/// Between two statements every session is asleep for an instant.
constexpr Duration least_idle = std::chrono::seconds{2};

/// Who waits for whom.
constexpr std::string_view waits_of_mariadb =
    "SELECT DISTINCT requesting_trx_id, blocking_trx_id FROM information_schema.INNODB_LOCK_WAITS";
constexpr std::string_view waits_of_mysql =
    "SELECT DISTINCT REQUESTING_ENGINE_TRANSACTION_ID, BLOCKING_ENGINE_TRANSACTION_ID"
    " FROM performance_schema.data_lock_waits WHERE ENGINE = 'INNODB'";

// Both give the columns of `TransactionColumn`. InnoDB writes its times in the zone of the server's operating
// system, whatever the session's zone is. They are compared as UTC: between two local times may lie a change
// to summer time.
constexpr std::string_view transactions_of_mariadb =
    "SELECT t.trx_id, t.trx_mysql_thread_id, t.trx_state,"
    " TIMESTAMPDIFF(MICROSECOND, CONVERT_TZ(t.trx_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP(6)),"
    " TIMESTAMPDIFF(MICROSECOND, CONVERT_TZ(t.trx_wait_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP(6)), "
    "t.trx_query,"
    " l.lock_table, l.lock_index, l.lock_mode, l.lock_data,"
    " p.USER, p.HOST, p.COMMAND, CAST(p.TIME_MS * 1000 AS SIGNED), SUBSTRING_INDEX(USER(), '@', 1), "
    "DATABASE()"
    " FROM information_schema.INNODB_TRX t"
    " LEFT JOIN information_schema.INNODB_LOCKS l ON l.lock_id = t.trx_requested_lock_id"
    " LEFT JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id"
    " WHERE t.trx_mysql_thread_id <> CONNECTION_ID()";
// MySQL remembers the last statement of an idle session, and has it without literals. A lock is looked up by
// its id, and only for those that wait: a full list of locks can be long.
constexpr std::string_view transactions_of_mysql =
    "SELECT t.trx_id, t.trx_mysql_thread_id, t.trx_state,"
    " TIMESTAMPDIFF(MICROSECOND, CONVERT_TZ(t.trx_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP(6)),"
    " TIMESTAMPDIFF(MICROSECOND, CONVERT_TZ(t.trx_wait_started, 'SYSTEM', '+00:00'), UTC_TIMESTAMP(6)), "
    "COALESCE(t.trx_query, s.DIGEST_TEXT),"
    " CONCAT('`', l.OBJECT_SCHEMA, '`.`', l.OBJECT_NAME, '`'), l.INDEX_NAME, l.LOCK_MODE, l.LOCK_DATA,"
    " p.PROCESSLIST_USER, p.PROCESSLIST_HOST, p.PROCESSLIST_COMMAND, p.PROCESSLIST_TIME * 1000000,"
    " SUBSTRING_INDEX(USER(), '@', 1), DATABASE()"
    " FROM information_schema.INNODB_TRX t"
    " LEFT JOIN performance_schema.data_locks l"
    "  ON l.ENGINE = 'INNODB' AND l.ENGINE_LOCK_ID = t.trx_requested_lock_id"
    " LEFT JOIN performance_schema.threads p ON p.PROCESSLIST_ID = t.trx_mysql_thread_id"
    " LEFT JOIN performance_schema.events_statements_current s"
    "  ON s.THREAD_ID = p.THREAD_ID AND s.NESTING_EVENT_LEVEL = 0"
    " WHERE t.trx_mysql_thread_id <> CONNECTION_ID()";

struct TransactionColumn {
    enum : std::size_t {
        id,
        thread,
        state,
        age,
        wait_lasted,
        statement,
        lock_table,
        lock_index,
        lock_mode,
        lock_data,
        user,
        host,
        command,
        in_state,
        our_user,
        our_schema,
    };
};

using Blockers = std::map<TransactionId, std::vector<TransactionId>>;

Result<Blockers> read_blockers(Connection& connection, ServerKind kind) {
    Blockers blockers;
    const auto& text = kind == ServerKind::mariadb ? waits_of_mariadb : waits_of_mysql;
    auto done = connection.each_row(text, {}, [&blockers](const Row& row) {
        const auto waiter = row.number(0);
        const auto blocker = row.number(1);
        if (waiter && blocker) {
            blockers[TransactionId{*waiter}].push_back(TransactionId{*blocker});
        }
    });
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return blockers;
}

std::string name_at(const Row& row, std::size_t column) {
    return clean_text(row.text_or(column, ""), longest_word);
}

/// The servers count whole seconds from a time that they have rounded: a moment can look like one to come.
std::optional<Duration> duration_at(const Row& row, std::size_t column) {
    const auto microseconds = row.signed_number(column);
    return microseconds ? std::optional{std::max(Duration::zero(), Duration{*microseconds})} : std::nullopt;
}

SessionState state_of(const Row& row) {
    if (row.text_or(TransactionColumn::state, "") == "LOCK WAIT") {
        return SessionState::waiting;
    }
    if (row.number(TransactionColumn::thread).value_or(0) == 0) {
        return SessionState::detached;
    }
    if (row.is_null(TransactionColumn::command)) {
        return SessionState::unknown;
    }
    if (row.text_or(TransactionColumn::command, "") != "Sleep") {
        return SessionState::running;
    }
    const auto asleep = duration_at(row, TransactionColumn::in_state);
    if (!asleep) {
        return SessionState::unknown;
    }
    return *asleep < least_idle ? SessionState::running : SessionState::idle_in_transaction;
}

LockWait wait_of(const Row& row, std::vector<TransactionId> blockers) {
    LockWait wait;
    const auto name = table_named(row.text_or(TransactionColumn::lock_table, ""));
    wait.schema = name.schema;
    wait.table = name.table;
    wait.is_of_cloud = !name.schema.empty() && name.schema == row.text_or(TransactionColumn::our_schema, "");
    wait.index = name_at(row, TransactionColumn::lock_index);
    wait.mode = name_at(row, TransactionColumn::lock_mode);
    wait.key = shown_key(name, wait.index, row.text_or(TransactionColumn::lock_data, ""));
    wait.lasted = duration_at(row, TransactionColumn::wait_lasted);
    wait.blockers = std::move(blockers);
    return wait;
}

InnodbTransaction transaction_of(const Row& row, Blockers& blockers) {
    InnodbTransaction transaction;
    transaction.id = TransactionId{row.number(TransactionColumn::id).value_or(0)};
    transaction.thread = row.number(TransactionColumn::thread).value_or(0);
    transaction.user = name_at(row, TransactionColumn::user);
    transaction.host = name_at(row, TransactionColumn::host);
    transaction.state = state_of(row);
    transaction.in_state = duration_at(row, TransactionColumn::in_state);
    transaction.statement = statement_digest(row.text_or(TransactionColumn::statement, ""));
    transaction.age = duration_at(row, TransactionColumn::age);
    if (transaction.state == SessionState::waiting) {
        transaction.wait = wait_of(row, std::move(blockers[transaction.id]));
    }
    return transaction;
}

}  // namespace

Result<InnodbLocks> read_innodb_locks(Connection& connection) {
    const auto kind = read_server_kind(connection);
    if (!kind) {
        return tl::unexpected(kind.error());
    }
    // The waits first: one that has ended before the transactions are read then has no one who waits, and a
    // new one nobody whom it waits for; the other way around somebody could be taken for a root who is none.
    auto blockers = read_blockers(connection, *kind);
    if (!blockers) {
        return failure("cannot read InnoDB's lock waits", blockers.error());
    }
    std::set<TransactionId> blocking;
    for (const auto& [waiter, its_blockers] : *blockers) {
        blocking.insert(its_blockers.begin(), its_blockers.end());
    }
    InnodbLocks locks;
    auto done = connection.each_row(
        *kind == ServerKind::mariadb ? transactions_of_mariadb : transactions_of_mysql, {},
        [&](const Row& row) {
            auto transaction = transaction_of(row, *blockers);
            const bool is_ours = transaction.user == name_at(row, TransactionColumn::our_user);
            // Our other sessions read, without a lock. Should one ever be in somebody's
            // way, it is shown.
            if (!is_ours || transaction.wait || blocking.contains(transaction.id)) {
                locks.transactions.push_back(std::move(transaction));
            }
        });
    if (!done) {
        return failure("cannot read InnoDB's transactions", done.error());
    }
    return locks;
}

}  // namespace inventory::mariadb
