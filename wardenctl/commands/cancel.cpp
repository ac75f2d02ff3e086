#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/commands/word_options.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {

void cancel(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = add_on_action(app, "cancel",
                                  "End an action that waits; its alert will not begin another one", *given);
    add_word(command, given->word);
    command.footer("Examples:\n  wardenctl cancel 12 --reason 'the tenant deletes it today'");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("actions", given->id, "cancel"), body_of(given->word),
                        render_cancellation);
        };
    });
}

}  // namespace wardenctl::commands
