#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/commands/word_options.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {

void lift(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = add_on_action(
        app, "lift", "Let an action pass one guard that holds it; every other guard still has to pass",
        *given);
    command
        .add_option("GUARD", given->guard,
                    "pause, window, attempts, storm: the controller names all that may be lifted")
        ->required();
    add_word(command, given->word);
    add_validity(command, given->word, "1h");
    command.footer("Examples:\n  wardenctl lift 12 window --reason 'it cannot wait until tonight'");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("actions", given->id, "lift"),
                        body_of(given->word, {{"guard", given->guard}}), render_lift);
        };
    });
}

}  // namespace wardenctl::commands
