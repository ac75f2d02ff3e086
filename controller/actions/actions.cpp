#include "controller/actions/actions.hpp"

#include <variant>

namespace controller::actions {

cloudstack::Submission perform(const Plan& plan, cloudstack::Api& api, inventory::Time expires_at) {
    return std::visit([&](const auto& one) { return execute(one, api, expires_at); }, plan);
}

}  // namespace controller::actions
