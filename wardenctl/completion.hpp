#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wardenctl {

struct CommandWords {
    std::string name;
    std::string summary;
    std::vector<std::string> options;
};

/// All that can be typed.
struct Grammar {
    std::vector<CommandWords> commands;
    std::vector<std::string> options;  ///< before or after any command
};

/// A script for bash, zsh (which runs bash's) or fish. Pure.
std::string completion_script(std::string_view shell, const Grammar& grammar);

}  // namespace wardenctl
