#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inventory/support/error.hpp"
#include "service/web/web_config.hpp"

struct ssl_ctx_st;

namespace service::web {

/// What all TLS connections of a configuration share: the certificate, and whom it lets in.
class TlsContext {
public:
    /// Errors: no certificate in the file, a key that does not belong to it or wants a passphrase.
    static inventory::Result<std::shared_ptr<const TlsContext>> make(const TlsConfig& config);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    [[nodiscard]] ssl_ctx_st* get() const { return context_; }
    /// The names that a client's certificate must carry one of; empty: any.
    [[nodiscard]] const std::vector<std::string>& allowed_names() const { return allowed_names_; }

private:
    TlsContext(ssl_ctx_st* context, std::vector<std::string> allowed_names);

    ssl_ctx_st* context_;
    std::vector<std::string> allowed_names_;
};

}  // namespace service::web
