#include "controller/api/api.hpp"

#include "controller/api/answers.hpp"

namespace controller::api {

void add_routes(service::WebServer& server, journal::Journal& journal, Explainer& explainer,
                const inventory::Secret& operator_token) {
    const service::RouteOptions options{.bearer = operator_token, .json_errors = true};
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
}

}  // namespace controller::api
