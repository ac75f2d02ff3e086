#include "controller/journal/mariadb_lease.hpp"

#include "controller/journal/schema.hpp"

namespace controller::journal {
namespace {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::mariadb::Access;
using inventory::mariadb::Connection;
using inventory::mariadb::Parameter;
using inventory::mariadb::Row;

Result<LeaseRow> to_lease(const Row& row) {
    const auto token = row.number(1);
    const auto taken_at = row.time(2);
    const auto expires_at = row.time(3);
    const auto read_at = row.time(4);
    if (!token || !taken_at || !expires_at || !read_at) {
        return failure("the lease's row cannot be read");
    }
    return LeaseRow{.holder = row.text_or(0, ""),
                    .token = *token,
                    .taken_at = *taken_at,
                    .expires_at = *expires_at,
                    .read_at = *read_at};
}

/// Every change is an UPDATE of one row that says in its condition what must still be true: on one server the
/// row's lock puts two of them in order, and in a Galera cluster the second one fails its certification,
/// which is an error here. None of them is repeated: what the condition was made from may have changed.
class MariadbLease final : public Lease {
public:
    explicit MariadbLease(const inventory::mariadb::Server& server)
        : connection_(server, Access::read_write) {}

    Result<LeaseRow> read() override {
        const auto rows = connection_.query(
            "SELECT holder, token, taken_at, expires_at, UTC_TIMESTAMP(6) FROM lease WHERE id = 1");
        if (!rows) {
            return failure("cannot read the lease", rows.error());
        }
        return rows->empty() ? failure(
                                   "the journal's table lease has lost its row: insert it as "
                                   "controller/journal/migrations does")
                             : to_lease(rows->front());
    }

    Result<bool> renew(const std::string& holder, std::uint64_t token, inventory::Duration ttl) override {
        return changes("cannot renew the lease",
                       "UPDATE lease SET expires_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND, "
                       "renewals = renewals + 1 WHERE id = 1 AND token = ? AND holder = ?",
                       {std::int64_t{ttl.count()}, token, holder});
    }

    Result<bool> take(const LeaseRow& seen, const std::string& holder, inventory::Duration ttl) override {
        return changes("cannot take the lease",
                       "UPDATE lease SET holder = ?, token = token + 1, taken_at = UTC_TIMESTAMP(6), "
                       "expires_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND WHERE id = 1 AND token = ? "
                       "AND (expires_at <= UTC_TIMESTAMP(6) OR holder = ?)",
                       {holder, std::int64_t{ttl.count()}, seen.token, holder});
    }

    Status give_up(const std::string& holder, std::uint64_t token) override {
        return changes("cannot give up the lease",
                       "UPDATE lease SET holder = '', expires_at = UTC_TIMESTAMP(6) WHERE id = 1 AND "
                       "token = ? AND holder = ?",
                       {token, holder})
            .map([](bool) {});
    }

private:
    /// Whether the row fulfilled the condition. The server counts rows that change, and each of these changes
    /// the row whenever it finds it.
    Result<bool> changes(const std::string& what, std::string_view statement,
                         std::initializer_list<Parameter> parameters) {
        const auto rows = connection_.execute(statement, parameters);
        return rows ? Result<bool>(*rows == 1) : failure(what, rows.error());
    }

    Connection connection_;
};

}  // namespace

Result<std::unique_ptr<Lease>> open_mariadb_lease(const inventory::mariadb::Server& server) {
    return prepare_schema(server).map(
        [&]() -> std::unique_ptr<Lease> { return std::make_unique<MariadbLease>(server); });
}

}  // namespace controller::journal
