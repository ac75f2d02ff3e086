#include "service/web/tls_context.hpp"

#include <algorithm>
#include <utility>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "service/web/client_names.hpp"
#include "service/web/pem.hpp"

namespace service::web {
namespace {

/// Suites with forward secrecy and authenticated encryption: what Go, curl and browsers all have.
constexpr auto default_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : ":") + word;
    }
    return text;
}

int version_of(TlsVersion version) {
    return version == TlsVersion::tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
}

bool is_verifying(ClientAuth auth) {
    return auth == ClientAuth::verify_if_given || auth == ClientAuth::require_and_verify;
}

int mode_of(ClientAuth auth) {
    switch (auth) {
        case ClientAuth::none:
            return SSL_VERIFY_NONE;
        case ClientAuth::request:
        case ClientAuth::verify_if_given:
            return SSL_VERIFY_PEER;
        case ClientAuth::require_any:
        case ClientAuth::require_and_verify:
            return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    }
    return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
}

bool has_allowed_name(X509_STORE_CTX* store) {
    const auto* const session =
        static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const auto& allowed =
        static_cast<const TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(session)))->allowed_names();
    const auto names = names_of(X509_STORE_CTX_get0_cert(store));
    return allowed.empty() || std::any_of(names.begin(), names.end(), [&](const auto& name) {
               return std::find(allowed.begin(), allowed.end(), name) != allowed.end();
           });
}

/// Called for each certificate of the client's chain, of which the first is its own.
int judge_name(int verified, X509_STORE_CTX* store) {
    if (verified == 1 && !has_allowed_name(store)) {
        X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
        return 0;
    }
    return verified;
}

/// For the policies that ask for a certificate and take any.
int judge_name_alone(int, X509_STORE_CTX* store) {
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return judge_name(1, store);
}

void set_protocol(SSL_CTX* context, const TlsConfig& config) {
    SSL_CTX_set_min_proto_version(context, version_of(config.min_version));
    SSL_CTX_set_max_proto_version(context, version_of(config.max_version));
    // One request per connection: nothing is resumed, so a client is judged anew each time.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    if (config.prefer_server_ciphers) {
        SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE);
    }
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
}

inventory::Status set_algorithms(SSL_CTX* context, const TlsConfig& config) {
    const auto ciphers = joined(config.cipher_suites);
    if (SSL_CTX_set_cipher_list(context, ciphers.empty() ? default_ciphers : ciphers.c_str()) != 1) {
        return inventory::failure("tls_server_config.cipher_suites: none of them can be used here");
    }
    const auto curves = joined(config.curves);
    if (!curves.empty() && SSL_CTX_set1_groups_list(context, curves.c_str()) != 1) {
        return inventory::failure("tls_server_config.curve_preferences: cannot be used here");
    }
    return {};
}

inventory::Status set_certificate(SSL_CTX* context, const TlsConfig& config) {
    auto certificates = certificates_of(config.certificate);
    if (!certificates) {
        return tl::unexpected(certificates.error());
    }
    const auto key = private_key_of(config.key);
    if (!key) {
        return tl::unexpected(key.error());
    }
    if (SSL_CTX_use_certificate(context, certificates->front().get()) != 1) {
        return inventory::failure(config.certificate.origin + ": this certificate is too weak to be used");
    }
    for (auto next = std::next(certificates->begin()); next != certificates->end(); ++next) {
        if (SSL_CTX_add0_chain_cert(context, next->get()) == 1) {
            (void)next->release();  // the context's now
        }
    }
    if (SSL_CTX_use_PrivateKey(context, key->get()) != 1 || SSL_CTX_check_private_key(context) != 1) {
        return inventory::failure("the key in " + config.key.origin +
                                  " does not belong to the certificate in " + config.certificate.origin);
    }
    return {};
}

/// Any certificate of the CA's file is trusted, also one that is not a root: as Go does.
inventory::Status set_client_auth(SSL_CTX* context, const TlsConfig& config) {
    SSL_CTX_set_verify(context, mode_of(config.client_auth),
                       is_verifying(config.client_auth) ? judge_name : judge_name_alone);
    if (!config.client_ca) {
        return {};
    }
    const auto authorities = certificates_of(*config.client_ca);
    if (!authorities) {
        return tl::unexpected(authorities.error());
    }
    auto* const store = SSL_CTX_get_cert_store(context);
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    for (const auto& authority : *authorities) {
        X509_STORE_add_cert(store, authority.get());
        SSL_CTX_add_client_CA(context, authority.get());
    }
    return {};
}

}  // namespace

TlsContext::TlsContext(ssl_ctx_st* context, std::vector<std::string> allowed_names)
    : context_(context), allowed_names_(std::move(allowed_names)) {
    SSL_CTX_set_app_data(context_, this);
}

TlsContext::~TlsContext() {
    SSL_CTX_free(context_);
}

inventory::Result<std::shared_ptr<const TlsContext>> TlsContext::make(const TlsConfig& config) {
    auto* const raw = SSL_CTX_new(TLS_server_method());
    if (raw == nullptr) {
        return inventory::failure("OpenSSL gives no TLS context");
    }
    const std::shared_ptr<const TlsContext> context{new TlsContext{raw, config.client_allowed_sans}};
    set_protocol(raw, config);
    for (const auto& set : {set_algorithms, set_certificate, set_client_auth}) {
        const auto done = set(raw, config);
        ERR_clear_error();
        if (!done) {
            return tl::unexpected(done.error());
        }
    }
    return context;
}

}  // namespace service::web
