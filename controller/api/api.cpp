#include "controller/api/api.hpp"

#include "controller/api/answers.hpp"

namespace controller::api {
namespace {

/// Far more than any reason that a person would give.
constexpr std::size_t largest_body = std::size_t{16} * 1024;

using OperatorAnswer = service::WebResponse (*)(const service::WebRequest&, const OperatorDesk&);

service::WebHandler at_desk(OperatorAnswer answer, const OperatorDesk& desk) {
    return [answer, desk](const service::WebRequest& request) { return answer(request, desk); };
}

void add_questions(service::WebServer& server, const OperatorDesk& desk,
                   const service::RouteOptions& options) {
    auto& journal = desk.journal;
    auto& explainer = desk.explainer;
    server.get(
        "/api/v1/actions",
        [&](const service::WebRequest& request) { return list_actions(request, journal, explainer); },
        options);
    server.get(
        "/api/v1/actions/([^/]{1,20})",
        [&](const service::WebRequest& request) { return show_action(request, journal, explainer); },
        options);
    server.get(
        "/api/v1/explain/([^/]{1,255})",
        [&](const service::WebRequest& request) { return explain_vm(request, explainer); }, options);
    server.get("/api/v1/pauses", at_desk(list_pauses, desk), options);
}

void add_words(service::WebServer& server, const OperatorDesk& desk, service::RouteOptions options) {
    options.max_body = largest_body;
    options.content_type = "application/json";
    server.post("/api/v1/actions/([^/]{1,20})/approve", at_desk(approve_action, desk), options);
    server.post("/api/v1/actions/([^/]{1,20})/cancel", at_desk(cancel_action, desk), options);
    server.post("/api/v1/actions/([^/]{1,20})/lift", at_desk(lift_guard, desk), options);
    server.post("/api/v1/vms/([^/]{1,255})/ack", at_desk(acknowledge_vm, desk), options);
    server.post("/api/v1/pauses", at_desk(begin_pause, desk), options);
    server.post("/api/v1/pauses/([^/]{1,20})/end", at_desk(end_pause, desk), options);
}

}  // namespace

void add_routes(service::WebServer& server, const OperatorDesk& desk,
                const service::BearerToken& operator_token) {
    const service::RouteOptions options{.bearer = operator_token, .json_errors = true};
    add_questions(server, desk, options);
    add_words(server, desk, options);
}

}  // namespace controller::api
