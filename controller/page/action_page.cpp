#include "controller/page/pages.hpp"
#include "controller/page/world_html.hpp"

namespace controller::page {
namespace {

using Choices = std::vector<std::pair<std::string, std::string>>;

std::string reason_input() {
    return text_input("reason", "Why? The journal keeps it.");
}

/// A form behind a line that has to be opened first: nothing is done by a slip of the thumb.
std::string deed(const std::string& title, const std::string& explanation, const FormSpec& spec,
                 const Visitor& visitor) {
    return "<details><summary>" + html_escaped(title) + "</summary>" + paragraph(explanation, "quiet") +
           form(spec, visitor) + "</details>\n";
}

std::string approve_deed(const ActionView& view, const Visitor& visitor) {
    const auto id = std::to_string(view.line.action.id);
    return "<section id=\"approve\">" +
           deed("Approve the next attempt",
                "Warden still asks every other guard, reads the facts anew, and acts only when none refuses. "
                "The approval holds for one attempt.",
                {.action = "/actions/" + id + "/approve",
                 .button = "Approve " + std::string{to_word(view.line.action.remedy)} + " on " + view.line.vm,
                 .css_class = "primary",
                 .fields_html = reason_input() +
                                choice("for", "Good for",
                                       Choices{{"15m", "15 minutes"}, {"1h", "1 hour"}, {"8h", "8 hours"}})},
                visitor) +
           "</section>\n";
}

/// Only what keeps Warden from disturbing people can be lifted: see may_be_lifted().
std::string lift_deeds(const ActionView& view, const Visitor& visitor) {
    const auto id = std::to_string(view.line.action.id);
    std::string html;
    for (const auto& verdict : view.verdicts) {
        if (!verdict.holds() || !may_be_lifted(verdict.guard)) {
            continue;
        }
        html +=
            deed("Lift " + verdict.guard, "This guard lets the action pass, and no other does for that.",
                 {.action = "/actions/" + id + "/lift",
                  .button = "Lift " + verdict.guard + " for action " + id,
                  .fields_html = hidden("guard", verdict.guard) + reason_input() +
                                 choice("for", "Good for",
                                        Choices{{"15m", "15 minutes"}, {"1h", "1 hour"}, {"8h", "8 hours"}})},
                 visitor);
    }
    return html;
}

std::string cancel_deed(const ActionView& view, const Visitor& visitor) {
    const auto id = std::to_string(view.line.action.id);
    return deed("Cancel this action", "Warden does nothing about this firing of the alert any more.",
                {.action = "/actions/" + id + "/cancel",
                 .button = "Cancel action " + id,
                 .css_class = "danger",
                 .fields_html = reason_input()},
                visitor);
}

std::string vm_deeds(const std::string& uuid, const std::string& name, const Visitor& visitor) {
    return deed("Acknowledge " + name,
                "You have seen that Warden acts on this VM again and again, and want it to go on.",
                {.action = "/vms/" + uuid + "/acknowledge",
                 .button = "Acknowledge " + name,
                 .fields_html = reason_input()},
                visitor) +
           "<p class=\"deeds\">" + link("/pause?scope=vm&subject=" + uuid, "Pause " + name, "button") +
           "</p>\n";
}

std::string deeds(const ActionView& view, const Visitor& visitor) {
    if (!is_waiting(view.line.action.state)) {
        return "";
    }
    std::string html;
    if (view.mode == Mode::approve) {
        html += approve_deed(view, visitor);
    }
    html += lift_deeds(view, visitor);
    html += cancel_deed(view, visitor);
    return section("deeds", "What you can do",
                   html + vm_deeds(view.line.action.vm_uuid, view.line.vm, visitor));
}

std::string guards_html(const std::vector<GuardVerdict>& verdicts) {
    if (verdicts.empty()) {
        return paragraph("Nothing was decided yet.", "quiet");
    }
    const auto refusing = refusals_html(verdicts);
    return card((refusing.empty() ? paragraph("No guard refuses.") : refusing) + passing_html(verdicts));
}

std::string attempts_html(const ActionView& view) {
    std::string html;
    for (const auto& attempt : view.attempts) {
        const auto outcome = attempt.outcome ? std::string{to_word(*attempt.outcome)} : "no outcome yet";
        html += "<p><b>" + std::to_string(attempt.number) + ". " + html_escaped(to_word(attempt.command)) +
                "</b> " + ago(attempt.intent_at, view.now) + ": " + html_escaped(outcome) + "</p>\n" +
                paragraph(attempt.note, "quiet");
    }
    return html.empty() ? paragraph("None.", "quiet") : card(html);
}

std::string steps_html(const ActionView& view) {
    std::string html = "<table class=\"steps\">\n";
    for (auto step = view.steps.rbegin(); step != view.steps.rend(); ++step) {
        html += "<tr><td>" + ago(step->at, view.now) + "</td><td><b>" + html_escaped(to_word(step->state)) +
                "</b></td><td>" + html_escaped(step->note) + "</td></tr>\n";
    }
    return card(html + "</table>");
}

std::string heading(const ActionView& view) {
    const auto& action = view.line.action;
    return "<h1>" + html_escaped(to_word(action.remedy)) + " on " + html_escaped(view.line.vm) + "</h1>\n" +
           facts({{"State", "<b>" + html_escaped(to_word(action.state)) + "</b> since " +
                                ago(action.state_since, view.now)},
                  {"Alert",
                   html_escaped(action.alert_name) + ", firing since " + ago(action.starts_at, view.now)},
                  {"Action", std::to_string(action.id)},
                  {"VM", html_escaped(action.vm_uuid)}});
}

}  // namespace

std::string action_page(const ActionView& view, const PageHead& head) {
    std::string body = heading(view);
    body += view.trouble.empty() ? "" : paragraph(view.trouble, "alarm");
    body += view.world ? section("world", "The VM now", card(world_html(*view.world))) : "";
    body += section("guards", "Why it is held, or not", guards_html(view.verdicts));
    body += head.visitor == nullptr ? "" : deeds(view, *head.visitor);
    body += section("attempts", "Attempts", attempts_html(view));
    body += section("steps", "What happened, newest first", steps_html(view));
    return whole_page(head, body);
}

std::string vm_page(const api::Explanation& explanation, const PageHead& head) {
    std::string body = "<h1>" + html_escaped(explanation.vm.instance_name) + "</h1>\n" +
                       paragraph(explanation.vm.uuid, "quiet") + card(world_html(explanation.world));
    if (explanation.action) {
        const auto& action = *explanation.action;
        body += section(
            "action", "What Warden is asked to do",
            "<p>" +
                link("/actions/" + std::to_string(action.id),
                     std::string{to_word(action.remedy)} + ", " + std::string{to_word(action.state)}) +
                "</p>" + guards_html(explanation.decision.verdicts));
    } else {
        body += paragraph("No alert asks Warden for anything about it.", "quiet");
    }
    if (head.visitor != nullptr) {
        body += section("deeds", "What you can do",
                        vm_deeds(explanation.vm.uuid, explanation.vm.instance_name, *head.visitor));
    }
    return whole_page(head, body);
}

}  // namespace controller::page
