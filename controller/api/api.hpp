#pragma once

#include "controller/api/explainer.hpp"
#include "controller/journal/journal.hpp"
#include "inventory/support/secret.hpp"
#include "service/web_server.hpp"

namespace controller::api {

/// Adds the operator's routes to the server, all behind the operator's bearer token, all JSON:
///   GET /api/v1/actions?vm=<uuid or instance name>&state=open|all&limit=N   newest first, 100 unless told
///   GET /api/v1/actions/{id}            one action with steps, attempts, evidence and its newest verdicts
///   GET /api/v1/explain/{uuid or instance name}
/// An error is {"error": "..."}: 400 for what cannot be meant, 404 for what is not there, 503 when the
/// journal cannot be read. Journal and explainer must outlive the server.
void add_routes(service::WebServer& server, journal::Journal& journal, Explainer& explainer,
                const inventory::Secret& operator_token);

}  // namespace controller::api
