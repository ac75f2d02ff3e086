#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "controller/intake/intake.hpp"
#include "inventory/support/secret.hpp"
#include "service/web_server.hpp"

namespace controller::intake {

/// The largest webhook that is read: some hundreds of alerts. Larger groups belong apart (group_by: [vm_id]).
inline constexpr std::size_t largest_webhook = std::size_t{512} * 1024;

struct EndpointOptions {
    service::BearerToken token = inventory::Secret{};  ///< that Alertmanager sends as its bearer token
    std::size_t max_body = largest_webhook;            ///< bytes
    inventory::Clock now = inventory::system_now;
    std::function<void(std::string_view reason)> on_rejected;  ///< a request turned away as a whole
    std::function<void(inventory::Duration took)> on_answered;
};

/// POST /api/v1/alerts: 200 names what became of each alert, once that is durable; 400 is no Alertmanager
/// payload; 503 asks to deliver again. `intake` must outlive the server.
void register_webhook(service::WebServer& server, Intake& intake, EndpointOptions options);

}  // namespace controller::intake
