#include "controller/actions/actions.hpp"

namespace controller::actions {

cloudstack::Submission execute(const StartVm& plan, cloudstack::Api& api, inventory::Time expires_at) {
    return api.start_virtual_machine(plan.vm_uuid, expires_at);
}

}  // namespace controller::actions
