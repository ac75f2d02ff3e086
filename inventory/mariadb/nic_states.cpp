#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::vector<NicState>> nic_states(Connection& connection, VmId vm) {
    std::vector<NicState> nics;
    auto done = connection.each_row(
        "SELECT network_id, state, ip4_address FROM nics WHERE instance_id = ? AND removed IS NULL"
        " ORDER BY device_id",
        {vm.value}, [&nics](const Row& row) {
            nics.push_back(NicState{row.number(0).value_or(0), row.text_or(1, ""), row.text_or(2, "")});
        });
    if (!done) {
        return failure("cannot read the NICs of the VM with id " + std::to_string(vm.value), done.error());
    }
    return nics;
}

}  // namespace inventory::mariadb
