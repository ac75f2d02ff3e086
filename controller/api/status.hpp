#pragma once

#include <functional>
#include <string>

#include "controller/model/leadership.hpp"
#include "service/web_server.hpp"

namespace controller::api {

/// "leads with token 7" or "follows kvm-1/3f9c01aa": for a person.
std::string in_words(const Leadership& known);

/// Adds, behind the operator's bearer token:
///   GET /api/v1/status   {"leader": true, "controller": "...", "holder": "...", "token": 7, "taken_at":
///                         "...", "expires": "...", "left_seconds": 9.1, "trouble": null}
/// What is not known is null; times are the database's. Answers without the database.
void add_status_route(service::WebServer& server, std::function<Leadership()> leadership,
                      const service::BearerToken& operator_token);

}  // namespace controller::api
