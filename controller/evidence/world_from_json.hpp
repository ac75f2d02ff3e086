#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "controller/model/world.hpp"
#include "inventory/support/error.hpp"

namespace controller::evidence {

/// A world as its evidence tells it.
struct RecordedWorld {
    World world;
    /// Facts that the evidence lacks, by their paths: older versions knew them not. They are unknown here.
    std::vector<std::string> lacking;
};

/// Reads the text of to_json() back: a decision on it is the one that was made on the world itself. Error:
/// it is no evidence of a decision.
inventory::Result<RecordedWorld> world_from_json(std::string_view evidence, const std::string& vm_uuid);

}  // namespace controller::evidence
