#include <algorithm>

#include "controller/json/bounded_json.hpp"
#include "inventory/support/rfc3339.hpp"
#include "wardenctl/layout.hpp"
#include "wardenctl/pages.hpp"

namespace wardenctl {
namespace {

constexpr std::size_t label_width = 21;
constexpr std::size_t most_hosts = 3;
constexpr std::ptrdiff_t most_page_lines = 24;  // a terminal that nobody has enlarged
constexpr std::size_t most_reason_lines = 2;

std::string labelled(std::string_view label, std::string_view content) {
    return line(padded(label, label_width) + std::string{content});
}

std::string what_is_true(const Json& world) {
    const auto& verdict = at(world, "verdict");
    const auto& since = at(world, "drift_since");
    const std::string seen = since.is_null() ? "" : ", first seen " + ago(since);
    return labelled("What is true", text(verdict, "kind") + seen) +
           paragraph(padded("", label_width), text(verdict, "reason", "nothing is known of it yet"),
                     most_reason_lines);
}

std::string what_is_recorded(const Json& world) {
    const auto& rows = at(world, "rows");
    const std::string read = "; read " + ago(at(world, "records_read"));
    if (rows.size() != 1) {
        return std::to_string(rows.size()) + " rows carry this identity" + read;
    }
    const auto& row = rows.at(0);
    const auto& host = at(world, "host");
    const std::string place = host.is_null()
                                  ? " on no known host"
                                  : " on " + text(host, "name") + " (" + text(host, "status") + ")";
    return text(row, "state") + place + ", since " + ago(at(row, "state_changed")) + read;
}

std::string what_is_reported(const Json& world) {
    const auto& rows = at(world, "rows");
    if (rows.size() != 1) {
        return "unknown";
    }
    const auto& row = rows.at(0);
    const std::string status = text(at(world, "verdict"), "report", "no report due");
    return text(row, "power_state") + ", count " + text(row, "report_count") + ", " +
           ago(at(row, "reported")) + " (" + status + ")";
}

bool is_silent(const Json& host) {
    return at(host, "answered") != true;
}

std::string host_line(const Json& host) {
    const std::string shown = is_silent(host) ? "silent" : text(host, "domain", "no domain");
    const std::string error = text(host, "error", "");
    return labelled("", "  " + text(host, "name") + " (" + text(host, "status") + "): " + shown +
                            ", last answered " + ago(at(host, "asked")) +
                            (error.empty() ? "" : "; " + error));
}

/// Silent hosts and hosts that show a domain first: they are what an operator looks for.
std::string what_is_shown(const Json& world) {
    const auto& candidates = at(world, "candidates");
    std::vector<Json> hosts{candidates.begin(), candidates.end()};
    const auto interest = [](const Json& host) { return is_silent(host) || !at(host, "domain").is_null(); };
    std::stable_partition(hosts.begin(), hosts.end(), interest);
    const auto silent = std::count_if(hosts.begin(), hosts.end(), is_silent);
    const auto answered = static_cast<std::ptrdiff_t>(hosts.size()) - silent;
    std::string out =
        labelled("  libvirt shows", text(at(world, "verdict"), "shown") + "; " + std::to_string(answered) +
                                        " of " + std::to_string(hosts.size()) + " hosts answered");
    for (std::size_t i = 0; i < std::min(hosts.size(), most_hosts); ++i) {
        out += host_line(hosts[i]);
    }
    return hosts.size() <= most_hosts
               ? out
               : out + labelled("", "  and " + std::to_string(hosts.size() - most_hosts) + " more");
}

/// What a remedy does, for somebody who has not read the manual.
std::string deed_of(const std::string& remedy, const std::string& stage) {
    if (remedy == "stop_sync") {
        return "have CloudStack stop it, so that its record says what is true";
    }
    if (remedy == "ha_restart") {
        return stage == "stopped" ? "have CloudStack start it again"
                                  : "have CloudStack stop it, and then start it again";
    }
    return remedy == "reassign_retry" ? "move it to its new owner once more" : "what the remedy does";
}

/// For how long it has been so: "2m10s"; the moment itself when that cannot be told.
std::string duration_since(const std::string& since, const Json& world) {
    const auto began = inventory::parse_rfc3339(since);
    const auto now = inventory::parse_rfc3339(text(world, "at", ""));
    return began && now ? "for " + inventory::to_words(*now - *began) : "since " + since;
}

std::string what_warden_does(const Json& explanation) {
    const auto& action = at(explanation, "action");
    const std::string remedy = text(explanation, "remedy");
    if (action.is_null()) {
        return labelled("What Warden will do", "nothing: no alert asks for " + remedy);
    }
    const auto& world = at(explanation, "world");
    return labelled("What Warden will do", remedy + ": " + deed_of(remedy, text(action, "stage", ""))) +
           paragraph(padded("", label_width), "action " + text(action, "id") + ", " + text(action, "state") +
                                                  " " + duration_since(text(action, "since"), world) + "; " +
                                                  text(action, "alert") + " fires " +
                                                  duration_since(text(action, "starts_at"), world));
}

std::string why_not_yet(const Json& explanation, std::size_t refusals) {
    if (at(explanation, "action").is_null()) {
        return refusals == 0 ? "" : labelled("What would hold it", "");
    }
    if (at(explanation, "acts") == true) {
        return labelled("When", "at once, if facts read anew agree");
    }
    return labelled("Why not yet", std::to_string(refusals) +
                                       (refusals == 1 ? " guard holds" : " guards hold") +
                                       " it; all have to pass");
}

/// The guards that refuse, each sentence in at most so many lines, then the names of those that pass.
std::string what_holds(const Json& verdicts, std::size_t most) {
    std::string refusing;
    std::string passing;
    for (const auto& verdict : verdicts) {
        const auto guard = text(verdict, "guard");
        if (at(verdict, "passes") == true) {
            passing += (passing.empty() ? "" : ", ") + guard;
            continue;
        }
        refusing += paragraph(padded("  " + guard, label_width), text(verdict, "sentence"), most);
        refusing += paragraph(padded(holds(verdict) ? "    lifted by" : "", label_width),
                              holds(verdict) ? text(verdict, "lifted_by") : lifted_words(verdict), most);
    }
    return refusing + (passing.empty() ? "" : paragraph(padded("  passing", label_width), passing, most));
}

std::size_t refusals_in(const Json& verdicts) {
    return static_cast<std::size_t>(std::count_if(verdicts.begin(), verdicts.end(), holds));
}

}  // namespace

inventory::Result<std::string> render_explanation(std::string_view json) {
    const auto document = controller::parse_bounded_json(json, deepest_answer);
    if (!document || !at(*document, "world").is_object() || !at(*document, "verdicts").is_array()) {
        return inventory::failure("the controller's answer holds no explanation");
    }
    const auto& world = at(*document, "world");
    const auto& verdicts = at(*document, "verdicts");
    const std::string head =
        line(text(*document, "vm") + "  " + text(*document, "vm_id")) + "\n" + what_is_true(world) +
        "\nWho says so\n" + labelled("  CloudStack records", what_is_recorded(world)) +
        labelled("  its agent reports", what_is_reported(world)) + what_is_shown(world) + "\n" +
        what_warden_does(*document) + why_not_yet(*document, refusals_in(verdicts));
    // One screen: whole sentences when they fit, their beginnings when everything refuses at length.
    std::size_t most = most_lines;
    std::string page = head + what_holds(verdicts, most);
    while (most > 1 && std::count(page.begin(), page.end(), '\n') > most_page_lines) {
        page = head + what_holds(verdicts, --most);
    }
    return page;
}

}  // namespace wardenctl
