#pragma once

#include <string>
#include <vector>

#include "controller/config.hpp"

namespace controller::reload {

/// The keys that differ and are read at the start only, as they stand in the file: where we listen, the
/// journal, the cloud and how it is watched. What is decided from then on would otherwise rest on two clouds
/// at once, or be written into two journals. Pure.
std::vector<std::string> changes_that_need_a_restart(const ControllerConfig& running,
                                                     const ControllerConfig& wanted);

}  // namespace controller::reload
