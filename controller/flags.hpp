#pragma once

#include <optional>
#include <string>

#include "service/log.hpp"

namespace controller {

/// The command line of warden-controller.
struct Flags {
    std::string config_file = "/etc/warden/warden.yml";
    std::string listen_address;   ///< empty: the configuration's
    std::string web_config_file;  ///< empty: plain HTTP, and routes without a token are open
    bool check_config = false;
    service::LogFormat log_format = service::LogFormat::logfmt;
};

/// Reads the command line; nullopt when the program has done all it was asked for (--help, --version) or the
/// command line is wrong: `exit_code` then says how to end. Everything for the user has been printed.
std::optional<Flags> read_flags(int argc, const char* const* argv, int& exit_code);

}  // namespace controller
