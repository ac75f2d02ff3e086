#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "controller/config.hpp"
#include "wardenctl/commands/commands.hpp"

namespace wardenctl::commands {
namespace {

int check(const std::string& file) {
    const auto config = controller::read_config(file);
    if (!config) {
        return fail(refused, config.error().message);
    }
    (void)std::puts((file + ": good").c_str());
    return ok;
}

}  // namespace

void check_config(CLI::App& app, Chosen& chosen) {
    const auto file = std::make_shared<std::string>("/etc/warden/warden.yml");
    auto& command = *app.add_subcommand(
        "check-config", "Read a configuration of the controller and name every mistake; nothing is asked");
    command.add_option("FILE", *file, "The configuration file")->capture_default_str();
    command.footer(
        "Examples:\n"
        "  wardenctl check-config new.yml\n"
        "The files of secrets that it names are read too, so it has to be run by somebody who may do that.");
    command.callback(
        [&chosen, file] { chosen = [file](const Session& /*session*/) { return check(*file); }; });
}

}  // namespace wardenctl::commands
