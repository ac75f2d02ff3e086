#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/commands/word_options.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {

void approve(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = add_on_action(
        app, "approve", "Say yes to the next attempt of an action whose remedy is in mode approve", *given);
    add_word(command, given->word);
    add_validity(command, given->word, "15m");
    command.footer("Examples:\n  wardenctl approve 12 --reason 'the host was rebuilt'");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("actions", given->id, "approve"), body_of(given->word),
                        render_approval);
        };
    });
}

}  // namespace wardenctl::commands
