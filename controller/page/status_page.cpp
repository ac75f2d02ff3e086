#include "controller/page/pages.hpp"
#include "controller/page/world_html.hpp"

namespace controller::page {
namespace {

using inventory::Time;

std::string tile(std::string_view css_class, const std::string& target, std::string_view label,
                 std::string_view value) {
    return "<a class=\"tile " + std::string{css_class} + "\" href=\"" + target + "\">" + html_escaped(label) +
           "<b>" + html_escaped(value) + "</b></a>\n";
}

std::string counted_tile(const std::string& target, std::string_view label, std::size_t count,
                         std::string_view css_class) {
    return tile(count == 0 ? "good" : css_class, target, label, count == 0 ? "none" : std::to_string(count));
}

/// What could not be read is no "none".
std::string unknown_tile(const std::string& target, std::string_view label) {
    return tile("bad", target, label, "unknown");
}

std::string drift_tile(const Status& status) {
    constexpr std::string_view label = "Drifted VMs";
    const auto& witnesses = status.witnesses;
    if (!witnesses.records_read_at) {
        return unknown_tile("#drifted", label);
    }
    return status.drifted.in_all == 0 && witnesses.undecided > 0
               ? tile("warn", "#drifted", label, std::to_string(witnesses.undecided) + " unknown")
               : counted_tile("#drifted", label, status.drifted.in_all, "bad");
}

std::string journal_tile(const Status& status, const std::string& target, std::string_view label,
                         std::size_t count) {
    return status.journal_error.empty() ? counted_tile(target, label, count, "warn")
                                        : unknown_tile(target, label);
}

std::string leader_words(const Leader& leader) {
    if (leader.us) {
        return "this one";
    }
    return leader.name.empty() ? "nobody" : leader.name;
}

std::string witness_words(const Witnesses& witnesses) {
    if (!witnesses.database_up) {
        return "database silent";
    }
    const auto silent = witnesses.silent.in_all;
    return silent == 0 ? "all answer" : std::to_string(silent) + " silent";
}

std::string tiles(const Status& status) {
    const bool all_answer = status.witnesses.database_up && status.witnesses.silent.in_all == 0;
    std::string html = "<nav class=\"tiles\">\n";
    html += journal_tile(status, "#approval", "Wait for approval", status.waiting_for_approval.in_all);
    html += journal_tile(status, "#held", "Held", status.held.in_all);
    html += drift_tile(status);
    html += status.pauses_error.empty() ? counted_tile("#paused", "Pauses", status.pauses.size(), "warn")
                                        : unknown_tile("#paused", "Pauses");
    html += tile(all_answer ? "good" : "bad", "#witnesses", "Witnesses", witness_words(status.witnesses));
    if (status.leader) {
        html += tile(status.leader->name.empty() ? "bad" : "good", "#leader", "Leader",
                     leader_words(*status.leader));
    }
    return html + "</nav>\n";
}

std::string more_than_shown(std::size_t shown, std::size_t in_all) {
    return in_all <= shown ? ""
                           : paragraph("and " + std::to_string(in_all - shown) +
                                           " more: wardenctl actions lists them all.",
                                       "quiet");
}

std::string_view colour_of(ActionState state) {
    if (state == ActionState::succeeded) {
        return "good";
    }
    if (state == ActionState::failed || state == ActionState::unverified) {
        return "bad";
    }
    return is_under_way(state) ? "warn" : "quiet";
}

std::string title_of(const ActionLine& line) {
    return "<h3>" + link("/actions/" + std::to_string(line.action.id), line.vm) + " " +
           badge(colour_of(line.action.state), to_word(line.action.state)) + "</h3>";
}

std::string action_card(const ActionLine& line, Time now, const std::string& more_html,
                        std::string_view css_class = {}) {
    std::string html = title_of(line) + "<p><b>" + html_escaped(to_word(line.action.remedy)) + "</b>";
    html += is_final(line.action.state) ? ", ended " + ago(line.action.state_since, now)
                                        : " since " + ago(line.action.state_since, now) + "; " +
                                              html_escaped(line.action.alert_name) + " fires since " +
                                              ago(line.action.starts_at, now);
    html += "</p>\n";
    html += line.is_judgement_known ? "" : paragraph("What was last judged cannot be read.", "bad");
    return card(html + refusals_html(line.refusing) + more_html, css_class);
}

std::string cards(const std::string& cards_html) {
    return "<div class=\"cards\">\n" + cards_html + "</div>\n";
}

std::string approval_section(const Status& status) {
    const auto& list = status.waiting_for_approval;
    if (list.in_all == 0) {
        return "";
    }
    std::string html;
    for (const auto& line : list.items) {
        const auto target = "/actions/" + std::to_string(line.action.id);
        html += action_card(
            line, status.now,
            "<p class=\"deeds\">" + link(target, "Look and decide", "button primary") + "</p>", "urgent");
    }
    return section("approval", "Waiting for your approval",
                   cards(html) + more_than_shown(list.items.size(), list.in_all));
}

std::string list_section(std::string_view id, std::string_view title, const Shown<ActionLine>& list,
                         const Status& status, std::string_view none) {
    std::string html;
    for (const auto& line : list.items) {
        html += action_card(line, status.now, line.note.empty() ? "" : paragraph(line.note, "quiet"));
    }
    const auto nothing = status.journal_error.empty() ? none : "Unknown: the journal cannot be read.";
    return section(id, title,
                   list.in_all == 0 ? paragraph(nothing, "quiet")
                                    : cards(html) + more_than_shown(list.items.size(), list.in_all));
}

std::string no_drift(const Witnesses& witnesses) {
    if (!witnesses.records_read_at) {
        return paragraph("Unknown: CloudStack's database has not been read yet.", "quiet");
    }
    return paragraph(witnesses.undecided == 0 ? "No VM has drifted." : "No VM is known to have drifted.",
                     "quiet");
}

std::string drift_section(const Status& status) {
    std::string html;
    for (const auto& vm : status.drifted.items) {
        html += card("<h3>" + link("/vms/" + vm.uuid, vm.name) + " " + badge("bad", vm.kind) + "</h3>" +
                     "<p>" + (vm.host.empty() ? "on no known host" : "on " + html_escaped(vm.host)) +
                     ", since " + ago(vm.since, status.now) + "</p>\n" + paragraph(vm.reason, "quiet"));
    }
    const auto more = status.drifted.in_all - status.drifted.items.size();
    html = status.drifted.in_all == 0 ? no_drift(status.witnesses) : cards(html);
    html += more == 0 ? "" : paragraph("and " + std::to_string(more) + " more.");
    html += status.witnesses.undecided == 0 ? ""
                                            : paragraph("Of " + std::to_string(status.witnesses.undecided) +
                                                        " VMs it is unknown: a witness is missing.");
    return section("drifted", "Drifted now", html);
}

std::string pause_section(const Status& status) {
    std::string html = status.pauses_error.empty() ? "" : paragraph(status.pauses_error, "alarm");
    for (const auto& pause : status.pauses) {
        html += card("<h3>" + html_escaped(pause.what) + " " + badge("warn", "paused") + "</h3><p>by " +
                     html_escaped(pause.who) + " until " + inventory::to_rfc3339(pause.until) + "</p>\n" +
                     paragraph(pause.why, "quiet") + "<p class=\"deeds\">" +
                     link("/pauses/" + std::to_string(pause.id), "End this pause", "button") + "</p>");
    }
    html = html.empty() ? paragraph("Nothing is paused.", "quiet") : cards(html);
    return section(
        "paused", "Paused",
        html + "<p class=\"deeds\">" + link("/pause?scope=all", "Pause everything", "button") + "</p>");
}

std::string_view meaning_of(Mode mode) {
    switch (mode) {
        case Mode::off:
            return "holds every alert";
        case Mode::observe:
            return "decides and explains, does nothing";
        case Mode::approve:
            return "acts once an operator approves";
        case Mode::automatic:
            return "acts when no guard refuses";
    }
    return "";
}

std::string remedy_section(const Status& status) {
    std::string html;
    for (const auto& line : status.remedies) {
        const std::string name{to_word(line.remedy)};
        html += card("<h3>" + html_escaped(name) + " " +
                     badge(line.mode == Mode::automatic ? "good" : "quiet", to_word(line.mode)) +
                     "</h3><p class=\"quiet\">" + html_escaped(meaning_of(line.mode)) +
                     "</p><p class=\"deeds\">" +
                     link("/pause?scope=remedy&subject=" + name, "Pause " + name, "button") + "</p>");
    }
    return section("remedies", "Remedies", cards(html));
}

std::string leader_section(const Status& status) {
    if (!status.leader) {
        return "";
    }
    const auto& leader = *status.leader;
    const auto who = leader.name.empty() ? std::string{"Nobody leads: nothing is done."}
                     : leader.us         ? "This controller leads: " + leader.name + "."
                                         : leader.name + " leads; this controller watches.";
    return section("leader", "Leader",
                   paragraph(who, leader.name.empty() ? "alarm" : "") +
                       (leader.trouble.empty() ? "" : paragraph(leader.trouble, "alarm")));
}

std::string witness_section(const Status& status) {
    const auto& witnesses = status.witnesses;
    const auto database = witnesses.database_up ? badge("good", "answers") : badge("bad", "does not answer");
    const auto read =
        witnesses.records_read_at ? ", read " + ago(*witnesses.records_read_at, status.now) : ", never read";
    const auto answering = witnesses.hosts - witnesses.silent.in_all;
    const auto hosts = std::to_string(answering) + " of " + std::to_string(witnesses.hosts) + " hosts answer";
    std::string html = facts(
        {{"CloudStack's database", database + read + ": " + std::to_string(witnesses.vms) + " VMs, " +
                                       std::to_string(witnesses.hosts) + " hosts"},
         {"libvirt", badge(witnesses.silent.in_all == 0 && witnesses.hosts > 0 ? "good" : "bad", hosts)}});
    html += witnesses.database_error.empty() ? "" : paragraph(witnesses.database_error, "alarm");
    for (const auto& host : witnesses.silent.items) {
        html += "<p>" + badge("bad", host.name) + " " + html_escaped(host.error) + "; last answer " +
                (host.last_answer ? ago(*host.last_answer, status.now) : "never") + "</p>\n";
    }
    const auto more = witnesses.silent.in_all - witnesses.silent.items.size();
    html += more == 0 ? "" : paragraph("and " + std::to_string(more) + " more.");
    return section("witnesses", "What the witnesses say of themselves", card(html));
}

}  // namespace

std::string status_page(const Status& status, const PageHead& head) {
    std::string body = tiles(status);
    body += status.journal_error.empty()
                ? ""
                : paragraph("The journal cannot be read: " + status.journal_error, "alarm");
    body += approval_section(status);
    body += list_section("held", "Held, and why", status.held, status, "Nothing is held.");
    body += list_section("under-way", "Under way", status.under_way, status, "Nothing is being done.");
    body += drift_section(status);
    body += pause_section(status);
    body += list_section("done", "Done lately", status.done, status, "Nothing was done lately.");
    body += remedy_section(status);
    body += leader_section(status);
    body += witness_section(status);
    body += "<footer>As of " + inventory::to_rfc3339(status.now) + "; read again every " +
            std::to_string(head.refresh_seconds) + " s. Version " WARDEN_VERSION "</footer>\n";
    return whole_page(head, body);
}

}  // namespace controller::page
