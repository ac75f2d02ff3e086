#include "controller/journal/fence.hpp"

#include "inventory/mariadb/connection.hpp"

namespace controller::journal {

using inventory::failure;
using inventory::Result;
using inventory::Status;
using inventory::mariadb::Connection;

namespace {

Result<bool> is_ours(Connection& connection, std::uint64_t token) {
    return connection
        .execute("UPDATE lease SET fenced_writes = fenced_writes + 1 WHERE id = 1 AND token = ?", {token})
        .map([](std::uint64_t rows) { return rows == 1; });
}

/// The refusal, with who holds the lease instead.
Status refuse(Connection& connection, std::optional<std::uint64_t> token) {
    const auto rows = connection.query("SELECT holder, token, taken_at FROM lease WHERE id = 1");
    if (!rows || rows->empty()) {
        return rows ? failure("fenced: the journal's table lease has lost its row")
                    : tl::unexpected(rows.error());
    }
    const auto& row = rows->front();
    const auto since = row.time(2);
    const auto holder = row.text_or(0, "");
    const auto ours = token ? "ours was " + std::to_string(*token) : std::string("we hold none");
    return failure(holder.empty() ? "fenced: this controller does not hold the lease, nobody does"
                                  : "fenced: another controller holds the lease since " +
                                        (since ? inventory::to_rfc3339(*since) : "an unknown time") + ": " +
                                        holder + " with token " + row.text_or(1, "?") + ", " + ours);
}

}  // namespace

Status check_fence(Connection& connection, std::optional<std::uint64_t> token) {
    if (!token) {
        return refuse(connection, token);
    }
    const auto ours = is_ours(connection, *token);
    if (!ours) {
        return tl::unexpected(ours.error());
    }
    return *ours ? Status{} : refuse(connection, token);
}

}  // namespace controller::journal
