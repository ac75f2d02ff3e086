#pragma once

#include <string>

namespace test_support {

/// A self-signed certificate of one hour for an IP address of ours, and its key, as PEM files in a directory
/// of the test's own.
struct CertificateFiles {
    std::string certificate;
    std::string key;
};
CertificateFiles make_certificate(const std::string& directory, const std::string& ip_address);

/// A certificate authority of one hour, whose files are in a directory of the test's own.
class Authority {
public:
    Authority(std::string directory, std::string name);

    [[nodiscard]] std::string certificate() const { return path("ca.pem"); }
    /// The names are as OpenSSL writes them: "IP:127.0.0.1", "DNS:a.example,URI:spiffe://b".
    [[nodiscard]] CertificateFiles issue(const std::string& holder, const std::string& names) const;

private:
    [[nodiscard]] std::string path(const std::string& suffix) const {
        return directory_ + "/" + name_ + "-" + suffix;
    }

    std::string directory_;
    std::string name_;
};

}  // namespace test_support
