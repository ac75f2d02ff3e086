#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "inventory/support/error.hpp"

namespace inventory::mariadb {
class Connection;
}  // namespace inventory::mariadb

namespace controller::journal {

/// The fencing token that this process holds; nullopt: it holds none. Safe from any thread.
using Fence = std::function<std::optional<std::uint64_t>()>;

/// First statement of every transaction that belongs to executing: refuses it unless the lease still carries
/// this token. It counts up in the lease's row, so that a take-over comes either wholly before this
/// transaction, which is then refused, or wholly after it: the row's lock decides on one server, the
/// certification of the changed row in a Galera cluster. A question alone would see the old token there.
inventory::Status check_fence(inventory::mariadb::Connection& connection, std::optional<std::uint64_t> token);

}  // namespace controller::journal
