#include "wardenctl/client.hpp"

#include <array>
#include <cctype>
#include <cstdio>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <utility>

#include <httplib.h>

namespace wardenctl {

namespace {

/// Null when the library cannot make anything of the URL: it throws for schemes, and is invalid for the rest.
std::unique_ptr<httplib::Client> make_client(const std::string& url) {
    try {
        auto client = std::make_unique<httplib::Client>(url);
        return client->is_valid() ? std::move(client) : nullptr;
    } catch (const std::invalid_argument&) {
        return nullptr;
    }
}

using Ask = std::function<httplib::Result(httplib::Client&)>;

/// One exchange. The library's limits hold for each read alone; a peer that drips would hold us for ever.
inventory::Result<Answer> exchange(const std::string& controller, const inventory::Secret& token,
                                   std::chrono::milliseconds limit, const Ask& ask) {
    const std::string where = "cannot reach the controller at " + controller + ": ";
    const auto client = make_client(controller);
    if (client == nullptr) {
        return inventory::failure(where + "write its URL as http://host:port");
    }
    client->set_connection_timeout(limit);
    client->set_read_timeout(limit);
    client->set_write_timeout(limit);
    client->set_bearer_token_auth(token.reveal());
    auto under_way = std::async(std::launch::async, [&] { return ask(*client); });
    if (under_way.wait_for(limit) == std::future_status::timeout) {
        client->stop();
    }
    const auto answer = under_way.get();
    if (!answer) {
        return inventory::failure(where + httplib::to_string(answer.error()) +
                                  " (does it run, and is --url its address?)");
    }
    return Answer{answer->status, answer->body};
}

}  // namespace

inventory::Result<Answer> get(const std::string& controller, const std::string& target,
                              const inventory::Secret& token, std::chrono::milliseconds limit) {
    return exchange(controller, token, limit, [&](httplib::Client& client) { return client.Get(target); });
}

inventory::Result<Answer> post(const std::string& controller, const std::string& target,
                               const Message& message, std::chrono::milliseconds limit) {
    return exchange(controller, message.token, limit, [&](httplib::Client& client) {
        return client.Post(target, message.body, "application/json");
    });
}

std::string url_encoded(const std::string& text) {
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
            encoded += c;
            continue;
        }
        std::array<char, 4> code{};
        (void)std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned>(byte));
        encoded += code.data();
    }
    return encoded;
}

}  // namespace wardenctl
