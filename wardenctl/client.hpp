#pragma once

#include <chrono>
#include <string>

#include "inventory/support/error.hpp"
#include "inventory/support/secret.hpp"

namespace wardenctl {

/// What the controller answered; its body is JSON, also when it refuses.
struct Answer {
    int status = 0;
    std::string body;
};

/// GET from the controller. Ends within `limit` whatever the other side does. Error: the controller cannot be
/// reached, or said nothing in time.
inventory::Result<Answer> get(const std::string& controller, const std::string& target,
                              const inventory::Secret& token, std::chrono::milliseconds limit);

/// What is told to the controller, and by whose right.
struct Message {
    inventory::Secret token;
    std::string body;  ///< JSON
};

/// POST to the controller; ends and fails as get() does.
inventory::Result<Answer> post(const std::string& controller, const std::string& target,
                               const Message& message, std::chrono::milliseconds limit);

/// A name as one segment of a path or one value of a query.
std::string url_encoded(const std::string& text);

}  // namespace wardenctl
