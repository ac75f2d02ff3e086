#include "service/web/client_names.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <openssl/x509v3.h>

namespace service::web {
namespace {

struct ReleaseNames {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
using GeneralNames = std::unique_ptr<GENERAL_NAMES, ReleaseNames>;

std::string text_of(const ASN1_STRING* string) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
            static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string address_of(const ASN1_STRING* bytes) {
    constexpr int v4_size = 4;
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = ASN1_STRING_length(bytes) == v4_size ? AF_INET : AF_INET6;
    inet_ntop(family, ASN1_STRING_get0_data(bytes), text.data(), text.size());
    return text.data();
}

std::string text_of(const GENERAL_NAME* name) {
    int type = 0;
    const auto* const value = static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(name, &type));
    switch (type) {
        case GEN_DNS:
        case GEN_EMAIL:
        case GEN_URI:
            return text_of(value);
        case GEN_IPADD:
            return address_of(value);
        default:
            return "";
    }
}

}  // namespace

std::vector<std::string> names_of(const x509_st* certificate) {
    const GeneralNames found{
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
    const int count = std::max(0, sk_GENERAL_NAME_num(found.get()));  // -1: the certificate has none
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        names.push_back(text_of(sk_GENERAL_NAME_value(found.get(), i)));
    }
    return names;
}

}  // namespace service::web
