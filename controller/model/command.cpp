#include "controller/model/command.hpp"

#include <utility>

#include "controller/model/words.hpp"

namespace controller {
namespace {

constexpr std::array<std::pair<Command, std::string_view>, all_commands.size()> command_words{{
    {Command::stop_vm, "stopVirtualMachine"},
    {Command::start_vm, "startVirtualMachine"},
    {Command::assign_vm, "assignVirtualMachine"},
}};

}  // namespace

std::string_view to_word(Command command) {
    return words::word_of(command_words, command);
}

std::optional<Command> parse_command(std::string_view word) {
    return words::value_of(command_words, word);
}

}  // namespace controller
