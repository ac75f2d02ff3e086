#include "controller/replay/replay.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "controller/config.hpp"
#include "controller/json/bounded_json.hpp"
#include "inventory/support/rfc3339.hpp"
#include "service/file_content.hpp"
#include "wardenctl/commands/commands.hpp"
#include "wardenctl/replay_page.hpp"

namespace wardenctl::commands {
namespace {

using controller::replay::RecordedAction;
using Recorded = tl::expected<std::vector<RecordedAction>, int>;

struct WantedReplay {
    std::string config;
    std::string since = "24h";
    std::vector<std::string> files;
};

/// 90s, 30m, 24h, 7d.
std::optional<std::chrono::seconds> parse_span(const std::string& text) {
    const std::map<char, std::chrono::seconds> units{{'s', std::chrono::seconds{1}},
                                                     {'m', std::chrono::minutes{1}},
                                                     {'h', std::chrono::hours{1}},
                                                     {'d', std::chrono::days{1}}};
    constexpr int most = 100'000;
    const auto unit = text.empty() ? units.end() : units.find(text.back());
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool is_number = error == std::errc{} && end + 1 == text.data() + text.size();
    return unit != units.end() && is_number && count > 0 && count <= most
               ? std::optional{count * unit->second}
               : std::nullopt;
}

tl::expected<RecordedAction, int> read(const std::string& text, const std::string& where) {
    auto action = controller::replay::read_recorded_action(text);
    return action ? tl::expected<RecordedAction, int>{std::move(*action)}
                  : tl::unexpected(fail(refused, where + ": " + action.error().message));
}

Recorded read_files(const std::vector<std::string>& files) {
    constexpr std::size_t largest = std::size_t{64} * 1024 * 1024;
    std::vector<RecordedAction> actions;
    for (const auto& file : files) {
        const auto content = service::read_file(file, largest);
        if (!content) {
            return tl::unexpected(fail(refused, content.error().message));
        }
        auto action = read(content->bytes, file);
        if (!action) {
            return tl::unexpected(action.error());
        }
        actions.push_back(std::move(*action));
    }
    return actions;
}

/// The actions that changed since then, newest first.
tl::expected<std::vector<std::string>, int> ids_since(const Session& session, inventory::Time since) {
    constexpr int depth = 8;
    const auto answer = ask(session, "/api/v1/actions?state=all&limit=1000");
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    const auto list = controller::parse_bounded_json(*answer, depth);
    if (!list || !list->is_object() || !list->contains("actions") || !list->at("actions").is_array()) {
        return tl::unexpected(fail(refused, "the controller's answer holds no list of actions"));
    }
    std::vector<std::string> ids;
    for (const auto& action : list->at("actions")) {
        const auto changed = inventory::parse_rfc3339(action.value("since", ""));
        if (changed && *changed >= since && action.contains("id")) {
            ids.push_back(action.at("id").dump());
        }
    }
    return ids;
}

Recorded ask_all(const Session& session, inventory::Time since) {
    const auto ids = ids_since(session, since);
    if (!ids) {
        return tl::unexpected(ids.error());
    }
    std::vector<RecordedAction> actions;
    for (const auto& id : *ids) {
        const auto answer = ask(session, "/api/v1/actions/" + id);
        auto action = answer ? read(*answer, "action " + id) : tl::unexpected(answer.error());
        if (!action) {
            return tl::unexpected(action.error());
        }
        actions.push_back(std::move(*action));
    }
    return actions;
}

int judge_again(const Session& session, const WantedReplay& given) {
    const auto config = controller::read_config(given.config);
    if (!config) {
        return fail(refused, config.error().message);
    }
    const auto span = parse_span(given.since);
    if (!span) {
        return fail(misused, "--since: write how long ago, as in 90m, 24h or 7d, not '" + given.since + "'");
    }
    const auto recorded =
        given.files.empty() ? ask_all(session, inventory::system_now() - *span) : read_files(given.files);
    if (!recorded) {
        return recorded.error();
    }
    const controller::replay::Rules rules{config->loop.policy, config->alerts};
    std::vector<controller::replay::Replayed> replayed;
    for (const auto& action : *recorded) {
        replayed.push_back(controller::replay::replay(action, rules));
    }
    const auto page = session.json ? replay_json(replayed) : render_replay(replayed, given.config);
    (void)std::fputs(page.c_str(), stdout);
    return ok;
}

}  // namespace

void replay(CLI::App& app, Chosen& chosen) {
    const auto given = std::make_shared<WantedReplay>();
    auto& command = *app.add_subcommand(
        "replay", "Judge again, by another configuration, what was decided; nothing is done by it");
    command.add_option("--config", given->config, "The configuration to judge by")->required();
    command.add_option("--since", given->since, "Of actions that changed within this time: 90m, 24h")
        ->capture_default_str();
    command.add_option("FILE", given->files,
                       "Instead of asking the controller: what `wardenctl --json actions ID` printed");
    command.footer(
        "Examples:\n"
        "  wardenctl replay --config new.yml                what the last day would have been by new.yml\n"
        "  wardenctl replay --config new.yml --since 168h\n"
        "  wardenctl replay --config new.yml 12.json 13.json\n"
        "The files of secrets that the configuration names are read too.");
    command.callback([&chosen, given] {
        chosen = [given](const Session& session) { return judge_again(session, *given); };
    });
}

}  // namespace wardenctl::commands
