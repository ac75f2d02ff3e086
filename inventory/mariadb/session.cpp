#include "inventory/mariadb/session.hpp"

#include <algorithm>
#include <mutex>

#include <mysql.h>

namespace inventory::mariadb {
namespace {

/// The library must be initialised once before the first thread uses it, and told when a thread that used it
/// ends.
void prepare_library() {
    static std::once_flag once;
    std::call_once(once, [] { mysql_library_init(0, nullptr, nullptr); });
    struct ThreadEnd {
        ThreadEnd() = default;
        ThreadEnd(const ThreadEnd&) = delete;
        ThreadEnd& operator=(const ThreadEnd&) = delete;
        ~ThreadEnd() { mysql_thread_end(); }
    };
    thread_local const ThreadEnd at_thread_end;
    (void)at_thread_end;
}

unsigned whole_seconds(Duration duration) {
    return static_cast<unsigned>(
        std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(duration).count()));
}

/// The library waits for ever unless told otherwise, and would send local files to a server that asks.
void set_options(MYSQL* mysql, const Server& server) {
    const unsigned connect = whole_seconds(server.timeout);
    const unsigned transfer = connect + 1;
    const unsigned protocol = MYSQL_PROTOCOL_TCP;
    const unsigned off = 0;
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
    mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &transfer);
    mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &transfer);
    mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    const my_bool reconnect = 0;
    mysql_options(mysql, MYSQL_OPT_RECONNECT, &reconnect);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
}

std::string statement_limit(bool is_mariadb, Duration timeout) {
    if (is_mariadb) {
        return "max_statement_time=" + std::to_string(to_seconds(timeout));
    }
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    return "max_execution_time=" + std::to_string(milliseconds);
}

/// A reader waits for nobody's locks. A writer's lock wait ends before the statement's own limit, so that the
/// error says what it waited for.
std::string lock_limits(Access access, Duration timeout) {
    if (access == Access::read_only) {
        return "lock_wait_timeout=2, innodb_lock_wait_timeout=1";
    }
    const auto seconds = std::to_string(std::max(1U, whole_seconds(timeout) - 1));
    return "lock_wait_timeout=" + seconds + ", innodb_lock_wait_timeout=" + seconds;
}

/// A writer that falls silent in the middle of a transaction (a frozen process) gives its locks back soon.
/// MySQL can only end any session that says nothing, so there it gets longer: the next statement connects
/// again.
std::string silence_limits(bool is_mariadb, Duration timeout) {
    constexpr unsigned patience = 3;
    const auto seconds = whole_seconds(timeout);
    return is_mariadb ? "idle_transaction_timeout=" + std::to_string(seconds)
                      : "wait_timeout=" + std::to_string(patience * seconds);
}

Row row_of(MYSQL_RES* result, MYSQL_ROW fields) {
    const unsigned count = mysql_num_fields(result);
    const unsigned long* lengths = mysql_fetch_lengths(result);
    std::vector<std::optional<std::string>> columns(count);
    for (unsigned i = 0; i < count; ++i) {
        if (fields[i] != nullptr) {
            columns[i].emplace(fields[i], lengths[i]);
        }
    }
    return Row{std::move(columns)};
}

}  // namespace

void Session::Closer::operator()(st_mysql* mysql) const {
    mysql_close(mysql);
}

ServerError Session::last_error() const {
    return ServerError{mysql_errno(mysql_.get()), mysql_error(mysql_.get())};
}

Answer<Session> Session::open(const Server& server, Access access) {
    prepare_library();
    MYSQL* mysql = mysql_init(nullptr);
    if (mysql == nullptr) {
        return tl::unexpected(ServerError{2008, "out of memory"});
    }
    Session session{mysql};
    set_options(mysql, server);
    if (mysql_real_connect(mysql, server.host.c_str(), server.user.c_str(), server.password.reveal().c_str(),
                           server.schema.c_str(), server.port, nullptr, 0) == nullptr) {
        return tl::unexpected(session.last_error());
    }
    if (auto done = session.set_up(server, access); !done) {
        return tl::unexpected(done.error());
    }
    return session;
}

Answer<void> Session::set_up(const Server& server, Access access) {
    const bool is_mariadb = mariadb_connection(mysql_.get()) != 0;
    // The SQL mode is set because the literals that we write rely on backslash escapes.
    const std::string variables =
        "SET SESSION autocommit=1, time_zone='+00:00', "
        "sql_mode='STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', " +
        statement_limit(is_mariadb, server.timeout) + ", " + lock_limits(access, server.timeout) +
        (access == Access::read_write ? ", " + silence_limits(is_mariadb, server.timeout) : "");
    const std::string transactions = access == Access::read_only
                                         ? "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY"
                                         : "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    const auto nothing = [](const Row&) {};
    return run(variables, nothing).and_then([&] { return run(transactions, nothing); });
}

Answer<void> Session::run(const std::string& statement, const RowVisitor& visit) {
    prepare_library();
    if (mysql_real_query(mysql_.get(), statement.data(), static_cast<unsigned long>(statement.size())) != 0) {
        return tl::unexpected(last_error());
    }
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result{mysql_use_result(mysql_.get()),
                                                                          &mysql_free_result};
    if (!result) {
        if (mysql_errno(mysql_.get()) != 0) {
            return tl::unexpected(last_error());
        }
        affected_rows_ = mysql_affected_rows(mysql_.get());
        if (const auto id = mysql_insert_id(mysql_.get()); id != 0) {
            last_insert_id_ = id;
        }
        return {};
    }
    while (MYSQL_ROW fields = mysql_fetch_row(result.get())) {
        visit(row_of(result.get(), fields));
    }
    // The end of the rows and a broken stream look alike; only the error number tells.
    if (mysql_errno(mysql_.get()) != 0) {
        return tl::unexpected(last_error());
    }
    return {};
}

}  // namespace inventory::mariadb
