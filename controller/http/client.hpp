#pragma once

#include <memory>
#include <string>

#include "controller/http/url.hpp"
#include "inventory/support/time.hpp"

namespace httplib {
class ClientImpl;
}  // namespace httplib

namespace controller::http {

/// What a client trusts, and how long it waits.
struct ClientLimits {
    std::string ca_file;          ///< PEM; empty: the system's
    inventory::Duration timeout;  ///< of each connect, read and write; of the whole: SocketDeadline
};

/// A client of the server that `url` names, for one request. Over TLS it always verifies the certificate.
/// Answers are taken as they come: no compressed one can grow beyond the limit of its receiver.
/// @throws what the HTTP library throws on a certificate file that it cannot use
std::unique_ptr<httplib::ClientImpl> make_client(const Url& url, const ClientLimits& limits);

}  // namespace controller::http
