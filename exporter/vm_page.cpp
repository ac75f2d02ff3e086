#include "exporter/vm_page.hpp"

#include <algorithm>
#include <string_view>

#include <nlohmann/json.hpp>

#include "exporter/explanation.hpp"
#include "exporter/html.hpp"

namespace exporter {
namespace {

using inventory::Time;
using nlohmann::json;

std::string age_of(std::optional<Time> moment, Time now) {
    return moment ? inventory::to_words(std::max(now - *moment, inventory::Duration::zero())) + " ago"
                  : "never";
}

json age_json(std::optional<Time> moment, Time now) {
    return moment ? json(inventory::to_seconds(now - *moment)) : json(nullptr);
}

json json_of(const Explanation& explanation, Time now) {
    json facts = json::array();
    for (const auto& fact : explanation.facts) {
        facts.push_back({{"what", fact.what},
                         {"value", fact.value},
                         {"source", fact.source},
                         {"age_seconds", age_json(fact.as_of, now)}});
    }
    json candidates = json::array();
    for (const auto& candidate : explanation.candidates) {
        candidates.push_back({{"host", candidate.host},
                              {"answered", candidate.has_answered},
                              {"shows", candidate.shows},
                              {"age_seconds", age_json(candidate.asked_at, now)}});
    }
    return {{"vm", explanation.vm},
            {"vm_id", explanation.vm_id},
            {"drift", explanation.kind},
            {"meaning", explanation.meaning},
            {"reason", explanation.reason},
            {"since", inventory::to_rfc3339(explanation.since)},
            {"judged_at", inventory::to_rfc3339(explanation.judged_at)},
            {"report_status", explanation.report.empty() ? json(nullptr) : json(explanation.report)},
            {"hypervisor_state", explanation.shown},
            {"facts", std::move(facts)},
            {"candidates", std::move(candidates)}};
}

std::string verdict_html(const Explanation& explanation, Time now) {
    std::string html = "<p><strong>" + html_escaped(explanation.kind) +
                       "</strong>: " + html_escaped(explanation.meaning) + ".</p>\n";
    if (!explanation.reason.empty()) {
        html += "<p>" + html_escaped(explanation.reason) + ".</p>\n";
    }
    html += "<table>\n";
    html += html_row({"uuid", "<code>" + html_escaped(explanation.vm_id) + "</code>"});
    html += html_row({"seen so since", inventory::to_rfc3339(explanation.since) + " <small>" +
                                           age_of(explanation.since, now) + "</small>"});
    html += html_row({"judged", age_of(explanation.judged_at, now)});
    html += html_row({"power report", explanation.report.empty() ? "none is due" : explanation.report});
    return html += html_row({"the hypervisors show", explanation.shown}) + "</table>\n";
}

std::string facts_html(const Explanation& explanation, Time now) {
    std::string html = "<h2>Facts</h2>\n<table>\n";
    for (const auto& fact : explanation.facts) {
        html += html_row({html_escaped(fact.what) + "<br><small>" + html_escaped(fact.source) + ", " +
                              age_of(fact.as_of, now) + "</small>",
                          html_escaped(fact.value)});
    }
    return html += "</table>\n";
}

std::string candidates_html(const Explanation& explanation, Time now) {
    constexpr std::size_t most_rows = 60;
    const auto& all = explanation.candidates;
    const auto silent =
        std::count_if(all.begin(), all.end(), [](const auto& one) { return !one.has_answered; });
    std::string html = "<h2>Hosts that could hold it: " + std::to_string(all.size()) +
                       ", of them silent: " + std::to_string(silent) + "</h2>\n<table>\n";
    for (std::size_t i = 0; i < std::min(all.size(), most_rows); ++i) {
        const auto& candidate = all[i];
        html += html_row({html_escaped(candidate.host) + "<br><small>asked " +
                              age_of(candidate.asked_at, now) + "</small>",
                          (candidate.has_answered ? "<span>" : "<span class=\"bad\">") +
                              html_escaped(candidate.shows) + "</span>"});
    }
    html += "</table>\n";
    if (all.size() > most_rows) {
        html += "<p class=\"quiet\">and " + std::to_string(all.size() - most_rows) +
                " more: see ?format=json.</p>\n";
    }
    return html;
}

std::string html_of(const std::vector<Explanation>& explanations, Time now) {
    std::string body;
    if (explanations.size() > 1) {
        body += "<p class=\"bad\">" + std::to_string(explanations.size()) +
                " live rows carry this name or uuid.</p>\n";
    }
    for (const auto& explanation : explanations) {
        body +=
            verdict_html(explanation, now) + facts_html(explanation, now) + candidates_html(explanation, now);
    }
    body += "<p><a href=\"?format=json\">as JSON</a> · <a href=\"/\">the exporter</a></p>\n";
    return html_page(explanations.front().vm, body);
}

service::WebResponse not_found(const Page& page, Time now) {
    service::WebResponse response;
    response.status = 404;
    response.body = page.records_read_at
                        ? "no such VM: give the uuid or the instance name (i-2-43-VM) of a live KVM VM, "
                          "within cloud.zones where that is set; the database was last read " +
                              age_of(page.records_read_at, now) + "\n"
                        : "no such VM: CloudStack's database has not been read yet\n";
    return response;
}

}  // namespace

service::WebResponse serve_vm(const Page& page, const service::WebRequest& request, Time now) {
    const auto explanations = page.snapshot && !request.captures.empty()
                                  ? explain(*page.snapshot, request.captures.front())
                                  : std::vector<Explanation>{};
    if (explanations.empty()) {
        return not_found(page, now);
    }
    service::WebResponse response;
    const auto format = request.query.find("format");
    if (format != request.query.end() && format->second == "json") {
        json all = json::array();
        for (const auto& explanation : explanations) {
            all.push_back(json_of(explanation, now));
        }
        response.content_type = "application/json";
        response.body = all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
        return response;
    }
    response.content_type = "text/html; charset=utf-8";
    response.body = html_of(explanations, now);
    return response;
}

}  // namespace exporter
