#pragma once

#include <string>
#include <vector>

struct x509_st;

namespace service::web {

/// The alternative names of a certificate: DNS names, mail addresses, URIs, and IP addresses as text.
std::vector<std::string> names_of(const x509_st* certificate);

}  // namespace service::web
