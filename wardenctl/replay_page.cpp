#include "wardenctl/replay_page.hpp"

#include <algorithm>

#include "wardenctl/layout.hpp"

namespace wardenctl {
namespace {

using controller::replay::Comparison;
using controller::replay::Replayed;

std::string listed(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words) {
        line += (line.empty() ? "" : ", ") + word;
    }
    return line;
}

std::string deed(bool acts) {
    return acts ? "acts" : "holds";
}

std::string why(const Comparison& decision) {
    if (!decision.trouble.empty()) {
        return "not judged: " + decision.trouble;
    }
    std::string text;
    const auto add = [&text](const std::string& sentence, const std::vector<std::string>& words) {
        if (!words.empty()) {
            text += (text.empty() ? "" : "; ") + sentence + listed(words);
        }
    };
    add("refused by ", decision.refuse_now);
    add("no longer refused by ", decision.refuse_no_more);
    add("unknown, for the evidence does not tell: ", decision.lacking);
    return text;
}

bool is_worth_showing(const Comparison& decision) {
    return decision.differs() || !decision.trouble.empty();
}

struct Tally {
    std::size_t decisions = 0;
    std::size_t different = 0;
    std::size_t not_judged = 0;
};

Tally tally_of(const std::vector<Replayed>& actions) {
    Tally tally;
    for (const auto& action : actions) {
        tally.decisions += action.decisions.size();
        for (const auto& decision : action.decisions) {
            tally.different += decision.differs() ? 1U : 0U;
            tally.not_judged += decision.trouble.empty() ? 0U : 1U;
        }
    }
    return tally;
}

std::string headline(const std::vector<Replayed>& actions, const std::string& config) {
    const auto tally = tally_of(actions);
    std::string text = std::to_string(tally.decisions) + " decisions of " + std::to_string(actions.size()) +
                       " actions, judged again by " + config + ": ";
    text += tally.different == 0 ? "none would differ" : std::to_string(tally.different) + " would differ";
    return tally.not_judged == 0 ? text
                                 : text + ", " + std::to_string(tally.not_judged) + " cannot be judged";
}

void add_rows(std::vector<TableRow>& rows, const Replayed& action) {
    for (const auto& decision : action.decisions) {
        if (is_worth_showing(decision)) {
            rows.push_back({std::to_string(action.id), action.vm, action.remedy,
                            inventory::to_rfc3339(decision.at), deed(decision.acted),
                            decision.trouble.empty() ? deed(decision.would_act) : "unknown", why(decision)});
        }
    }
}

}  // namespace

std::string render_replay(const std::vector<Replayed>& actions, const std::string& config) {
    std::vector<TableRow> rows{{"ACTION", "VM", "REMEDY", "DECIDED", "THEN", "NOW", "WHY"}};
    std::string routings;
    for (const auto& action : actions) {
        if (!action.routing.empty()) {
            routings += paragraph("action " + std::to_string(action.id) + ": ", action.routing);
        }
        add_rows(rows, action);
    }
    std::string page = paragraph("", headline(actions, config));
    page += routings.empty() ? "" : "\n" + routings;
    return rows.size() == 1 ? page : page + "\n" + table(rows);
}

std::string replay_json(const std::vector<Replayed>& actions) {
    Json list = Json::array();
    for (const auto& action : actions) {
        Json decisions = Json::array();
        for (const auto& decision : action.decisions) {
            decisions.push_back({{"at", inventory::to_rfc3339(decision.at)},
                                 {"kind", decision.kind},
                                 {"acted", decision.acted},
                                 {"would_act", decision.would_act},
                                 {"refuse_now", decision.refuse_now},
                                 {"refuse_no_more", decision.refuse_no_more},
                                 {"lacking", decision.lacking},
                                 {"trouble", decision.trouble}});
        }
        list.push_back({{"id", action.id},
                        {"vm", action.vm},
                        {"remedy", action.remedy},
                        {"alert", action.alert},
                        {"routing", action.routing},
                        {"decisions", std::move(decisions)}});
    }
    return Json{{"actions", std::move(list)}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wardenctl
