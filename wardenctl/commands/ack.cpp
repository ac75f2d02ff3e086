#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/commands/word_options.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {

void ack(CLI::App& app, Chosen& chosen) {
    struct Given {
        std::string vm;
        Word word;
    };
    const auto given = std::make_shared<Given>();
    auto& command =
        *app.add_subcommand("ack", "Say that you have seen a VM flap, and that Warden may act on it again");
    command.add_option("VM", given->vm, "Its uuid or instance name")->required();
    add_word(command, given->word);
    command.footer("Examples:\n  wardenctl ack i-2-43-VM --reason 'its host had a bad power supply'");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("vms", given->vm, "ack"), body_of(given->word),
                        render_acknowledgement);
        };
    });
}

}  // namespace wardenctl::commands
