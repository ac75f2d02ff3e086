#pragma once

#include <optional>
#include <string>
#include <vector>

namespace service::web {

/// OpenSSL's name for a cipher suite that is named as in the RFCs and in Go
/// (TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256). nullopt for an unknown suite, and for those of TLS 1.3, which
/// cannot be chosen in Go either.
std::optional<std::string> openssl_cipher(const std::string& name);

/// OpenSSL's name for a curve that is named as in Go (CurveP256).
std::optional<std::string> openssl_curve(const std::string& name);
std::vector<std::string> curve_names();

}  // namespace service::web
