#include <array>
#include <charconv>

#include "inventory/mariadb/move_queries.hpp"

namespace inventory::mariadb {
namespace {

/// A resource that is limited: how CloudStack's tables, its settings and this file name it.
struct Kind {
    std::string_view name;     ///< resource_count.type, resource_limit.type
    std::string_view setting;  ///< after max.account. and max.domain.
    std::int64_t unit;         ///< of the setting, in that of the count
    bool is_of_vm;             ///< not counted for a stopped VM where only running ones count
};

constexpr std::int64_t gibibyte = std::int64_t{1} << 30;

/// THE list of what a move takes of the new owner's limits (reference 5.2, rule 5).
constexpr std::array kinds{
    Kind{"user_vm", "user.vms", 1, true},
    Kind{"cpu", "cpus", 1, true},
    Kind{"memory", "memory", 1, true},
    Kind{"volume", "volumes", 1, false},
    Kind{"primary_storage", "primary.storage", gibibyte, false},
};

using Needs = std::array<std::optional<std::int64_t>, kinds.size()>;

/// In the order of `kinds`. An offering that the user chooses the size of says nothing here.
Result<Needs> read_needs(Connection& connection, VmId vm) {
    const auto rows = connection.query(
        "SELECT 1, s.cpu, s.ram_size, (SELECT COUNT(*) FROM volumes o WHERE o.instance_id = v.id"
        " AND o.removed IS NULL), (SELECT COALESCE(SUM(o.size), 0) FROM volumes o WHERE o.instance_id = v.id"
        " AND o.removed IS NULL) FROM vm_instance v JOIN service_offering s ON s.id = v.service_offering_id"
        " WHERE v.id = ?",
        {vm.value});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    if (rows->empty()) {
        return failure("the VM with id " + std::to_string(vm.value) + " has no offering");
    }
    Needs needs;
    for (std::size_t i = 0; i < needs.size(); ++i) {
        needs.at(i) = rows->front().signed_number(i);
    }
    return needs;
}

/// Limits and counts of tagged hosts stand in the same tables since 4.19; a column `tag` tells them apart.
Result<bool> has_tags(Connection& connection, std::string_view table) {
    return connection
        .query(
            "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
            " AND table_name = ? AND column_name = 'tag'",
            {std::string{table}})
        .map([](const auto& rows) { return !rows.empty() && rows.front().number(0) == 1U; });
}

Result<bool> only_running_vms_count(Connection& connection) {
    return connection
        .query(
            "SELECT COALESCE(value, default_value) FROM configuration"
            " WHERE name = 'resource.count.running.vms.only'")
        .map([](const auto& rows) { return !rows.empty() && rows.front().text_or(0, "") == "true"; });
}

/// Builds the statement for accounts or for domains.
class LimitStatements {
public:
    static Result<LimitStatements> for_schema(Connection& connection) {
        const auto counts = has_tags(connection, "resource_count");
        const auto limits = has_tags(connection, "resource_limit");
        if (!counts || !limits) {
            return tl::unexpected(counts ? limits.error() : counts.error());
        }
        return LimitStatements(*counts ? " AND c.tag IS NULL" : "", *limits ? " AND l.tag IS NULL" : "");
    }

    /// Root administrators have no limits.
    [[nodiscard]] std::string of_account() const {
        return "SELECT CONCAT('account ', w.account_name)" + facts() + " FROM account w" + joins("account") +
               " WHERE w.id = ? AND w.type <> 1";
    }

    /// Of the domain and of every one above it but ROOT, which has no limits.
    [[nodiscard]] std::string of_domains() const {
        return "SELECT CONCAT('domain ', w.path)" + facts() +
               " FROM domain own JOIN domain w ON w.level > 0 AND w.removed IS NULL"
               " AND LEFT(own.path, CHAR_LENGTH(w.path)) = w.path" +
               joins("domain") + " WHERE own.id = ? ORDER BY w.level DESC";
    }

private:
    LimitStatements(std::string count_tags, std::string limit_tags)
        : count_tags_(std::move(count_tags)), limit_tags_(std::move(limit_tags)) {}

    static std::string facts() { return ", COALESCE(c.count, 0), l.max, COALESCE(s.value, s.default_value)"; }

    [[nodiscard]] std::string joins(const std::string& owner) const {
        return " LEFT JOIN resource_count c ON c." + owner + "_id = w.id AND c.type = ?" + count_tags_ +
               " LEFT JOIN resource_limit l ON l." + owner + "_id = w.id AND l.type = ?" + limit_tags_ +
               " LEFT JOIN configuration s ON s.name = ?";
    }

    std::string count_tags_;
    std::string limit_tags_;
};

/// The owner's own limit, else the setting for all; -1 is none.
std::optional<std::int64_t> limit_of(const Row& row, const Kind& kind) {
    if (const auto own = row.signed_number(2)) {
        return own;
    }
    const auto text = row.text_or(3, "");
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value < 0 ? value : value * kind.unit;
}

Status add_room(std::vector<ResourceRoom>& rooms, const std::vector<Row>& rows, const Kind& kind,
                std::int64_t needed) {
    for (const auto& row : rows) {
        const auto limit = limit_of(row, kind);
        if (!limit) {
            return failure("the limit of " + std::string{kind.name} + " for " + row.text_or(0, "?") +
                           " is nowhere");
        }
        rooms.push_back(
            {row.text_or(0, ""), std::string{kind.name}, row.signed_number(1).value_or(0), *limit, needed});
    }
    return {};
}

struct Level {
    std::string statement;
    std::string setting_prefix;
    std::uint64_t id;
};

Status read_level(std::vector<ResourceRoom>& rooms, Connection& connection, const Level& level,
                  const Kind& kind, std::int64_t needed) {
    const std::string name{kind.name};
    const auto rows = connection.query(
        level.statement, {name, name, level.setting_prefix + std::string{kind.setting}, level.id});
    return rows ? add_room(rooms, *rows, kind, needed) : tl::unexpected(rows.error());
}

using Levels = std::array<Level, 2>;

Status read_levels(std::vector<ResourceRoom>& rooms, Connection& connection, const Levels& levels,
                   const Kind& kind, std::optional<std::int64_t> needed) {
    if (!needed) {
        return failure("how much " + std::string{kind.name} + " the VM needs stands in no offering");
    }
    return read_level(rooms, connection, levels.front(), kind, *needed).and_then([&] {
        return read_level(rooms, connection, levels.back(), kind, *needed);
    });
}

Result<std::vector<ResourceRoom>> read_rooms(Connection& connection, const Needs& needs, const Levels& levels,
                                             bool only_running) {
    std::vector<ResourceRoom> rooms;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (only_running && kinds.at(i).is_of_vm) {
            continue;
        }
        if (auto done = read_levels(rooms, connection, levels, kinds.at(i), needs.at(i)); !done) {
            return tl::unexpected(done.error());
        }
    }
    return rooms;
}

}  // namespace

Result<std::vector<ResourceRoom>> read_resource_room(Connection& connection, VmId vm,
                                                     const MoveDestination& destination) {
    constexpr auto where = "cannot read the limits of the new owner";
    const auto needs = read_needs(connection, vm);
    const auto statements = LimitStatements::for_schema(connection);
    const auto only_running = only_running_vms_count(connection);
    if (!needs || !statements || !only_running) {
        return failure(where, !needs        ? needs.error()
                              : !statements ? statements.error()
                                            : only_running.error());
    }
    auto rooms = read_rooms(connection, *needs,
                            {Level{statements->of_account(), "max.account.", destination.owner.account.value},
                             Level{statements->of_domains(), "max.domain.", destination.owner.domain.value}},
                            *only_running);
    return rooms ? std::move(rooms) : failure(where, rooms.error());
}

}  // namespace inventory::mariadb
