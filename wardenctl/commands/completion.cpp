#include "wardenctl/completion.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"

namespace wardenctl::commands {
namespace {

std::vector<std::string> options_of(const CLI::App& command) {
    std::vector<std::string> options;
    for (const auto* option : command.get_options()) {
        for (const auto& name : option->get_lnames()) {
            options.push_back("--" + name);
        }
    }
    return options;
}

/// What can be typed, taken from the program itself: nothing has to be kept in step.
Grammar grammar_of(const CLI::App& app) {
    Grammar grammar;
    grammar.options = options_of(app);
    for (const auto* command : app.get_subcommands({})) {
        grammar.commands.push_back({command->get_name(), command->get_description(), options_of(*command)});
    }
    return grammar;
}

}  // namespace

void completion(CLI::App& app, Chosen& chosen) {
    const auto shell = std::make_shared<std::string>();
    auto& command = *app.add_subcommand("completion", "Print what completes wardenctl in a shell");
    command.add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command.footer(
        "Examples:\n"
        "  wardenctl completion bash > /usr/share/bash-completion/completions/wardenctl\n"
        "  source <(wardenctl completion zsh)\n"
        "  wardenctl completion fish > ~/.config/fish/completions/wardenctl.fish");
    command.callback([&app, &chosen, shell] {
        chosen = [&app, shell](const Session& /*session*/) {
            (void)std::fputs(completion_script(*shell, grammar_of(app)).c_str(), stdout);
            return ok;
        };
    });
}

}  // namespace wardenctl::commands
