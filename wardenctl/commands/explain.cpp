#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/client.hpp"
#include "wardenctl/commands/commands.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl::commands {

void explain(CLI::App& app, Chosen& chosen) {
    const auto vm = std::make_shared<std::string>();
    auto& command = *app.add_subcommand(
        "explain", "Say what is true of a VM, who says so, what Warden will do, and what holds it");
    command.add_option("VM", *vm, "Its uuid or instance name")->required();
    command.footer("Examples:\n  wardenctl explain i-2-43-VM");
    command.callback([&chosen, vm] {
        chosen = [vm](const Session& session) {
            return show(session, "/api/v1/explain/" + url_encoded(*vm), render_explanation);
        };
    });
}

}  // namespace wardenctl::commands
