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

}  // namespace test_support
