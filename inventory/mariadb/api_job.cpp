#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::optional<ApiJob>> find_api_job(Connection& connection, VmId vm, std::string_view command_class,
                                           Time since) {
    auto rows = connection.query(
        "SELECT uuid, job_cmd, job_status, created FROM async_job WHERE instance_type = 'VirtualMachine'"
        " AND instance_id = ? AND job_cmd LIKE CONCAT('%', ?, '%') AND created >= ? ORDER BY id DESC LIMIT 1",
        {vm.value, std::string(command_class), Time{std::chrono::floor<std::chrono::seconds>(since)}});
    if (!rows) {
        return failure("cannot look for a " + std::string(command_class) + " of the VM with id " +
                           std::to_string(vm.value),
                       rows.error());
    }
    if (rows->empty()) {
        return std::nullopt;
    }
    const auto& row = rows->front();
    return ApiJob{row.text_or(0, ""), row.text_or(1, ""), static_cast<int>(row.signed_number(2).value_or(0)),
                  row.time(3).value_or(since)};
}

}  // namespace inventory::mariadb
