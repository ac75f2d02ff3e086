#pragma once

#include <string>
#include <vector>

#include "controller/replay/replay.hpp"

namespace wardenctl {

/// What would change, as a page; `config` is the name of the file that it was judged by. Pure.
std::string render_replay(const std::vector<controller::replay::Replayed>& actions,
                          const std::string& config);
/// The same as JSON, every decision of it.
std::string replay_json(const std::vector<controller::replay::Replayed>& actions);

}  // namespace wardenctl
