#include "wardenctl/operator_pages.hpp"

#include "controller/json/bounded_json.hpp"
#include "wardenctl/layout.hpp"

namespace wardenctl {
namespace {

using inventory::Result;

/// The answer when it is an object with this key.
Result<Json> read(std::string_view json, std::string_view key, const std::string& what) {
    auto document = controller::parse_bounded_json(json, deepest_answer);
    if (!document || at(*document, key).is_null()) {
        return inventory::failure("the controller's answer holds no " + what);
    }
    return document;
}

std::string by(const Json& said) {
    return "by " + text(said, "operator") + ": " + text(said, "reason");
}

std::string what_of(const Json& pause) {
    const auto subject = text(pause, "subject", "");
    return text(pause, "scope") + (subject.empty() ? "" : " " + subject);
}

std::string end_of(const Json& pause) {
    const auto& ended = at(pause, "ended");
    return ended.is_null() ? "until " + text(pause, "until")
                           : "ended " + text(ended, "at") + " by " + text(ended, "operator");
}

}  // namespace

Result<std::string> render_approval(std::string_view json) {
    return read(json, "attempt", "approval").map([](const Json& approval) {
        return paragraph("", "attempt " + text(approval, "attempt") + " of action " +
                                 text(approval, "action_id") + " approved until " + text(approval, "until") +
                                 " " + by(approval));
    });
}

Result<std::string> render_lift(std::string_view json) {
    return read(json, "guard", "lifted guard").map([](const Json& lift) {
        return paragraph("", "guard " + text(lift, "guard") + " lifted for action " +
                                 text(lift, "action_id") + " until " + text(lift, "until") + " " + by(lift));
    });
}

Result<std::string> render_acknowledgement(std::string_view json) {
    return read(json, "vm_id", "acknowledgement").map([](const Json& word) {
        return paragraph("", "VM " + text(word, "vm_id") + " acknowledged " + by(word));
    });
}

Result<std::string> render_cancellation(std::string_view json) {
    return read(json, "state", "action").map([](const Json& action) {
        return line("action " + text(action, "id") + " on " + text(action, "vm", text(action, "vm_id")) +
                    " is " + text(action, "state"));
    });
}

Result<std::string> render_pause(std::string_view json) {
    return read(json, "scope", "pause").map([](const Json& pause) {
        const auto& ended = at(pause, "ended");
        const auto head = "pause " + text(pause, "id") + ": " + what_of(pause);
        if (!ended.is_null()) {
            return paragraph("", head + ", ended " + by(ended));
        }
        return paragraph("", head + ", until " + text(pause, "until") + " " + by(pause)) +
               line("end it with: wardenctl resume " + text(pause, "id") + " --reason ...");
    });
}

Result<std::string> render_pauses(std::string_view json) {
    return read(json, "pauses", "list of pauses").map([](const Json& answer) -> std::string {
        std::string page;
        for (const auto& pause : at(answer, "pauses")) {
            page += line("pause " + text(pause, "id") + ": " + what_of(pause) + ", " + end_of(pause));
            page += paragraph(
                "  ", text(pause, "operator") + ", " + text(pause, "at") + ": " + text(pause, "reason"));
        }
        return page.empty() ? "nothing is paused\n" : page;
    });
}

}  // namespace wardenctl
