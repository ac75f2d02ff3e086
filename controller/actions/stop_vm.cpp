#include "controller/actions/actions.hpp"

namespace controller::actions {

cloudstack::Submission execute(const StopVm& plan, cloudstack::Api& api, inventory::Time expires_at) {
    return api.stop_virtual_machine(plan.vm_uuid, plan.forced, expires_at);
}

}  // namespace controller::actions
