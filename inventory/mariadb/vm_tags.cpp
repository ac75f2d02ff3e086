#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {
namespace {

/// ResourceTag.ResourceObjectType of a user VM; system VMs cannot be tagged.
constexpr std::string_view tags_with_key =
    "SELECT resource_id, value FROM resource_tags WHERE resource_type = 'UserVm' AND `key` = ?";

Result<std::map<VmId, std::string>> read_values(Connection& connection, const std::string& statement,
                                                const std::vector<Parameter>& parameters) {
    std::map<VmId, std::string> tags;
    auto done = connection.each_row(statement, parameters, [&tags](const Row& row) {
        tags.emplace(VmId{row.number(0).value_or(0)}, row.text_or(1, ""));
    });
    if (!done) {
        return failure("cannot read the VMs' tags", done.error());
    }
    return tags;
}

}  // namespace

Result<std::map<VmId, std::string>> read_vm_tags(Connection& connection, const std::string& key) {
    return read_values(connection, std::string{tags_with_key}, {key});
}

Result<std::map<VmId, std::string>> read_tags_of(Connection& connection, const std::string& key,
                                                 const std::vector<VmRecord>& vms) {
    if (vms.empty()) {
        return std::map<VmId, std::string>{};
    }
    std::string statement = std::string{tags_with_key} + " AND resource_id IN (?";
    std::vector<Parameter> parameters{key};
    for (const auto& vm : vms) {
        statement += parameters.size() == 1 ? "" : ", ?";
        parameters.emplace_back(vm.id.value);
    }
    return read_values(connection, statement + ")", parameters);
}

}  // namespace inventory::mariadb
