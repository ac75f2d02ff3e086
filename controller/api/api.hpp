#pragma once

#include "controller/api/operator_answers.hpp"
#include "inventory/support/secret.hpp"
#include "service/web_server.hpp"

namespace controller::api {

/// Adds the operator's routes to the server, all behind the operator's bearer token, all JSON:
///   GET /api/v1/actions?vm=<uuid or instance name>&state=open|all&limit=N   newest first, 100 unless told
///   GET /api/v1/actions/{id}            one action with steps, attempts, evidence and its newest verdicts
///   GET /api/v1/explain/{uuid or instance name}
///   POST /api/v1/actions/{id}/approve   operator, reason, for
///   POST /api/v1/actions/{id}/cancel    operator, reason
///   POST /api/v1/actions/{id}/lift      guard, operator, reason, for
///   POST /api/v1/vms/{uuid or instance name}/ack   operator, reason
///   GET /api/v1/pauses?state=open|all   newest first
///   POST /api/v1/pauses                 scope, subject, operator, reason, for
///   POST /api/v1/pauses/{id}/end        operator, reason
/// An error is {"error": "..."}: 400 for what cannot be meant, 404 for what is not there, 409 for what comes
/// too late or would change nothing, 503 when the journal cannot be used. docs/api.md has examples. What the
/// desk refers to must outlive the server.
void add_routes(service::WebServer& server, const OperatorDesk& desk,
                const service::BearerToken& operator_token);

}  // namespace controller::api
