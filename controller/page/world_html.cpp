#include "controller/page/world_html.hpp"

#include <algorithm>

#include "controller/page/html.hpp"

namespace controller::page {
namespace {

constexpr std::size_t most_hosts = 6;

using inventory::Time;

std::string ago_or_unknown(std::optional<Time> moment, Time now) {
    return moment ? ago(*moment, now) : "at an unknown time";
}

std::string verdict_html(const World& world) {
    if (!world.verdict) {
        return "nothing is known of it yet";
    }
    const auto& verdict = *world.verdict;
    const bool is_well = verdict.kind == inventory::DriftKind::none;
    std::string html = badge(is_well ? "good" : "bad", is_well ? "no drift" : to_word(verdict.kind));
    html += world.drift_since ? " since " + ago(*world.drift_since, world.now) : "";
    return html + "<br>" + html_escaped(verdict.reason);
}

std::string record_html(const World& world) {
    if (world.rows.size() != 1) {
        return std::to_string(world.rows.size()) + " rows carry this identity";
    }
    const auto& row = world.rows.front();
    const std::string place =
        world.host ? " on " + html_escaped(world.host->name) + " (" + html_escaped(world.host->status) + ")"
                   : " on no known host";
    return "<b>" + html_escaped(to_word(row.state)) + "</b>" + place + ", since " +
           ago_or_unknown(row.update_time, world.now) + "; read " +
           ago_or_unknown(world.records_read_at, world.now);
}

std::string report_html(const World& world) {
    if (world.rows.size() != 1) {
        return "unknown";
    }
    const auto& row = world.rows.front();
    const auto count = row.report_count ? std::to_string(*row.report_count) : "unknown";
    return "<b>" + html_escaped(to_word(row.power_state)) + "</b>, count " + count + ", " +
           ago_or_unknown(row.report_time, world.now);
}

std::string candidate_html(const CandidateHost& host, Time now) {
    const std::string shown = host.domain ? std::string{to_word(*host.domain)} : "no domain";
    return "<br>" + html_escaped(host.name) + " (" + html_escaped(host.status) +
           "): " + (host.answered ? html_escaped(shown) : "<span class=\"bad\">silent</span>") +
           ", last answered " + ago_or_unknown(host.answer_asked_at, now) +
           (host.error.empty() ? "" : "; " + html_escaped(host.error));
}

/// Silent hosts and hosts that show a domain first: they are what an operator looks for.
std::string hosts_html(const World& world) {
    auto hosts = world.candidates;
    std::stable_partition(hosts.begin(), hosts.end(),
                          [](const CandidateHost& host) { return !host.answered || host.domain; });
    const auto answered =
        std::count_if(hosts.begin(), hosts.end(), [](const CandidateHost& host) { return host.answered; });
    std::string html = "<b>" + std::string{world.verdict ? to_word(world.verdict->shown) : "unknown"} +
                       "</b>; " + std::to_string(answered) + " of " + std::to_string(hosts.size()) +
                       " hosts answered";
    for (std::size_t i = 0; i < std::min(hosts.size(), most_hosts); ++i) {
        html += candidate_html(hosts[i], world.now);
    }
    return hosts.size() <= most_hosts
               ? html
               : html + "<br>and " + std::to_string(hosts.size() - most_hosts) + " more";
}

std::string way_out(const GuardVerdict& verdict) {
    if (!verdict.lifted) {
        return "Lifted by: " + verdict.refusal->lifted_by;
    }
    const auto& word = verdict.lifted->word;
    return "Lifted by " + word.who + " until " + inventory::to_rfc3339(verdict.lifted->until) + ": " +
           word.why;
}

}  // namespace

std::string world_html(const World& world) {
    return facts({{"What is true", verdict_html(world)},
                  {"CloudStack records", record_html(world)},
                  {"Its agent reports", report_html(world)},
                  {"libvirt shows", hosts_html(world)}});
}

std::string refusals_html(const std::vector<GuardVerdict>& verdicts) {
    std::string html;
    for (const auto& verdict : verdicts) {
        if (verdict.refusal) {
            html += "<li>" + badge(verdict.holds() ? "warn" : "quiet", verdict.guard) + " " +
                    html_escaped(verdict.refusal->sentence) + "<small>" + html_escaped(way_out(verdict)) +
                    "</small></li>\n";
        }
    }
    return html.empty() ? "" : "<ul class=\"guards\">\n" + html + "</ul>\n";
}

std::string passing_html(const std::vector<GuardVerdict>& verdicts) {
    std::string names;
    for (const auto& verdict : verdicts) {
        if (!verdict.refusal) {
            names += (names.empty() ? "" : ", ") + verdict.guard;
        }
    }
    return names.empty() ? "" : paragraph("Passing: " + names + ".", "quiet");
}

}  // namespace controller::page
