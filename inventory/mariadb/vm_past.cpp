#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {
namespace {

/// Found by the index on (instance_type, instance_id), which every schema has; events have none on their VM
/// before 4.22.2, and do not name the call. The work that jobs and HA make of a request has other classes.
constexpr std::string_view requests_for_vm =
    "SELECT uuid, SUBSTRING_INDEX(job_cmd, '.', -1), user_id, created FROM async_job"
    " WHERE instance_type = 'VirtualMachine' AND instance_id = ? AND job_cmd LIKE '%Cmd%' ORDER BY id";

/// Found by the index on instance_id. A worker that takes work up again notes when.
constexpr std::string_view done_ha_work =
    "SELECT MAX(GREATEST(created, COALESCE(taken, created))) FROM op_ha_work"
    " WHERE instance_id = ? AND type = 'HA' AND step = 'Done'";

Status read_requests(Connection& connection, VmId vm, VmPast& past) {
    auto rows = connection.query(requests_for_vm, {vm.value});
    if (!rows) {
        return failure(
            "cannot read what CloudStack was asked to do with the VM with id " + std::to_string(vm.value),
            rows.error());
    }
    for (const auto& row : *rows) {
        past.requests.push_back(
            {row.text_or(0, ""), row.text_or(1, ""), row.number(2).value_or(0), row.time(3)});
    }
    return {};
}

Status read_done_ha_work(Connection& connection, VmId vm, VmPast& past) {
    auto rows = connection.query(done_ha_work, {vm.value});
    if (!rows) {
        return failure("cannot read the ended HA work on the VM with id " + std::to_string(vm.value),
                       rows.error());
    }
    past.ha_work_done = rows->empty() ? std::nullopt : rows->front().time(0);
    return {};
}

}  // namespace

Result<VmPast> read_vm_past(Connection& connection, VmId vm) {
    VmPast past;
    return read_requests(connection, vm, past)
        .and_then([&] { return read_done_ha_work(connection, vm, past); })
        .map([&] { return std::move(past); });
}

}  // namespace inventory::mariadb
