#include <memory>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/commands/word_options.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {
namespace {

struct WantedPause {
    std::string scope;
    std::string subject;
    Word word;
};

Texts texts_of(const WantedPause& pause) {
    Texts texts{{"scope", pause.scope}};
    if (!pause.subject.empty()) {
        texts.emplace_back("subject", pause.subject);
    }
    return texts;
}

}  // namespace

void pause(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<WantedPause>();
    auto& command = *app.add_subcommand("pause", "Have Warden keep its hands off for a while");
    command.add_option("SCOPE", given->scope, "all, remedy, zone, cluster, host, account or vm")->required();
    command.add_option("NAME", given->subject,
                       "What is paused: its name; an account also as /domain/account; nothing for all");
    add_word(command, given->word);
    add_validity(command, given->word, "");
    command.footer(
        "Examples:\n"
        "  wardenctl pause all --for 30m --reason 'looking into it'\n"
        "  wardenctl pause remedy ha_restart --for 1d --reason 'new firmware'\n"
        "  wardenctl pause zone zone-1 --for 2h --reason 'storage works'");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, "/api/v1/pauses", body_of(given->word, texts_of(*given)), render_pause);
        };
    });
}

}  // namespace wardenctl::commands
