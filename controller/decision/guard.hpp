#pragma once

#include <optional>
#include <string_view>

#include "controller/model/action.hpp"
#include "controller/model/decision.hpp"
#include "controller/model/policy.hpp"
#include "controller/model/world.hpp"

namespace controller::decision {

/// One claim that has to hold before anything is done. Pure: no clock, no I/O, no state.
using GuardFunction = std::optional<Refusal> (*)(const Action&, const World&, const Policy&);

struct Guard {
    std::string_view name;
    std::string_view claim;
    GuardFunction refuse;
};

}  // namespace controller::decision
