#include "service/web/pem.hpp"

#include <string>
#include <utility>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace service::web {
namespace {

struct ReleaseBio {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, ReleaseBio>;

Bio reader_of(const Pem& pem) {
    const auto& text = pem.text.reveal();
    return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

/// Instead of the library's own, which would ask on the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

}  // namespace

void Release::operator()(x509_st* certificate) const {
    X509_free(certificate);
}

void Release::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

inventory::Result<std::vector<Certificate>> certificates_of(const Pem& pem) {
    const Bio reader = reader_of(pem);
    std::vector<Certificate> certificates;
    ERR_clear_error();
    while (Certificate next{PEM_read_bio_X509_AUX(reader.get(), nullptr, no_passphrase, nullptr)}) {
        certificates.push_back(std::move(next));
    }
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (certificates.empty() || !at_end) {
        return inventory::failure(pem.origin + (certificates.empty() ? " holds no certificate in PEM format"
                                                                     : " holds a broken certificate"));
    }
    return certificates;
}

inventory::Result<PrivateKey> private_key_of(const Pem& pem) {
    const Bio reader = reader_of(pem);
    PrivateKey key{PEM_read_bio_PrivateKey(reader.get(), nullptr, no_passphrase, nullptr)};
    ERR_clear_error();
    if (!key) {
        return inventory::failure(pem.origin +
                                  " holds no private key in PEM format, or one with a passphrase");
    }
    return key;
}

}  // namespace service::web
