#pragma once

#include <functional>

#include "controller/api/move_desk.hpp"
#include "service/web_server.hpp"

namespace controller::api {

/// Adds the routes of moves between accounts, all behind the operator's bearer token, all JSON:
///   GET  /api/v1/moves/check?vm=..&account=..&domain=..[&network=..]...
///        every precondition, and how it stands
///   GET  /api/v1/moves?batch=..   the moves of a bulk move
///   POST /api/v1/moves  {"vm", "account", "domain", "networks": [], "operator", "reason", "batch", "again"}
///        networks: at most 32 uuids, each once.
///        201 and the move; 200 when the batch has this VM already; 409 when it cannot be asked for now
/// The desk must outlive the server.
void add_move_routes(service::WebServer& server, MoveDesk& desk, const service::BearerToken& operator_token,
                     std::function<void()> on_news);

}  // namespace controller::api
