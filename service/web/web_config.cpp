#include "service/web/web_config.hpp"

#include <filesystem>
#include <string_view>
#include <utility>

#include "service/config_reader.hpp"
#include "service/file_content.hpp"
#include "service/web/password_check.hpp"
#include "service/web/tls_names.hpp"

namespace service::web {
namespace {

constexpr std::size_t most_pem = 1024UL * 1024;

/// A web configuration while it is read: where it is, and what was read for it.
struct Reading {
    std::filesystem::path folder;
    std::vector<StampedFile> files;
    std::vector<std::string> warnings;
};

/// PEM text that stands in the file under `key`, or in a file of its own that `key`_file names.
std::optional<Pem> read_pem(ConfigSection& tls, std::string_view key, Reading& reading) {
    const std::string file_key = std::string{key} + "_file";
    const auto inline_text = tls.text(key, "");
    const auto path = tls.text(file_key, "");
    if (!inline_text.empty() && !path.empty()) {
        tls.mistake(file_key, "stands beside " + std::string{key} + "; leave one of them out");
    }
    if (path.empty()) {
        return inline_text.empty() ? std::nullopt
                                   : std::optional{Pem{inventory::Secret{inline_text}, std::string{key}}};
    }
    const auto where = (reading.folder / path).string();
    reading.files.push_back({where, stamp_of(where)});
    auto content = read_file(where, most_pem);
    if (!content) {
        tls.mistake(file_key, content.error().message);
        return std::nullopt;
    }
    if (key == "key" && content->world_readable) {
        reading.warnings.push_back("everybody on this machine can read the private key in " + where +
                                   "; run chmod o-r on it");
    }
    return Pem{inventory::Secret{std::move(content->bytes)}, where};
}

Pem require_pem(ConfigSection& tls, std::string_view key, Reading& reading) {
    const std::string file_key = std::string{key} + "_file";
    if (!tls.has(key) && !tls.has(file_key)) {
        tls.mistake(file_key, "is missing; give it the path of a PEM file");
    }
    return read_pem(tls, key, reading).value_or(Pem{});
}

ClientAuth read_client_auth(ConfigSection& tls) {
    const std::map<std::string, ClientAuth> policies{
        {"NoClientCert", ClientAuth::none},
        {"RequestClientCert", ClientAuth::request},
        {"RequireAnyClientCert", ClientAuth::require_any},
        {"RequireClientCert", ClientAuth::require_any},  // the toolkit's older name for it
        {"VerifyClientCertIfGiven", ClientAuth::verify_if_given},
        {"RequireAndVerifyClientCert", ClientAuth::require_and_verify}};
    std::vector<std::string> names;
    names.reserve(policies.size());
    for (const auto& [name, _] : policies) {
        names.push_back(name);
    }
    return policies.at(tls.word("client_auth_type", names, "NoClientCert"));
}

/// What would protect nothing although it looks as if it did is a mistake.
void check_client_auth(ConfigSection& tls, const TlsConfig& config) {
    const bool has_ca = tls.has("client_ca") || tls.has("client_ca_file");
    const bool verifies = config.client_auth == ClientAuth::verify_if_given ||
                          config.client_auth == ClientAuth::require_and_verify;
    const bool requires_one =
        config.client_auth == ClientAuth::require_any || config.client_auth == ClientAuth::require_and_verify;
    if (verifies && !has_ca) {
        tls.mistake("client_auth_type", "needs client_ca_file: the CA that signed the clients' certificates");
    }
    if (has_ca && config.client_auth == ClientAuth::none) {
        tls.mistake(tls.has("client_ca") ? "client_ca" : "client_ca_file",
                    "has no effect without client_auth_type: RequireAndVerifyClientCert");
    }
    if (tls.has("client_allowed_sans") && !requires_one) {
        tls.mistake("client_allowed_sans",
                    "needs client_auth_type: RequireAndVerifyClientCert, or a client without a certificate "
                    "would pass");
    }
}

TlsVersion read_version(ConfigSection& tls, std::string_view key, std::string_view fallback) {
    const auto text = tls.text(key, fallback);
    if (text == "TLS10" || text == "TLS11") {
        tls.mistake(key, "must be TLS12 or TLS13: " + text + " is broken and is not spoken here");
        return TlsVersion::tls12;
    }
    return tls.word(key, {"TLS12", "TLS13"}, fallback) == "TLS13" ? TlsVersion::tls13 : TlsVersion::tls12;
}

template <class Translate>
std::vector<std::string> read_names(ConfigSection& tls, std::string_view key, const Translate& translate,
                                    std::string_view what_is_right) {
    std::vector<std::string> names;
    for (const auto& name : tls.list(key)) {
        if (auto translated = translate(name)) {
            names.push_back(std::move(*translated));
        } else {
            tls.mistake(key, "'" + name + "' is not known here; " + std::string{what_is_right});
        }
    }
    return names;
}

TlsConfig read_tls(ConfigSection tls, Reading& reading) {
    TlsConfig config;
    config.certificate = require_pem(tls, "cert", reading);
    config.key = require_pem(tls, "key", reading);
    config.client_ca = read_pem(tls, "client_ca", reading);
    config.client_auth = read_client_auth(tls);
    config.client_allowed_sans = tls.list("client_allowed_sans");
    check_client_auth(tls, config);
    config.min_version = read_version(tls, "min_version", "TLS12");
    config.max_version = read_version(tls, "max_version", "TLS13");
    if (config.max_version < config.min_version) {
        tls.mistake("max_version", "is lower than min_version");
    }
    config.cipher_suites =
        read_names(tls, "cipher_suites", openssl_cipher,
                   "name suites of TLS 1.2 as Go does, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    config.curves = read_names(tls, "curve_preferences", openssl_curve,
                               "the curves are CurveP256, CurveP384, CurveP521 and X25519");
    config.prefer_server_ciphers = tls.flag("prefer_server_cipher_suites", true);
    return config;
}

/// A header's value must not end its line.
void check_header(ConfigSection& headers, std::string_view name, const std::string& value) {
    if (value.find_first_of(std::string_view{"\r\n\0", 3}) != std::string::npos) {
        headers.mistake(name, "must be one line");
    }
}

std::map<std::string, std::string> read_headers(ConfigSection section) {
    constexpr auto unset = "unset";
    std::map<std::string, std::string> headers;
    const auto keep = [&](const std::string& name, const std::string& value) {
        check_header(section, name, value);
        if (value != unset) {
            headers.emplace(name, value);
        }
    };
    for (const auto* name : {"Content-Security-Policy", "Strict-Transport-Security", "X-XSS-Protection"}) {
        keep(name, section.text(name, unset));
    }
    const auto word_or_blank = [&](const char* name, const std::vector<std::string>& words) {
        return section.text(name, unset).empty() ? "" : section.word(name, words, unset);
    };
    keep("X-Content-Type-Options", word_or_blank("X-Content-Type-Options", {"nosniff"}));
    keep("X-Frame-Options", word_or_blank("X-Frame-Options", {"deny", "sameorigin"}));
    return headers;
}

std::map<std::string, inventory::Secret> read_users(ConfigSection root) {
    constexpr int highest_cost = 15;
    std::map<std::string, inventory::Secret> users;
    auto hashes = root.texts("basic_auth_users");
    if (hashes.empty()) {
        return users;
    }
    auto section = root.optional_section("basic_auth_users");
    for (auto& [name, hash] : hashes) {
        const int cost = bcrypt_cost(hash);
        if (cost == 0) {  // what stands there may be the password itself: it is not shown
            section.mistake(name, "must be a bcrypt hash; make one with: htpasswd -nBC 10 \"\"");
        } else if (cost > highest_cost) {
            section.mistake(name, "has the cost " + std::to_string(cost) +
                                      ", which takes many seconds to check; use 10, at most " +
                                      std::to_string(highest_cost));
        }
        if (name.find(':') != std::string::npos) {
            section.mistake(name, "a user's name cannot contain a colon");
        }
        users.emplace(name, inventory::Secret{std::move(hash)});
    }
    return users;
}

std::optional<RateLimit> read_rate_limit(ConfigSection section) {
    constexpr std::uint64_t most = 1'000'000;
    RateLimit limit;
    limit.interval = section.duration("interval", inventory::Duration::zero(), inventory::Duration::zero());
    limit.burst = section.number("burst", 1, most, 1);
    return limit.interval > inventory::Duration::zero() ? std::optional{limit} : std::nullopt;
}

}  // namespace

inventory::Result<WebConfig> read_web_config(const std::string& path) {
    WebConfig config;
    Reading reading{std::filesystem::path{path}.parent_path(), {{path, stamp_of(path)}}, {}};
    auto file = ConfigFile::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    auto root = file->root();
    if (root.has("tls_server_config")) {
        config.tls = read_tls(root.section("tls_server_config"), reading);
    } else {
        (void)root.optional_section("tls_server_config");
    }
    auto http = root.optional_section("http_server_config");
    if (http.flag("http2", false)) {
        reading.warnings.emplace_back("http_server_config.http2: only HTTP/1.1 is spoken here");
    }
    config.headers = read_headers(http.optional_section("headers"));
    config.users = read_users(root);
    config.rate_limit = read_rate_limit(root.optional_section("rate_limit"));
    if (const auto finished = file->finish(); !finished) {
        return tl::unexpected(finished.error());
    }
    config.files = std::move(reading.files);
    config.warnings = std::move(reading.warnings);
    return config;
}

}  // namespace service::web
