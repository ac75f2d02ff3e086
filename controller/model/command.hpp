#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace controller {

/// THE list of CloudStack's commands that change the cloud on Warden's behalf. An attempt is one call of one.
enum class Command { stop_vm, start_vm, assign_vm };

inline constexpr std::array all_commands{Command::stop_vm, Command::start_vm, Command::assign_vm};

/// CloudStack's own name of it: "stopVirtualMachine".
std::string_view to_word(Command command);
std::optional<Command> parse_command(std::string_view word);

}  // namespace controller
