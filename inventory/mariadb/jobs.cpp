#include "inventory/mariadb/queries.hpp"

namespace inventory::mariadb {
namespace {

/// async_job.job_status of a job that has not ended (reference 3.10).
constexpr std::string_view in_progress =
    // vm_work_job is the product's own test for pending work; API jobs come before the work that they make.
    "SELECT w.vm_instance_id, j.job_cmd, j.created FROM vm_work_job w JOIN async_job j ON j.id = w.id"
    " WHERE w.vm_type = 'Instance' AND j.job_status = 0"
    " UNION ALL SELECT j.instance_id, j.job_cmd, j.created FROM async_job j"
    " WHERE j.instance_type = 'VirtualMachine' AND j.instance_id IS NOT NULL AND j.job_status = 0";

}  // namespace

Result<std::vector<VmJob>> read_vm_jobs(Connection& connection) {
    std::vector<VmJob> jobs;
    auto done = connection.each_row(in_progress, {}, [&jobs](const Row& row) {
        jobs.push_back(VmJob{VmId{row.number(0).value_or(0)}, row.text_or(1, ""), row.time(2)});
    });
    if (!done) {
        return failure("cannot read the jobs in progress", done.error());
    }
    return jobs;
}

}  // namespace inventory::mariadb
