#include <algorithm>

#include "inventory/mariadb/columns.hpp"
#include "inventory/mariadb/health_queries.hpp"

namespace inventory::mariadb {
namespace {

/// The columns of the queries below, in their order.
namespace move_row {
enum Column : std::size_t {
    level,
    created,
    names_vm,
    vm,
    instance_name,
    uuid,
    no_nic,
    owner_differs,
};
}  // namespace move_row

/// Found by the index on the type. A move writes one event, when it has ended; its level says how. What the
/// VM lacks is looked up by its id in the indexes of nics and volumes, so the cost is that of the moves, not
/// of the fleet. reassignment_memory stands here in SQL's words.
constexpr std::string_view moves_with_vms =
    "SELECT e.level, e.created, e.resource_id IS NOT NULL AND e.resource_type <=> 'VirtualMachine',"
    " v.id, v.instance_name, v.uuid, v.type = 'User' AND v.state = 'Stopped' AND NOT EXISTS"
    " (SELECT 1 FROM nics i WHERE i.instance_id = v.id AND i.removed IS NULL), EXISTS"
    " (SELECT 1 FROM volumes o WHERE o.instance_id = v.id AND o.removed IS NULL"
    " AND (o.account_id <> v.account_id OR o.domain_id <> v.domain_id))"
    " FROM event e LEFT JOIN vm_instance v ON e.resource_type = 'VirtualMachine' AND v.id = e.resource_id"
    " AND v.removed IS NULL AND v.hypervisor_type = 'KVM'"
    " WHERE e.type = 'VM.MOVE' AND e.created >= UTC_TIMESTAMP() - INTERVAL 7 DAY ORDER BY e.id";
constexpr std::string_view moves_alone =
    "SELECT e.level, e.created, 0, NULL, NULL, NULL, NULL, NULL FROM event e"
    " WHERE e.type = 'VM.MOVE' AND e.created >= UTC_TIMESTAMP() - INTERVAL 7 DAY ORDER BY e.id";
static_assert(reassignment_memory == std::chrono::days{7});

/// A name that CloudStack gives by itself only here and where the first VM of an account is deployed, which
/// has a NIC on it at once.
constexpr std::string_view unused_networks =
    "SELECT n.created FROM networks n JOIN account a ON a.id = n.account_id"
    " LEFT JOIN nics i ON i.network_id = n.id AND i.removed IS NULL"
    " WHERE n.removed IS NULL AND n.state = 'Allocated' AND n.guest_type = 'Isolated'"
    " AND n.name = CONCAT(a.account_name, '-network')"
    " AND n.created >= UTC_TIMESTAMP() - INTERVAL 7 DAY AND i.id IS NULL";

/// Events say what they are about since 4.16.1.
Result<bool> events_name_their_resource(Connection& connection) {
    auto columns = connection.query(
        "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()"
        " AND table_name = 'event' AND column_name IN ('resource_id', 'resource_type')");
    if (!columns) {
        return tl::unexpected(std::move(columns.error()));
    }
    return !columns->empty() && columns->front().number(0) == 2U;
}

MoveEvent event_of(const Row& row, Time ended) {
    MoveEvent event;
    event.ended = ended;
    event.failed = row.text_or(move_row::level, "") == "ERROR";
    event.names_vm = row.number(move_row::names_vm) == 1U;
    if (const auto id = id_at<VmId>(row, move_row::vm)) {
        event.vm = NamedVm{*id, row.text_or(move_row::instance_name, ""), row.text_or(move_row::uuid, "")};
    }
    event.remains.no_nic = row.number(move_row::no_nic) == 1U;
    event.remains.owner_differs = row.number(move_row::owner_differs) == 1U;
    return event;
}

Result<std::vector<MoveEvent>> read_moves(Connection& connection) {
    const auto is_named = events_name_their_resource(connection);
    if (!is_named) {
        return tl::unexpected(is_named.error());
    }
    std::vector<MoveEvent> events;
    auto done = connection.each_row(*is_named ? moves_with_vms : moves_alone, {}, [&events](const Row& row) {
        if (const auto ended = row.time(move_row::created)) {
            events.push_back(event_of(row, *ended));
        }
    });
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return events;
}

Result<std::vector<UnusedNetwork>> read_unused_networks(Connection& connection) {
    std::vector<UnusedNetwork> networks;
    auto done = connection.each_row(unused_networks, {}, [&networks](const Row& row) {
        if (const auto since = row.time(0)) {
            networks.push_back({*since});
        }
    });
    if (!done) {
        return tl::unexpected(std::move(done.error()));
    }
    return networks;
}

}  // namespace

Result<Reassignments> read_reassignments(Connection& connection) {
    const auto moves = read_moves(connection);
    if (!moves) {
        return failure("cannot read the moves between accounts", moves.error());
    }
    if (std::none_of(moves->begin(), moves->end(), [](const MoveEvent& move) { return move.failed; })) {
        return Reassignments{};
    }
    const auto networks = read_unused_networks(connection);
    if (!networks) {
        return failure("cannot read the networks that failed moves left", networks.error());
    }
    return judge_moves(*moves, *networks);
}

}  // namespace inventory::mariadb
