#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "wardenctl/commands/commands.hpp"
#include "wardenctl/operator_pages.hpp"

namespace wardenctl::commands {

void pauses(CLI::App& app, Chosen& chosen) {
    const auto over = std::make_shared<bool>(false);
    auto& command = *app.add_subcommand("pauses", "List what is paused, by whom, why and until when");
    command.add_flag("--all", *over, "Also what is over");
    command.footer("Examples:\n  wardenctl pauses");
    command.callback([&chosen, over] {
        chosen = [over](const Session& session) {
            return show(session, std::string{"/api/v1/pauses?state="} + (*over ? "all" : "open"),
                        render_pauses);
        };
    });
}

}  // namespace wardenctl::commands
