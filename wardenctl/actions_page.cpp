#include "controller/json/bounded_json.hpp"
#include "wardenctl/layout.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl {
namespace {

std::string vm_of(const Json& action) {
    return text(action, "vm", text(action, "vm_id"));
}

std::string render_verdicts(const Json& verdicts) {
    std::string out;
    std::string passing;
    for (const auto& verdict : verdicts) {
        if (at(verdict, "passes") == true) {
            passing += (passing.empty() ? "" : ", ") + text(verdict, "guard");
            continue;
        }
        out += paragraph("  " + padded(text(verdict, "guard"), 17), text(verdict, "sentence"));
        out += paragraph("  " + padded("", 17),
                         holds(verdict) ? "lifted by: " + text(verdict, "lifted_by") : lifted_words(verdict));
    }
    return out + (passing.empty() ? "" : paragraph("  passing: ", passing));
}

std::string render_attempts(const Json& attempts) {
    std::vector<TableRow> rows;
    for (const auto& attempt : attempts) {
        rows.push_back({"  " + text(attempt, "number"), text(attempt, "intent_at"),
                        text(attempt, "outcome", "no outcome yet"), text(attempt, "note", "")});
    }
    return table(rows);
}

std::string render_steps(const Json& steps) {
    std::vector<TableRow> rows;
    for (const auto& step : steps) {
        rows.push_back({"  " + text(step, "at"), text(step, "state"), text(step, "note", "")});
    }
    return table(rows);
}

}  // namespace

inventory::Result<std::string> render_actions(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    if (!document || !at(*document, "actions").is_array()) {
        return inventory::failure("the controller's answer holds no list of actions");
    }
    std::vector<TableRow> rows{{"ID", "STATE", "SINCE", "VM", "REMEDY", "ALERT"}};
    for (const auto& action : at(*document, "actions")) {
        rows.push_back({text(action, "id"), text(action, "state"), text(action, "since"), vm_of(action),
                        text(action, "remedy"), text(action, "alert")});
    }
    return rows.size() == 1 ? "no actions\n" : table(rows);
}

inventory::Result<std::string> render_action(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    if (!document || !document->is_object()) {
        return inventory::failure("the controller's answer holds no action");
    }
    const auto& action = *document;
    std::string out = line("action " + text(action, "id") + ": " + text(action, "remedy") + " on " +
                           vm_of(action) + ", " + text(action, "state") + " since " + text(action, "since"));
    out += line("  vm_id " + text(action, "vm_id"));
    out += paragraph("  alert ", text(action, "alert") + ", firing since " + text(action, "starts_at") +
                                     ", fingerprint " + text(action, "fingerprint"));
    out += "\nguards\n" + (at(action, "verdicts").empty() ? "  nothing was decided yet\n"
                                                          : render_verdicts(at(action, "verdicts")));
    out += "\nattempts\n" +
           (at(action, "attempts").empty() ? "  none\n" : render_attempts(at(action, "attempts")));
    return out + "\nsteps\n" + render_steps(at(action, "steps"));
}

std::string error_of(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    return document ? text(*document, "error", "the controller gave no reason")
                    : "the answer is none of warden-controller's";
}

}  // namespace wardenctl
