#pragma once

#include "controller/cloudstack/api.hpp"
#include "controller/model/decision.hpp"

namespace controller::actions {

/// Does to the cloud what the plan says, one overload per plan; a new plan without one does not compile. The
/// call is made once, ends within the API client's deadline, and is never repeated here: an unknown outcome
/// is settled by reading the world, not by asking again.
cloudstack::Submission execute(const StopVm& plan, cloudstack::Api& api, inventory::Time expires_at);

cloudstack::Submission execute(const StartVm& plan, cloudstack::Api& api, inventory::Time expires_at);

cloudstack::Submission execute(const AssignVm& plan, cloudstack::Api& api, inventory::Time expires_at);

cloudstack::Submission perform(const Plan& plan, cloudstack::Api& api, inventory::Time expires_at);

}  // namespace controller::actions
