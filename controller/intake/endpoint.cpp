#include "controller/intake/endpoint.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "service/log.hpp"

namespace controller::intake {
namespace {

using nlohmann::json;
using service::WebResponse;

WebResponse answer(int status, const json& body) {
    return {.status = status,
            .content_type = "application/json",
            .body = body.dump(-1, ' ', false, json::error_handler_t::replace) + "\n",
            .content_encoding = {}};
}

json to_json(const AlertOutcome& outcome) {
    json entry{
        {"alert", outcome.alert_name}, {"fingerprint", outcome.fingerprint}, {"outcome", outcome.outcome}};
    if (outcome.reason) {
        entry["reason"] = to_word(*outcome.reason);
        entry["explanation"] = explain(*outcome.reason);
    }
    return entry;
}

void log_rejects(const std::vector<AlertOutcome>& outcomes) {
    for (const auto& outcome : outcomes) {
        if (outcome.reason) {
            service::log_warn("alert rejected", {{"alert", outcome.alert_name},
                                                 {"fingerprint", outcome.fingerprint},
                                                 {"reason", std::string(to_word(*outcome.reason))},
                                                 {"explanation", std::string(explain(*outcome.reason))}});
        }
    }
}

WebResponse take_in(Intake& intake, const EndpointOptions& options, const std::string& body) {
    const auto delivery = parse_webhook(body);
    if (!delivery) {
        if (options.on_rejected) {
            options.on_rejected("malformed");
        }
        service::log_warn("webhook rejected", {{"error", delivery.error().message}});
        return answer(400, {{"error", "no payload of an Alertmanager webhook: " + delivery.error().message}});
    }
    const auto outcomes = intake.take_in(*delivery, options.now());
    if (!outcomes) {
        service::log_error("webhook not journaled", {{"error", outcomes.error().message}});
        return answer(503, {{"error", "the journal cannot be written at present: deliver again"}});
    }
    log_rejects(*outcomes);
    auto entries = json::array();
    for (const auto& outcome : *outcomes) {
        entries.push_back(to_json(outcome));
    }
    return answer(200, {{"alerts", std::move(entries)}});
}

}  // namespace

void register_webhook(service::WebServer& server, Intake& intake, EndpointOptions options) {
    const service::RouteOptions route{.bearer = options.token,
                                      .max_body = options.max_body,
                                      .content_type = "application/json",
                                      .on_rejected = options.on_rejected};
    auto handler = [&intake, options = std::move(options)](const service::WebRequest& request) {
        const auto begun = std::chrono::steady_clock::now();
        auto response = take_in(intake, options, request.body);
        if (options.on_answered) {
            options.on_answered(
                std::chrono::duration_cast<inventory::Duration>(std::chrono::steady_clock::now() - begun));
        }
        return response;
    };
    server.post("/api/v1/alerts", std::move(handler), route);
}

}  // namespace controller::intake
