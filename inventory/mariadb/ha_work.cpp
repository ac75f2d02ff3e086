#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {

Result<std::vector<HaWork>> read_ha_work(Connection& connection) {
    std::vector<HaWork> work;
    // `type` is the kind of work; `vm_type` beside it is the kind of VM, which CloudStack itself has mixed up
    // (reference 2.1).
    auto done = connection.each_row(
        "SELECT instance_id, type, step, created FROM op_ha_work"
        " WHERE step NOT IN ('Done', 'Cancelled', 'Error')",
        {}, [&work](const Row& row) {
            work.push_back(
                HaWork{VmId{row.number(0).value_or(0)}, row.text_or(1, ""), row.text_or(2, ""), row.time(3)});
        });
    if (!done) {
        return failure("cannot read the high-availability work", done.error());
    }
    return work;
}

}  // namespace inventory::mariadb
