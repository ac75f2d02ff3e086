#include "wardenctl/commands/word_options.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "wardenctl/client.hpp"
#include "wardenctl/session.hpp"

namespace wardenctl {
std::string body_of(const Word& word, Texts texts) {
    texts.emplace_back("operator", word.owner.empty() ? user_name() : word.owner);
    texts.emplace_back("reason", word.reason);
    if (!word.validity.empty()) {
        texts.emplace_back("for", word.validity);
    }
    using nlohmann::json;
    auto object = json::object();
    for (const auto& [name, text] : texts) {
        object[name] = text;
    }
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string path_of(const char* kind, const std::string& name, const char* verb) {
    return std::string{"/api/v1/"} + kind + "/" + url_encoded(name) + "/" + verb;
}

void add_word(CLI::App& command, Word& word) {
    command.add_option("--reason", word.reason, "Why: it is kept in the journal and shown to everybody")
        ->required();
    command.add_option("--owner", word.owner, "Who says so; unless told, $SUDO_USER or $USER");
}

void add_validity(CLI::App& command, Word& word, const std::string& otherwise) {
    word.validity = otherwise;
    const std::string help = "How long it holds: 90s, 30m, 2h, 1d";
    auto* option = command.add_option("--for", word.validity,
                                      otherwise.empty() ? help : help + "; unless told, " + otherwise);
    if (otherwise.empty()) {
        option->required();
    }
}

CLI::App& add_on_action(CLI::App& app, const char* name, const char* help, OnAction& given) {
    auto& command = *app.add_subcommand(name, help);
    command.add_option("ID", given.id, "The action's id, as `wardenctl actions` lists it")->required();
    return command;
}

}  // namespace wardenctl
