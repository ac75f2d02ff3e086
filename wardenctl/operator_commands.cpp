#include "wardenctl/operator_commands.hpp"

#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "wardenctl/client.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

/// Who says something, and why.
struct Word {
    std::string owner;
    std::string reason;
    std::string validity;  ///< empty: it holds for ever
};

/// Who is at the keyboard: whoever became root, rather than root.
std::string user_name() {
    for (const char* variable : {"SUDO_USER", "USER"}) {
        const char* name = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread, at the start
        if (name != nullptr && *name != '\0') {
            return name;
        }
    }
    return {};
}

/// The JSON object that the controller takes.
std::string body_of(const Word& word, Texts texts = {}) {
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

/// `otherwise` empty: it has to be given.
void add_validity(CLI::App& command, Word& word, const std::string& otherwise) {
    word.validity = otherwise;
    const std::string help = "How long it holds: 90s, 30m, 2h, 1d";
    auto* option = command.add_option("--for", word.validity,
                                      otherwise.empty() ? help : help + "; unless told, " + otherwise);
    if (otherwise.empty()) {
        option->required();
    }
}

struct OnAction {
    std::string id;
    std::string guard;
    Word word;
};

CLI::App& add_on_action(CLI::App& app, const char* name, const char* help, OnAction& given) {
    auto& command = *app.add_subcommand(name, help);
    command.add_option("ID", given.id, "The action's id, as `wardenctl actions` lists it")->required();
    return command;
}

void add_approve(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = add_on_action(
        app, "approve", "Say yes to the next attempt of an action whose remedy is in mode approve", *given);
    add_word(command, given->word);
    add_validity(command, given->word, "15m");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("actions", given->id, "approve"), body_of(given->word),
                        render_approval);
        };
    });
}

void add_cancel(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = add_on_action(app, "cancel",
                                  "End an action that waits; its alert will not begin another one", *given);
    add_word(command, given->word);
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("actions", given->id, "cancel"), body_of(given->word),
                        render_cancellation);
        };
    });
}

void add_lift(CLI::App& app, Chosen& chosen) {
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
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("actions", given->id, "lift"),
                        body_of(given->word, {{"guard", given->guard}}), render_lift);
        };
    });
}

void add_ack(CLI::App& app, Chosen& chosen) {
    struct Given {
        std::string vm;
        Word word;
    };
    const auto given = std::make_shared<Given>();
    auto& command =
        *app.add_subcommand("ack", "Say that you have seen a VM flap, and that Warden may act on it again");
    command.add_option("VM", given->vm, "Its uuid or instance name")->required();
    add_word(command, given->word);
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("vms", given->vm, "ack"), body_of(given->word),
                        render_acknowledgement);
        };
    });
}

void add_pause(CLI::App& app, Chosen& chosen) {
    struct Given {
        std::string scope;
        std::string subject;
        Word word;
    };
    const auto given = std::make_shared<Given>();
    auto& command = *app.add_subcommand("pause",
                                        "Have Warden keep its hands off, as in: wardenctl pause zone "
                                        "zone-1 --for 2h --reason 'storage works'");
    command.add_option("SCOPE", given->scope, "all, remedy, zone, cluster, host, account or vm")->required();
    command.add_option("NAME", given->subject,
                       "What is paused: its name; an account also as /domain/account; nothing for all");
    add_word(command, given->word);
    add_validity(command, given->word, "");
    const auto texts_of = [](const Given& pause) {
        Texts texts{{"scope", pause.scope}};
        if (!pause.subject.empty()) {
            texts.emplace_back("subject", pause.subject);
        }
        return texts;
    };
    command.callback([&chosen, given, texts_of] {
        chosen = [given, texts_of](const Session& session) {
            return tell(session, "/api/v1/pauses", body_of(given->word, texts_of(*given)), render_pause);
        };
    });
}

void add_resume(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<OnAction>();
    auto& command = *app.add_subcommand("resume", "End a pause before its time");
    command.add_option("ID", given->id, "The pause's id, as `wardenctl pauses` lists it")->required();
    add_word(command, given->word);
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) {
            return tell(session, path_of("pauses", given->id, "end"), body_of(given->word), render_pause);
        };
    });
}

void add_pauses(CLI::App& app, Chosen& chosen) {
    const auto all = std::make_shared<bool>(false);
    auto& command = *app.add_subcommand("pauses", "List what is paused, by whom, why and until when");
    command.add_flag("--all", *all, "Also what is over");
    command.callback([&chosen, all] {
        chosen = [all](const Session& session) {
            return show(session, std::string{"/api/v1/pauses?state="} + (*all ? "all" : "open"),
                        render_pauses);
        };
    });
}

}  // namespace

void add_operator_commands(CLI::App& app, Chosen& chosen) {
    add_approve(app, chosen);
    add_cancel(app, chosen);
    add_lift(app, chosen);
    add_ack(app, chosen);
    add_pause(app, chosen);
    add_resume(app, chosen);
    add_pauses(app, chosen);
}

}  // namespace wardenctl
