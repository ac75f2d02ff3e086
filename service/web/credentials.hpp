#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace service::web {

struct UserAndPassword {
    std::string user;
    std::string password;
};

/// What stands in an Authorization header: "Bearer <token>", "Basic <base64 of user:password>". The scheme's
/// name is read in any case; nullopt for another scheme and for what cannot be read.
std::optional<std::string_view> bearer_token(std::string_view authorization);
std::optional<UserAndPassword> basic_credentials(std::string_view authorization);

bool is_equal_ignoring_case(std::string_view left, std::string_view right);

}  // namespace service::web
