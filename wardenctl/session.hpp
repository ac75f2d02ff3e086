#pragma once

#include <string>
#include <string_view>

#include "inventory/support/error.hpp"

namespace wardenctl {

// How the program ends.
inline constexpr int ok = 0;
inline constexpr int refused = 1;      ///< the controller said no, or what was to be read is wrong
inline constexpr int misused = 2;      ///< wrong usage, or no token to show
inline constexpr int unreachable = 3;  ///< nobody answers there

/// What every command needs to talk to the controller.
struct Session {
    std::string controller = "http://127.0.0.1:9785";
    std::string token_file = "/etc/warden/operator.token";
    bool json = false;  ///< print the controller's answer as it is
};

using Render = inventory::Result<std::string> (*)(std::string_view);

/// Who is at the keyboard: whoever became root, rather than root. Empty: nobody knows.
std::string user_name();

/// Says on stderr why the program ends so.
int fail(int code, const std::string& sentence);

/// Asks the controller; the body of its answer. An unsuccessful one has said why on stderr, and is how the
/// program ends.
tl::expected<std::string, int> ask(const Session& session, const std::string& target);

/// Asks the controller and prints its answer as a page; how the program ends.
int show(const Session& session, const std::string& target, Render render);
/// Tells the controller something; `body` is JSON.
int tell(const Session& session, const std::string& target, const std::string& body, Render render);

}  // namespace wardenctl
