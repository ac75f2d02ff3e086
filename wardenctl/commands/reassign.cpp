#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "service/secret_file.hpp"
#include "wardenctl/commands/commands.hpp"
#include "wardenctl/http_moves.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl::commands {
namespace {

constexpr std::size_t most_at_once = 32;

struct ReassignOptions {
    MoveLine line;
    std::string file;
    std::size_t at_once = 1;
    bool check_only = false;
    bool no_check = false;
    bool accept_unknown = false;
    unsigned patience_minutes = 15;
    Mover mover;
};

int fail_with(const inventory::Error& error) {
    return fail(error.retryable ? unreachable : refused, error.message);
}

void print(const std::string& text) {
    (void)std::fputs(text.c_str(), stdout);
    (void)std::fflush(stdout);
}

/// Prints one check; false when something fails, or nobody can read it.
inventory::Result<bool> show_check(HttpMoves& office, const MoveLine& line, const ReassignOptions& options,
                                   bool json) {
    const auto text = office.check_text(line);
    if (!text) {
        return inventory::failure(line.vm, text.error());
    }
    const auto page = json ? inventory::Result<std::string>(*text) : render_check(*text);
    if (!page) {
        return tl::unexpected(page.error());
    }
    print(*page);
    const auto standing = standing_of(*text);
    return standing == "holds" || (standing == "unknown" && options.accept_unknown);
}

int check_all(HttpMoves& office, const std::vector<MoveLine>& lines, const ReassignOptions& options,
              bool json) {
    bool good = true;
    for (const auto& line : lines) {
        const auto checked = show_check(office, line, options, json);
        if (!checked) {
            return fail_with(checked.error());
        }
        good = good && *checked;
    }
    return good ? ok : refused;
}

/// Error: why the move is not asked for.
inventory::Status pass_check(HttpMoves& office, const ReassignOptions& options) {
    const auto checked = office.check(options.line);
    if (!checked) {
        return tl::unexpected(checked.error());
    }
    if (checked->standing == "holds" || (checked->standing == "unknown" && options.accept_unknown)) {
        return {};
    }
    std::string why = "not asked for: preflight " + checked->standing;
    for (const auto& sentence : checked->sentences) {
        why += "\n  " + sentence;
    }
    return inventory::failure(why);
}

int move_one(HttpMoves& office, const ReassignOptions& options, bool json) {
    const auto checked = options.no_check ? inventory::Status{} : pass_check(office, options);
    if (!checked) {
        return fail_with(checked.error());
    }
    const auto filed = office.file_text(options.line, "", false);
    if (!filed) {
        return fail_with(filed.error());
    }
    const auto page = json ? inventory::Result<std::string>(*filed) : render_filed(*filed);
    if (!page) {
        return fail(refused, page.error().message);
    }
    print(*page);
    return ok;
}

int move_file(HttpMoves& office, const MoveFile& file, const ReassignOptions& options) {
    print("batch " + file.batch + ": " + std::to_string(file.lines.size()) + " VMs\n");
    const BulkSettings settings{.at_once = options.at_once,
                                .accept_unknown = options.accept_unknown,
                                .patience = std::chrono::minutes{options.patience_minutes},
                                .now = inventory::system_now,
                                .pause = [](inventory::Duration time) { std::this_thread::sleep_for(time); },
                                .say = [](const std::string& line) { print("  " + line + "\n"); }};
    const auto outcome = move_all(file, office, settings);
    if (!outcome) {
        return fail_with({outcome.error().message + "; start it again with the same file to go on",
                          outcome.error().retryable});
    }
    print(std::to_string(outcome->moved) + " moved, " + std::to_string(outcome->there) + " there already, " +
          std::to_string(outcome->failed.size()) + " failed, " + std::to_string(outcome->left) +
          " not begun\n");
    return outcome->is_done()
               ? ok
               : fail(refused, "stopped; lift what failed, and start it again with the same file");
}

/// What the words do not say; empty: nothing is missing.
std::string missing_in(const ReassignOptions& options) {
    const auto& line = options.line;
    if (options.file.empty() && (line.vm.empty() || line.account.empty() || line.domain.empty())) {
        return "reassign needs --vm, --account and --domain, or --file";
    }
    if (!options.check_only && options.mover.reason.empty()) {
        return "reassign needs --reason: it is kept in the journal and shown to everybody";
    }
    if (!options.check_only && options.mover.name.empty()) {
        return "reassign needs --owner: neither $SUDO_USER nor $USER says who asks";
    }
    return {};
}

int run(const Session& session, const ReassignOptions& options) {
    const auto token = service::read_secret_file(session.token_file);
    if (!token) {
        return fail(misused, token.error().message + " (--token-file names the operator's token)");
    }
    if (const auto missing = missing_in(options); !missing.empty()) {
        return fail(misused, missing);
    }
    HttpMoves office(session.controller, *token, options.mover);
    if (options.file.empty()) {
        return options.check_only ? check_all(office, {options.line}, options, session.json)
                                  : move_one(office, options, session.json);
    }
    const auto file = read_move_file(options.file);
    if (!file) {
        return fail(misused, file.error().message);
    }
    return options.check_only ? check_all(office, file->lines, options, session.json)
                              : move_file(office, *file, options);
}

/// What names one VM, and has no meaning beside a file of them.
std::vector<CLI::Option*> add_single(CLI::App& command, ReassignOptions& options) {
    return {
        command.add_option("--vm", options.line.vm, "Its uuid or instance name"),
        command.add_option("--account", options.line.account, "The new account's name"),
        command.add_option("--domain", options.line.domain,
                           "The uuid or the path of its domain (ROOT/sales)"),
        command.add_option("--network", options.line.networks, "Uuid of a network of it; may be repeated"),
        command.add_flag("--no-check", options.no_check,
                         "Ask for the move whatever the check says: the guards hold it until it can be made"),
    };
}

void add_file(CLI::App& command, ReassignOptions& options, const std::vector<CLI::Option*>& single) {
    auto* const file = command.add_option(
        "--file", options.file,
        "CSV (vm,account,domain,networks) or YAML list; started again, it goes on where it was");
    for (auto* const option : single) {
        file->excludes(option);
    }
    command.add_option("--at-once", options.at_once, "How many at once after the first")
        ->check(CLI::Range(std::size_t{1}, most_at_once))
        ->capture_default_str();
    command.add_option("--patience", options.patience_minutes, "Minutes that one move of a file may take")
        ->capture_default_str();
}

void add_why(CLI::App& command, ReassignOptions& options) {
    command.add_option("--reason", options.mover.reason,
                       "Why: it is kept in the journal and shown to everybody");
    command.add_option("--owner", options.mover.name, "Who asks; unless told, $SUDO_USER or $USER")
        ->capture_default_str();
    command.add_flag("--check", options.check_only,
                     "Only say which preconditions hold; exit code 1 when one fails or is unknown");
    command.add_flag("--accept-unknown", options.accept_unknown,
                     "A precondition that cannot be read does not stop it");
}

}  // namespace

void reassign(CLI::App& app, Chosen& chosen) {
    const auto options = std::make_shared<ReassignOptions>();
    options->mover.name = user_name();
    auto& command = *app.add_subcommand(
        "reassign", "Move a stopped VM to another account, with its volumes; or a file of VMs, canary first");
    const auto single = add_single(command, *options);
    add_file(command, *options, single);
    add_why(command, *options);
    command.footer(
        "Examples:\n"
        "  wardenctl reassign --check --vm i-2-41-VM --account bob --domain ROOT/south\n"
        "  wardenctl reassign --vm i-2-41-VM --account bob --domain ROOT/south --reason 'sold to bob'\n"
        "  wardenctl reassign --file moves.csv --at-once 5 --reason 'tenant split'\n"
        "docs/reassignment.md tells what a move needs, and how one that failed is tried again.");
    command.callback([&chosen, options] {
        chosen = [options](const Session& session) { return run(session, *options); };
    });
}

}  // namespace wardenctl::commands
