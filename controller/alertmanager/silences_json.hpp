#pragma once

#include <string_view>
#include <vector>

#include "controller/model/operators.hpp"
#include "inventory/support/error.hpp"

namespace controller::alertmanager {

/// The active silences out of Alertmanager's answer to GET /api/v2/silences. Error: the answer, or any one
/// silence in it, is not what Alertmanager's API describes; then none of them is known.
inventory::Result<std::vector<Silence>> read_silences(std::string_view json);

}  // namespace controller::alertmanager
