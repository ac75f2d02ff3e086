#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"
#include "inventory/support/time.hpp"

namespace inventory::mariadb {

/// How to reach a database server. `timeout` bounds the connect and each statement on the server; the client
/// waits one second longer, so that a slow statement ends with the server's error and keeps the session.
struct Server {
    std::string host;
    std::uint16_t port = 3306;
    std::string user;
    Secret password;
    std::string schema;
    Duration timeout{std::chrono::seconds{5}};
};

enum class Access {
    read_only,   ///< the session refuses writes; READ COMMITTED; never takes a row lock
    read_write,  ///< for the journal's own schema; a transaction that falls silent is ended (session.cpp)
};

/// A parameter of a statement; nullopt is NULL, a Time is written as UTC DATETIME(6).
using Parameter = std::variant<std::nullptr_t, std::string, std::int64_t, std::uint64_t, double, Time>;

/// One row of a result, by column index. A getter for a column that is NULL, or not of that type, gives
/// nullopt.
class Row {
public:
    explicit Row(std::vector<std::optional<std::string>> columns) : columns_(std::move(columns)) {}

    [[nodiscard]] bool is_null(std::size_t column) const { return !columns_.at(column).has_value(); }
    [[nodiscard]] const std::optional<std::string>& text(std::size_t column) const {
        return columns_.at(column);
    }
    [[nodiscard]] std::string text_or(std::size_t column, std::string_view otherwise) const;
    [[nodiscard]] std::optional<std::uint64_t> number(std::size_t column) const;
    [[nodiscard]] std::optional<std::int64_t> signed_number(std::size_t column) const;
    [[nodiscard]] std::optional<double> real(std::size_t column) const;
    [[nodiscard]] std::optional<Time> time(std::size_t column) const;  ///< DATETIME, read as UTC

private:
    std::vector<std::optional<std::string>> columns_;
};

/// One session, set up anew at each connect (UTC time zone, time limits, isolation); it never reconnects
/// behind the caller's back, since that would lose the session's settings and locks. After any error that
/// breaks it, the next statement connects again. One thread at a time.
class Connection {
public:
    Connection(Server server, Access access);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;

    /// `?` in the statement stands for the next parameter. Errors name the server and what was wrong, never a
    /// secret.
    Result<std::vector<Row>> query(std::string_view statement,
                                   std::initializer_list<Parameter> parameters = {});
    Result<std::vector<Row>> query(std::string_view statement, const std::vector<Parameter>& parameters);

    /// Hands each row to `visit` as it arrives, for results too large to hold twice.
    Status each_row(std::string_view statement, const std::vector<Parameter>& parameters,
                    const std::function<void(Row)>& visit);

    /// Rows that the statement changed.
    Result<std::uint64_t> execute(std::string_view statement,
                                  std::initializer_list<Parameter> parameters = {});

    /// Id of the row that the last INSERT of this session made.
    [[nodiscard]] std::uint64_t last_insert_id() const;

    /// A transaction that lost its session, or that the server rolled back (deadlock, lock wait or statement
    /// timeout), refuses every further statement until rollback(): nothing of it can be committed by halves.
    Status begin();
    /// An error of commit() that is not certain to have failed says so in its message and is not retryable:
    /// read again what was written before a retry.
    Status commit();
    /// Best effort: a session that cannot roll back is closed, which rolls back too.
    void rollback();

private:
    class Handle;
    std::unique_ptr<Handle> handle_;
};

/// BEGIN ... COMMIT in a scope: rolls back unless commit() was called.
class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_(connection) {}
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Status begin();
    Status commit();

private:
    Connection& connection_;
    bool open_ = false;
};

}  // namespace inventory::mariadb
