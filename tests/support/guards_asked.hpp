#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

#include "controller/decision/guards/guards.hpp"

namespace support {

/// Those of THE list that are asked for this remedy, in its order.
inline std::vector<controller::decision::Guard> guards_asked_for(controller::Remedy remedy) {
    std::vector<controller::decision::Guard> asked;
    std::ranges::copy_if(controller::decision::guards::all, std::back_inserter(asked),
                         [remedy](const auto& guard) { return guard.asked_for.contains(remedy); });
    return asked;
}

}  // namespace support
