#include "tests/support/certificate.hpp"

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <utility>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace test_support {
namespace {

template <class T, void (*release)(T*)>
struct Release {
    void operator()(T* handle) const { release(handle); }
};

using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION, X509_EXTENSION_free>>;

struct CloseFile {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

void demand(bool holds, const char* what) {
    if (!holds) {
        throw std::runtime_error(std::string("cannot make a certificate: ") + what);
    }
}

void extend(X509* certificate, int kind, const std::string& value) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
    demand(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

/// Not signed yet, nor is its issuer named.
Certificate draft(EVP_PKEY* key, const std::string& common_name) {
    constexpr long an_hour = 3600;
    static long serial_number = 0;
    Certificate certificate(X509_new());
    auto* const raw = certificate.get();
    demand(X509_set_version(raw, 2) == 1, "version");
    ASN1_INTEGER_set(X509_get_serialNumber(raw), ++serial_number);
    X509_gmtime_adj(X509_getm_notBefore(raw), -an_hour);
    X509_gmtime_adj(X509_getm_notAfter(raw), an_hour);
    X509_set_pubkey(raw, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    return certificate;
}

void sign(X509* certificate, const X509* issuer, EVP_PKEY* issuers_key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    demand(X509_sign(certificate, issuers_key, EVP_sha256()) > 0, "signature");
}

Key new_key() {
    Key key(EVP_EC_gen("P-256"));
    demand(key != nullptr, "key");
    return key;
}

File open_file(const std::string& path, const char* mode) {
    File file(std::fopen(path.c_str(), mode));
    demand(file != nullptr, path.c_str());
    return file;
}

void write_files(const CertificateFiles& files, X509* certificate, EVP_PKEY* key) {
    demand(PEM_write_X509(open_file(files.certificate, "w").get(), certificate) == 1, "writing it");
    demand(PEM_write_PrivateKey(open_file(files.key, "w").get(), key, nullptr, nullptr, 0, nullptr,
                                nullptr) == 1,
           "writing its key");
}

}  // namespace

CertificateFiles make_certificate(const std::string& directory, const std::string& ip_address) {
    const Key key = new_key();
    const auto certificate = draft(key.get(), "CloudStack of a test");
    extend(certificate.get(), NID_subject_alt_name, "IP:" + ip_address);
    sign(certificate.get(), certificate.get(), key.get());
    CertificateFiles files{directory + "/certificate.pem", directory + "/key.pem"};
    write_files(files, certificate.get(), key.get());
    return files;
}

Authority::Authority(std::string directory, std::string name)
    : directory_(std::move(directory)), name_(std::move(name)) {
    const Key key = new_key();
    const auto certificate = draft(key.get(), name_);
    extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    sign(certificate.get(), certificate.get(), key.get());
    write_files({this->certificate(), path("ca.key")}, certificate.get(), key.get());
}

CertificateFiles Authority::issue(const std::string& holder, const std::string& names) const {
    const Certificate issuer(PEM_read_X509(open_file(certificate(), "r").get(), nullptr, nullptr, nullptr));
    const Key issuers_key(
        PEM_read_PrivateKey(open_file(path("ca.key"), "r").get(), nullptr, nullptr, nullptr));
    const Key key = new_key();
    const auto certificate = draft(key.get(), holder);
    extend(certificate.get(), NID_subject_alt_name, names);
    sign(certificate.get(), issuer.get(), issuers_key.get());
    CertificateFiles files{path(holder + ".pem"), path(holder + ".key")};
    write_files(files, certificate.get(), key.get());
    return files;
}

}  // namespace test_support
