#include "service/web/web_policy.hpp"

#include <utility>

namespace service::web {

inventory::Result<LoadedPolicy> load_web_policy(const std::string& path) {
    auto config = read_web_config(path);
    if (!config) {
        return tl::unexpected(config.error());
    }
    auto policy = std::make_shared<WebPolicy>();
    if (config->tls) {
        auto context = TlsContext::make(*config->tls);
        if (!context) {
            return inventory::failure(path, context.error());
        }
        policy->tls = std::move(*context);
        policy->verifies_every_client = config->tls->client_auth == ClientAuth::require_and_verify;
    }
    if (!config->users.empty()) {
        policy->passwords = std::make_unique<PasswordCheck>(std::move(config->users));
    }
    if (config->rate_limit) {
        policy->rate_limit =
            std::make_unique<TokenBucket>(config->rate_limit->interval, config->rate_limit->burst);
    }
    policy->headers = std::move(config->headers);
    return LoadedPolicy{std::move(policy), std::move(config->files), std::move(config->warnings)};
}

}  // namespace service::web
