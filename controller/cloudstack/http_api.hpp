#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "controller/cloudstack/api.hpp"
#include "controller/cloudstack/signature.hpp"

namespace controller::cloudstack {

struct Endpoint {
    std::string url;  ///< http or https, as in https://cloud.example.org:8443/client/api
    Keys keys;
    std::string ca_file;  ///< PEM, https only; empty: the system's authorities
    inventory::Duration timeout{std::chrono::seconds{10}};  ///< of one whole request
    inventory::Duration move_timeout{
        std::chrono::minutes{2}};  ///< of one that moves a VM, which waits for locks
};

/// Called after each request with the command and its result: accepted, refused, not_sent, unknown for a
/// change; ok, error for a question.
using RequestHook = std::function<void(std::string_view command, std::string_view result)>;

/// Errors: the URL is none.
inventory::Result<std::unique_ptr<Api>> make_http_api(Endpoint endpoint, RequestHook on_request);

}  // namespace controller::cloudstack
