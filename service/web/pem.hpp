#pragma once

#include <memory>
#include <vector>

#include "inventory/support/error.hpp"
#include "service/web/web_config.hpp"

struct evp_pkey_st;
struct x509_st;

namespace service::web {

struct Release {
    void operator()(x509_st* certificate) const;
    void operator()(evp_pkey_st* key) const;
};
using Certificate = std::unique_ptr<x509_st, Release>;
using PrivateKey = std::unique_ptr<evp_pkey_st, Release>;

/// All certificates of the text, at least one. Error: "/etc/x.pem holds no certificate in PEM format".
inventory::Result<std::vector<Certificate>> certificates_of(const Pem& pem);

/// Error: "/etc/x.key holds no private key in PEM format, or one with a passphrase".
inventory::Result<PrivateKey> private_key_of(const Pem& pem);

}  // namespace service::web
