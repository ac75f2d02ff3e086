#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"
#include "service/web/file_stamp.hpp"

namespace service::web {

/// What is asked of a client's certificate: Go's five policies.
enum class ClientAuth {
    none,               ///< NoClientCert
    request,            ///< RequestClientCert: any or none
    require_any,        ///< RequireAnyClientCert: one, whoever signed it
    verify_if_given,    ///< VerifyClientCertIfGiven
    require_and_verify  ///< RequireAndVerifyClientCert
};

enum class TlsVersion { tls12, tls13 };

/// PEM text, and where it stood, for messages.
struct Pem {
    inventory::Secret text;
    std::string origin;
};

struct TlsConfig {
    Pem certificate;  ///< with the chain that is to be sent
    Pem key;
    std::optional<Pem> client_ca;
    ClientAuth client_auth = ClientAuth::none;
    std::vector<std::string> client_allowed_sans;
    TlsVersion min_version = TlsVersion::tls12;
    TlsVersion max_version = TlsVersion::tls13;
    std::vector<std::string> cipher_suites;  ///< up to TLS 1.2, in OpenSSL's words; empty: our choice
    std::vector<std::string> curves;         ///< in OpenSSL's words, in order; empty: its choice
    bool prefer_server_ciphers = true;
};

struct RateLimit {
    std::chrono::microseconds interval{};
    std::uint64_t burst = 1;
};

/// The file of --web.config.file, in the format of Prometheus' exporter-toolkit: see docs/web.md.
struct WebConfig {
    std::optional<TlsConfig> tls;
    std::map<std::string, std::string> headers;      ///< of every answer; an empty one is left out
    std::map<std::string, inventory::Secret> users;  ///< bcrypt hashes by name
    std::optional<RateLimit> rate_limit;
    std::vector<StampedFile> files;     ///< that were read
    std::vector<std::string> warnings;  ///< sentences for the log, once the configuration is in force
};

/// Errors: as of ConfigFile, all mistakes at once. Paths in the file are relative to its folder.
inventory::Result<WebConfig> read_web_config(const std::string& path);

}  // namespace service::web
