#pragma once

#include <string>
#include <vector>

#include "controller/model/decision.hpp"
#include "controller/model/world.hpp"

namespace controller::page {

/// What is true of the VM, and who says so: the record, the agent's report, libvirt on each host.
std::string world_html(const World& world);
/// Each refusing guard with its sentence and what lifts it.
std::string refusals_html(const std::vector<GuardVerdict>& verdicts);
/// The names of the guards that pass, in one line.
std::string passing_html(const std::vector<GuardVerdict>& verdicts);

}  // namespace controller::page
