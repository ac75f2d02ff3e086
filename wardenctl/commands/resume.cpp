#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/commands/word_options.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {

void resume(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = *app.add_subcommand("resume", "End a pause before its time");
    command.add_option("ID", given->id, "The pause's id, as `wardenctl pauses` lists it")->required();
    add_word(command, given->word);
    command.footer("Examples:\n  wardenctl resume 3 --reason 'the works are over'");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("pauses", given->id, "end"), body_of(given->word), render_pause);
        };
    });
}

}  // namespace wardenctl::commands
