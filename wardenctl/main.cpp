#include <exception>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"

namespace {

void describe(CLI::App& app, wardenctl::Session& session) {
    app.set_version_flag("--version", "wardenctl " WARDEN_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Examples:\n"
        "  wardenctl actions                          what waits, and what is under way\n"
        "  wardenctl explain i-2-43-VM                what holds it, and what lifts that\n"
        "  wardenctl pause all --for 1h --reason '...'   hands off\n"
        "  wardenctl COMMAND --help                   more of them\n"
        "\n"
        "Exit codes: 0 done; 1 refused, not found or wrong; 2 wrong usage; 3 the controller cannot be "
        "reached.\n"
        "docs/wardenctl.md tells more.");
    app.add_option("--url,--controller", session.controller, "Where warden-controller listens")
        ->envname("WARDEN_CONTROLLER")
        ->capture_default_str();
    app.add_option("--token-file", session.token_file, "File that holds the operator's token")
        ->envname("WARDEN_TOKEN_FILE")
        ->capture_default_str();
    app.add_flag("--json", session.json, "Print JSON instead of a page");
}

}  // namespace

int main(int argc, char** argv) {
    try {
        wardenctl::Session session;
        wardenctl::Chosen chosen;
        CLI::App app{"The operator's hand on CloudStack Warden", "wardenctl"};
        describe(app, session);
        for (const auto add : wardenctl::commands::all) {
            add(app, chosen);
        }
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? wardenctl::ok : wardenctl::misused;
        }
        return chosen(session);
    } catch (const std::exception& error) {
        return wardenctl::fail(wardenctl::refused, error.what());
    }
}
