#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "service/web/password_check.hpp"
#include "service/web/tls_context.hpp"
#include "service/web/token_bucket.hpp"
#include "service/web/web_config.hpp"

namespace service::web {

/// A web configuration made ready for use. Without a file: plain HTTP that asks nobody who he is.
struct WebPolicy {
    std::shared_ptr<const TlsContext> tls;       ///< null: plain HTTP
    std::unique_ptr<PasswordCheck> passwords;    ///< null: no basic authentication
    std::unique_ptr<TokenBucket> rate_limit;     ///< null: none
    bool verifies_every_client = false;          ///< nobody comes in without a certificate of the client CA
    std::map<std::string, std::string> headers;  ///< see WebConfig

    [[nodiscard]] bool authenticates() const { return passwords != nullptr || verifies_every_client; }
};

/// A policy with what it was made of.
struct LoadedPolicy {
    std::shared_ptr<const WebPolicy> policy;
    std::vector<StampedFile> files;
    std::vector<std::string> warnings;  ///< see WebConfig
};

/// Reads the file and all that it names. Errors name the file, the line and what would be right.
inventory::Result<LoadedPolicy> load_web_policy(const std::string& path);

}  // namespace service::web
