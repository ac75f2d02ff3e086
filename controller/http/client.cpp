#include "controller/http/client.hpp"

#include <httplib.h>

namespace controller::http {

std::unique_ptr<httplib::ClientImpl> make_client(const Url& url, const ClientLimits& limits) {
    std::unique_ptr<httplib::ClientImpl> client;
    if (url.secure) {
        client = std::make_unique<httplib::SSLClient>(url.host, url.port);
        client->enable_server_certificate_verification(true);
        client->set_ca_cert_path(limits.ca_file);
    } else {
        client = std::make_unique<httplib::ClientImpl>(url.host, url.port);
    }
    client->set_connection_timeout(limits.timeout);
    client->set_read_timeout(limits.timeout);
    client->set_write_timeout(limits.timeout);
    client->set_decompress(false);
    return client;
}

}  // namespace controller::http
