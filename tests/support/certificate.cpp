#include "tests/support/certificate.hpp"

#include <cstdio>
#include <memory>
#include <stdexcept>

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

Certificate self_signed(EVP_PKEY* key, const std::string& ip_address) {
    constexpr long an_hour = 3600;
    Certificate certificate(X509_new());
    auto* const raw = certificate.get();
    auto* const name = X509_get_subject_name(raw);
    demand(X509_set_version(raw, 2) == 1, "version");
    ASN1_INTEGER_set(X509_get_serialNumber(raw), 1);
    X509_gmtime_adj(X509_getm_notBefore(raw), -an_hour);
    X509_gmtime_adj(X509_getm_notAfter(raw), an_hour);
    X509_set_pubkey(raw, key);
    const std::string common_name = "CloudStack of a test";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    X509_set_issuer_name(raw, name);
    const Extension names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("IP:" + ip_address).c_str()));
    demand(names != nullptr && X509_add_ext(raw, names.get(), -1) == 1, "alternative name");
    demand(X509_sign(raw, key, EVP_sha256()) > 0, "signature");
    return certificate;
}

}  // namespace

CertificateFiles make_certificate(const std::string& directory, const std::string& ip_address) {
    const Key key(EVP_EC_gen("P-256"));
    demand(key != nullptr, "key");
    const auto certificate = self_signed(key.get(), ip_address);
    CertificateFiles files{directory + "/certificate.pem", directory + "/key.pem"};
    const File certificate_file(std::fopen(files.certificate.c_str(), "w"));
    const File key_file(std::fopen(files.key.c_str(), "w"));
    demand(certificate_file != nullptr && key_file != nullptr, "files");
    demand(PEM_write_X509(certificate_file.get(), certificate.get()) == 1, "writing it");
    demand(PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
           "writing its key");
    return files;
}

}  // namespace test_support
