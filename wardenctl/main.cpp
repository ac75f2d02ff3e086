#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "service/secret_file.hpp"
#include "wardenctl/client.hpp"
#include "wardenctl/pages.hpp"

namespace {

constexpr int ok = 0;
constexpr int refused = 1;
constexpr int unusable = 2;  ///< wrong usage, or no controller to talk to

struct Options {
    std::string controller = "http://127.0.0.1:9785";
    std::string token_file = "/etc/warden/operator.token";
    bool json = false;
    bool all = false;
    std::string vm;
    std::string id;
};

using Render = inventory::Result<std::string> (*)(std::string_view);

int fail(int code, const std::string& sentence) {
    (void)std::fprintf(stderr, "wardenctl: %s\n", sentence.c_str());
    return code;
}

int show(const Options& options, const std::string& target, Render render) {
    constexpr std::chrono::seconds limit{10};
    constexpr int success = 200;
    const auto token = service::read_secret_file(options.token_file);
    if (!token) {
        return fail(unusable, token.error().message + " (--token-file names the operator's token)");
    }
    const auto answer = wardenctl::get(options.controller, target, *token, limit);
    if (!answer) {
        return fail(unusable, answer.error().message);
    }
    if (answer->status != success) {
        return fail(refused, wardenctl::error_of(answer->body));
    }
    const auto page = options.json ? inventory::Result<std::string>{answer->body} : render(answer->body);
    if (!page) {
        return fail(refused, page.error().message);
    }
    (void)std::fputs(page->c_str(), stdout);
    return ok;
}

int show_actions(const Options& options) {
    if (!options.id.empty()) {
        return show(options, "/api/v1/actions/" + wardenctl::url_encoded(options.id),
                    wardenctl::render_action);
    }
    const std::string vm = options.vm.empty() ? "" : "&vm=" + wardenctl::url_encoded(options.vm);
    return show(options, std::string{"/api/v1/actions?state="} + (options.all ? "all" : "open") + vm,
                wardenctl::render_actions);
}

int explain(const Options& options) {
    return show(options, "/api/v1/explain/" + wardenctl::url_encoded(options.vm),
                wardenctl::render_explanation);
}

void describe(CLI::App& app, Options& options) {
    app.set_version_flag("--version", "wardenctl " WARDEN_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 done; 1 not found, or refused; 2 wrong usage, or the controller cannot be reached.");
    app.add_option("--controller", options.controller, "Where warden-controller listens")
        ->envname("WARDEN_CONTROLLER")
        ->capture_default_str();
    app.add_option("--token-file", options.token_file, "File that holds the operator's token")
        ->envname("WARDEN_TOKEN_FILE")
        ->capture_default_str();
    app.add_flag("--json", options.json, "Print the controller's answer as it is");

    auto* actions = app.add_subcommand("actions", "List what Warden was asked to do, or show one action");
    actions->add_option("ID", options.id, "An action's id: its verdicts, attempts and steps");
    actions->add_option("--vm", options.vm, "Only of this VM: its uuid or instance name");
    actions->add_flag("--all", options.all, "Also what is over");

    auto* explanation = app.add_subcommand(
        "explain", "Say what is true of a VM, who says so, what Warden will do, and what holds it");
    explanation->add_option("VM", options.vm, "Its uuid or instance name")->required();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Options options;
        CLI::App app{"The operator's hand on CloudStack Warden", "wardenctl"};
        describe(app, options);
        try {
            app.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? ok : unusable;
        }
        return app.got_subcommand("explain") ? explain(options) : show_actions(options);
    } catch (const std::exception& error) {
        return fail(unusable, error.what());
    }
}
