#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/client.hpp"
#include "wardenctl/operator_commands.hpp"
#include "wardenctl/pages.hpp"
#include "wardenctl/session.hpp"

namespace {

struct Options {
    wardenctl::Session session;
    bool all = false;
    std::string vm;
    std::string id;
};

int show_actions(const Options& options) {
    if (!options.id.empty()) {
        return wardenctl::show(options.session, "/api/v1/actions/" + wardenctl::url_encoded(options.id),
                               wardenctl::render_action);
    }
    const std::string vm = options.vm.empty() ? "" : "&vm=" + wardenctl::url_encoded(options.vm);
    return wardenctl::show(options.session,
                           std::string{"/api/v1/actions?state="} + (options.all ? "all" : "open") + vm,
                           wardenctl::render_actions);
}

int explain(const Options& options) {
    return wardenctl::show(options.session, "/api/v1/explain/" + wardenctl::url_encoded(options.vm),
                           wardenctl::render_explanation);
}

void describe(CLI::App& app, Options& options, wardenctl::Chosen& chosen) {
    app.set_version_flag("--version", "wardenctl " WARDEN_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 done; 1 not found, or refused; 2 wrong usage, or the controller cannot be reached.");
    app.add_option("--controller", options.session.controller, "Where warden-controller listens")
        ->envname("WARDEN_CONTROLLER")
        ->capture_default_str();
    app.add_option("--token-file", options.session.token_file, "File that holds the operator's token")
        ->envname("WARDEN_TOKEN_FILE")
        ->capture_default_str();
    app.add_flag("--json", options.session.json, "Print the controller's answer as it is");

    auto* actions = app.add_subcommand("actions", "List what Warden was asked to do, or show one action");
    actions->add_option("ID", options.id, "An action's id: its verdicts, attempts and steps");
    actions->add_option("--vm", options.vm, "Only of this VM: its uuid or instance name");
    actions->add_flag("--all", options.all, "Also what is over");

    auto* explanation = app.add_subcommand(
        "explain", "Say what is true of a VM, who says so, what Warden will do, and what holds it");
    explanation->add_option("VM", options.vm, "Its uuid or instance name")->required();

    actions->callback(
        [&] { chosen = [&options](const wardenctl::Session&) { return show_actions(options); }; });
    explanation->callback(
        [&] { chosen = [&options](const wardenctl::Session&) { return explain(options); }; });
    wardenctl::add_operator_commands(app, chosen);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Options options;
        CLI::App app{"The operator's hand on CloudStack Warden", "wardenctl"};
        wardenctl::Chosen chosen;
        describe(app, options, chosen);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? wardenctl::ok : wardenctl::unusable;
        }
        return chosen(options.session);
    } catch (const std::exception& error) {
        return wardenctl::fail(wardenctl::unusable, error.what());
    }
}
