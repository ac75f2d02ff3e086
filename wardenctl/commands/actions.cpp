#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/client.hpp"
#include "wardenctl/commands/commands.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl::commands {

namespace {

struct ActionsWanted {
    std::string id;
    std::string vm;
    bool all = false;
};

int list_or_show(const Session& session, const ActionsWanted& given) {
    if (!given.id.empty()) {
        return show(session, "/api/v1/actions/" + url_encoded(given.id), render_action);
    }
    const std::string vm = given.vm.empty() ? "" : "&vm=" + url_encoded(given.vm);
    return show(session, std::string{"/api/v1/actions?state="} + (given.all ? "all" : "open") + vm,
                render_actions);
}

}  // namespace

void actions(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<ActionsWanted>();
    auto& command = *app.add_subcommand("actions", "List what Warden was asked to do, or show one action");
    command.add_option("ID", given->id, "An action's id: its verdicts, attempts and steps");
    command.add_option("--vm", given->vm, "Only of this VM: its uuid or instance name");
    command.add_flag("--all", given->all, "Also what is over");
    command.footer(
        "Examples:\n"
        "  wardenctl actions                     what waits or is under way\n"
        "  wardenctl actions --all --vm i-2-43-VM\n"
        "  wardenctl actions 12                  what was decided and done, step by step\n"
        "  wardenctl actions 12 --json > 12.json   with its evidence, as `wardenctl replay` reads it");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) { return list_or_show(session, *given); };
    });
}

}  // namespace wardenctl::commands
