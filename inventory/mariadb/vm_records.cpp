#include "inventory/mariadb/columns.hpp"
#include "inventory/mariadb/queries.hpp"
#include "inventory/mariadb/zones.hpp"

namespace inventory::mariadb {
namespace {

/// The columns of the queries below, in their order.
namespace vm_row {
enum Column : std::size_t {
    id,
    uuid,
    instance_name,
    type,
    account,
    domain_path,
    state,
    power_state,
    report_count,
    report_time,
    update_time,
    created,
    update_count,
    host,
    last_host,
    power_host,
    zone,
    ha_enabled,
};
}  // namespace vm_row

constexpr std::string_view select_columns =
    "SELECT v.id, v.uuid, v.instance_name, v.type, a.account_name, d.path, v.state, v.power_state,"
    " v.power_state_update_count, v.power_state_update_time, v.update_time, v.created, v.update_count,"
    " v.host_id, v.last_host_id, v.power_host, v.data_center_id, v.ha_enabled ";

constexpr std::string_view joins =
    " LEFT JOIN account a ON a.id = v.account_id LEFT JOIN domain d ON d.id = v.domain_id ";

Result<std::vector<VmRecord>> read(Connection& connection, const std::string& statement,
                                   const std::vector<Parameter>& parameters) {
    std::vector<VmRecord> vms;
    auto done = connection.each_row(statement, parameters,
                                    [&vms](const Row& row) { vms.push_back(vm_record_of(row)); });
    if (!done) {
        return failure("cannot read the VMs", done.error());
    }
    return vms;
}

}  // namespace

VmRecord vm_record_of(const Row& row) {
    VmRecord vm;
    vm.id = VmId{row.number(vm_row::id).value_or(0)};
    vm.uuid = row.text_or(vm_row::uuid, "");
    vm.instance_name = row.text_or(vm_row::instance_name, "");
    vm.type = row.text_or(vm_row::type, "");
    vm.account = row.text_or(vm_row::account, "");
    vm.domain_path = row.text_or(vm_row::domain_path, "");
    vm.state = parse_vm_state(row.text_or(vm_row::state, ""));
    // The column is nullable and its default is PowerUnknown.
    vm.power_state = parse_power_state(row.text_or(vm_row::power_state, to_word(PowerState::unknown)));
    if (const auto count = row.number(vm_row::report_count)) {
        vm.report_count = static_cast<std::uint32_t>(*count);
    }
    vm.report_time = row.time(vm_row::report_time);
    vm.update_time = row.time(vm_row::update_time);
    vm.created = row.time(vm_row::created).value_or(Time{});
    vm.update_count = row.number(vm_row::update_count).value_or(0);
    vm.host = id_at<HostId>(row, vm_row::host);
    vm.last_host = id_at<HostId>(row, vm_row::last_host);
    vm.power_host = id_at<HostId>(row, vm_row::power_host);
    vm.zone = ZoneId{row.number(vm_row::zone).value_or(0)};
    vm.ha_enabled = row.number(vm_row::ha_enabled).value_or(0) != 0;
    return vm;
}

Result<std::vector<VmRecord>> read_vms(Connection& connection, const ZoneNames& zones) {
    return read(connection,
                std::string{select_columns} + "FROM vm_instance v" + std::string{joins} +
                    "WHERE v.removed IS NULL AND v.hypervisor_type = 'KVM'" +
                    within_zones("v.data_center_id", zones),
                parameters_of(zones));
}

Result<std::vector<VmRecord>> read_vms_like(Connection& connection, const std::string& uuid) {
    // A derived table of ids lets both halves use their index; an OR would read every VM.
    constexpr std::string_view wanted =
        "FROM (SELECT id FROM vm_instance WHERE uuid = ?"
        " UNION SELECT twin.id FROM vm_instance named"
        " JOIN vm_instance twin ON twin.instance_name = named.instance_name"
        " WHERE named.uuid = ? AND named.removed IS NULL) wanted"
        " JOIN vm_instance v ON v.id = wanted.id";
    return read(connection,
                std::string{select_columns} + std::string{wanted} + std::string{joins} +
                    "WHERE v.removed IS NULL AND v.hypervisor_type = 'KVM' ORDER BY v.id",
                {uuid, uuid});
}

}  // namespace inventory::mariadb
