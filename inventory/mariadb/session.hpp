#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "inventory/mariadb/connection.hpp"
#include "inventory/mariadb/server_error.hpp"

struct st_mysql;

namespace inventory::mariadb {

template <class T>
using Answer = tl::expected<T, ServerError>;

using RowVisitor = std::function<void(Row)>;

/// One session on the server from connect to close, already set up: UTC, READ COMMITTED, time limits, and
/// read-only where asked for. It does not reconnect.
class Session {
public:
    static Answer<Session> open(const Server& server, Access access);

    /// Runs one statement and hands each row of its result to `visit`. Afterwards affected_rows() is the
    /// number of rows that it changed.
    Answer<void> run(const std::string& statement, const RowVisitor& visit);

    [[nodiscard]] std::uint64_t affected_rows() const { return affected_rows_; }
    [[nodiscard]] std::uint64_t last_insert_id() const { return last_insert_id_; }

private:
    struct Closer {
        void operator()(st_mysql* mysql) const;
    };
    explicit Session(st_mysql* mysql) : mysql_(mysql) {}

    Answer<void> set_up(const Server& server, Access access);
    [[nodiscard]] ServerError last_error() const;

    std::unique_ptr<st_mysql, Closer> mysql_;
    std::uint64_t affected_rows_ = 0;
    std::uint64_t last_insert_id_ = 0;
};

}  // namespace inventory::mariadb
