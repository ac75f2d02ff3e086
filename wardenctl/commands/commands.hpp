#pragma once

#include <array>
#include <functional>

#include "wardenctl/session.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the name is the library's
class App;
}  // namespace CLI

namespace wardenctl {

/// What the command line asks for, once it has been parsed; gives how the program ends.
using Chosen = std::function<int(const Session&)>;

namespace commands {

// Each adds its subcommand to the program; `chosen` outlives the parsing.

void actions(CLI::App& app, Chosen& chosen);
void explain(CLI::App& app, Chosen& chosen);
void approve(CLI::App& app, Chosen& chosen);
void cancel(CLI::App& app, Chosen& chosen);
void lift(CLI::App& app, Chosen& chosen);
void ack(CLI::App& app, Chosen& chosen);
void pause(CLI::App& app, Chosen& chosen);
void resume(CLI::App& app, Chosen& chosen);
void pauses(CLI::App& app, Chosen& chosen);
void reassign(CLI::App& app, Chosen& chosen);
void replay(CLI::App& app, Chosen& chosen);
void check_config(CLI::App& app, Chosen& chosen);
void completion(CLI::App& app, Chosen& chosen);

/// THE list, in the order in which --help shows them. Each has a file of its own.
inline constexpr std::array all{actions, explain, approve,  cancel, lift,         ack,       pause,
                                resume,  pauses,  reassign, replay, check_config, completion};

}  // namespace commands
}  // namespace wardenctl
