#include "controller/actions/actions.hpp"

namespace controller::actions {

cloudstack::Submission execute(const AssignVm& plan, cloudstack::Api& api, inventory::Time expires_at) {
    return api.assign_virtual_machine(plan.vm_uuid, plan.target, expires_at);
}

}  // namespace controller::actions
