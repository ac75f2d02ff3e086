#pragma once

#include <functional>

#include "wardenctl/session.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the name is the library's
class App;
}  // namespace CLI

namespace wardenctl {

/// What the command line asks for, once it has been parsed; gives how the program ends.
using Chosen = std::function<int(const Session&)>;

/// What an operator tells Warden: approve, cancel, lift, ack, pause, resume; and pauses, which lists them.
/// `chosen` must outlive the parsing.
void add_operator_commands(CLI::App& app, Chosen& chosen);

}  // namespace wardenctl
