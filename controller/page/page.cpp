#include "controller/page/page.hpp"

#include <charconv>
#include <system_error>
#include <utility>

#include "controller/evidence/json_values.hpp"
#include "controller/json/bounded_json.hpp"
#include "controller/page/action_view.hpp"
#include "controller/page/pages.hpp"
#include "controller/page/stylesheet.hpp"

namespace controller::page {
namespace {

using service::WebRequest;
using service::WebResponse;

constexpr int bad_request = 400;
constexpr int forbidden = 403;
constexpr int not_found = 404;
constexpr int unavailable = 503;

WebResponse html(int status, std::string body) {
    return {.status = status,
            .content_type = "text/html; charset=utf-8",
            .body = std::move(body),
            .headers = {{"Content-Security-Policy",
                         "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                         "frame-ancestors 'none'"},
                        // With no-referrer, a browser would say of our own forms that they come from nowhere.
                        {"Referrer-Policy", "same-origin"}}};
}

WebResponse see(const std::string& target, const std::string& set_cookie = {}) {
    constexpr int see_other = 303;
    WebResponse response = html(see_other, "");
    response.headers["Location"] = target;
    if (!set_cookie.empty()) {
        response.headers["Set-Cookie"] = set_cookie;
    }
    return response;
}

WebResponse notice(int status, const std::string& title, const std::string& sentence, PageHead head) {
    head.title = title + " - Warden";
    head.refresh_seconds = 0;
    return html(status, notice_page(title, sentence, head));
}

PageHead head_for(const Visitor& visitor, const WebRequest& request) {
    return {.title = "Warden", .visitor = &visitor, .can_sign_out = request.user.empty()};
}

std::string query_value(const WebRequest& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string{} : found->second;
}

std::optional<std::uint64_t> parse_id(const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional{value} : std::nullopt;
}

/// The API's request that says what the form says, in the visitor's name.
std::string api_body(const Form& form, const Visitor& visitor) {
    evidence::Json json{{"operator", visitor.name}};
    for (const auto& [name, value] : form) {
        if (name != "form_token" && name != "operator") {
            json[name] = value;
        }
    }
    return evidence::text_of(json);
}

std::string error_in(const WebResponse& answer) {
    constexpr int depth = 4;
    const auto json = parse_bounded_json(answer.body, depth);
    return json && json->contains("error") && json->at("error").is_string()
               ? json->at("error").get<std::string>()
               : "it was refused without a reason";
}

WebResponse show_status(const WebRequest& /*request*/, const PageHead& head, const PageParts& parts) {
    constexpr int often = 20;
    PageHead own = head;
    own.refresh_seconds = often;
    return html(200, status_page(gather_status(parts.status), own));
}

WebResponse show_action(const WebRequest& request, const PageHead& head, const PageParts& parts) {
    const auto id = parse_id(request.captures.at(0));
    if (!id) {
        return notice(bad_request, "No such action", "An action's id is a number.", head);
    }
    const auto view = view_action(*id, parts.status, parts.explainer);
    if (!view) {
        return notice(unavailable, "The journal does not answer", view.error().message, head);
    }
    if (!*view) {
        return notice(not_found, "No such action", "There is no action " + std::to_string(*id) + ".", head);
    }
    PageHead own = head;
    own.title = (*view)->line.vm + " - Warden";
    return html(200, action_page(**view, own));
}

WebResponse show_vm(const WebRequest& request, const PageHead& head, const PageParts& parts) {
    const auto& name = request.captures.at(0);
    const auto explanation = parts.explainer.explain(name);
    if (!explanation) {
        return notice(unavailable, "Nothing can be said of it now", explanation.error().message, head);
    }
    if (!*explanation) {
        return notice(not_found, "No such VM",
                      "CloudStack has no VM with the uuid or instance name '" + name + "'.", head);
    }
    PageHead own = head;
    own.title = (*explanation)->vm.instance_name + " - Warden";
    return html(200, vm_page(**explanation, own));
}

WebResponse show_pause_form(const WebRequest& request, const PageHead& head, const PageParts& /*parts*/) {
    const auto scope = query_value(request, "scope");
    PageHead own = head;
    own.title = "Pause - Warden";
    return html(200, pause_page(scope.empty() ? "all" : scope, query_value(request, "subject"), own));
}

WebResponse show_pause(const WebRequest& request, const PageHead& head, const PageParts& parts) {
    const auto id = parse_id(request.captures.at(0));
    const auto pauses = parts.status.pauses(parts.status.clock());
    if (!pauses) {
        return notice(unavailable, "The journal does not answer", pauses.error().message, head);
    }
    for (const auto& pause : *pauses) {
        if (id == pause.id) {
            PageHead own = head;
            own.title = "End a pause - Warden";
            return html(200, end_pause_page(pause, own));
        }
    }
    return notice(not_found, "No such pause", "It has been ended, or its time is over.", head);
}

}  // namespace

StatusPage::StatusPage(PageParts parts)
    : parts_(std::move(parts)), door_(parts_.operator_token, parts_.steady_clock) {}

WebResponse StatusPage::admit(const WebRequest& request, Shower show) {
    const auto visitor = door_.visitor(request);
    return visitor ? show(request, head_for(*visitor, request), parts_) : html(forbidden, sign_in_page(""));
}

WebResponse StatusPage::sign_in(const WebRequest& request) {
    const auto form = parse_form(request.body);
    if (!is_from_our_page(request) || !form) {
        return notice(forbidden, "Not signed in",
                      "This form was not sent by Warden's own page. Open the page itself and sign in there.",
                      {});
    }
    const auto cookie = door_.sign_in(request, *form);
    return cookie ? see("/", *cookie) : html(forbidden, sign_in_page(cookie.error().message));
}

WebResponse StatusPage::sign_out(const WebRequest& request) {
    const auto visitor = door_.visitor(request);
    const auto form = parse_form(request.body);
    if (visitor && form && is_from_our_page(request) && is_form_of(*form, *visitor)) {
        return see("/", door_.sign_out(request));
    }
    return see("/");
}

WebResponse StatusPage::carry_out(const WebRequest& request, const service::WebHandler& deed,
                                  const std::string& next) {
    const auto visitor = door_.visitor(request);
    if (!visitor) {
        return html(forbidden, sign_in_page("Your session is over, and nothing was done. Sign in, and do it "
                                            "again."));
    }
    const auto head = head_for(*visitor, request);
    const auto form = parse_form(request.body);
    if (!form || !is_from_our_page(request) || !is_form_of(*form, *visitor)) {
        return notice(
            forbidden, "Nothing was done",
            "This form was not made by Warden's own page for you, or before it was started anew. Go "
            "to the status page, and do it from there.",
            head);
    }
    WebRequest asked;
    asked.path = request.path;
    asked.captures = request.captures;
    asked.body = api_body(*form, *visitor);
    const auto answer = deed(asked);
    return answer.status == 200 ? see(next)
                                : notice(answer.status, "Nothing was done", error_in(answer) + ".", head);
}

void StatusPage::add_routes(service::WebServer& server) {
    const auto show = [this, &server](const std::string& pattern, Shower shower) {
        server.get(pattern, [this, shower](const WebRequest& request) { return admit(request, shower); });
    };
    show("/", show_status);
    show("/actions/([^/]{1,20})", show_action);
    show("/vms/([^/]{1,255})", show_vm);
    show("/pause", show_pause_form);
    show("/pauses/([^/]{1,20})", show_pause);
    server.get("/style.css", [](const WebRequest&) {
        return WebResponse{.content_type = "text/css; charset=utf-8", .body = std::string{stylesheet}};
    });
    add_deeds(server);
}

void StatusPage::add_deeds(service::WebServer& server) {
    constexpr std::size_t largest_form = 8192;
    const service::RouteOptions options{.max_body = largest_form,
                                        .content_type = "application/x-www-form-urlencoded"};
    const auto deed = [&](const std::string& pattern, const service::WebHandler& handler,
                          const std::string& next, bool names_it) {
        server.post(
            pattern,
            [this, handler, next, names_it](const WebRequest& request) {
                return carry_out(request, handler, names_it ? next + request.captures.at(0) : next);
            },
            options);
    };
    server.post(
        "/login", [this](const WebRequest& request) { return sign_in(request); }, options);
    server.post(
        "/logout", [this](const WebRequest& request) { return sign_out(request); }, options);
    deed("/actions/([0-9]{1,20})/approve", parts_.deeds.approve, "/actions/", true);
    deed("/actions/([0-9]{1,20})/cancel", parts_.deeds.cancel, "/actions/", true);
    deed("/actions/([0-9]{1,20})/lift", parts_.deeds.lift, "/actions/", true);
    deed("/vms/([A-Za-z0-9-]{1,255})/acknowledge", parts_.deeds.acknowledge, "/vms/", true);
    deed("/pause", parts_.deeds.pause, "/#paused", false);
    deed("/pauses/([0-9]{1,20})/end", parts_.deeds.end_pause, "/#paused", false);
}

}  // namespace controller::page
