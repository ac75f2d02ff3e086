#include "inventory/mariadb/server_error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace inventory::mariadb {
namespace {

template <std::size_t size>
bool contains(const std::array<unsigned, size>& numbers, unsigned number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

// 1053 shutdown, 1158-1161 network, 1927/3169 killed, 2006/2013/2055 lost, 2014/2027 out of step, 4031 idle.
constexpr std::array<unsigned, 13> breaking{1053, 1158, 1159, 1160, 1161, 1927, 2006,
                                            2013, 2014, 2027, 2055, 3169, 4031};

// 1205 lock wait timeout, 1213 deadlock, 1317 interrupted, 1969/3024 statement time limit.
constexpr std::array<unsigned, 5> dooming{1205, 1213, 1317, 1969, 3024};

// 1040/1203/1226 too many connections, 1047 Galera not ready, 1290/1836 read-only (a failover under way),
// 2002/2003 not listening, 2005 name not resolved.
constexpr std::array<unsigned, 9> passing{1040, 1047, 1203, 1226, 1290, 1836, 2002, 2003, 2005};

std::string_view remedy_of(unsigned number) {
    switch (number) {
        case 1045:
        case 1698:
            return "check the user and the password file";
        case 1044:
        case 1142:
        case 1143:
        case 1227:
            return "grant the account what config/grants.sql lists";
        case 1049:
            return "check the schema's name";
        case 2002:
        case 2003:
            return "check that the server runs and that its port can be reached";
        case 2005:
            return "check the host's name";
        default:
            return "";
    }
}

}  // namespace

bool breaks_session(unsigned number) {
    return contains(breaking, number);
}

bool dooms_transaction(unsigned number) {
    return contains(dooming, number);
}

bool is_retryable(unsigned number) {
    return breaks_session(number) || dooms_transaction(number) || contains(passing, number);
}

std::string place_of(const Server& server) {
    return "the database at " + server.host + ":" + std::to_string(server.port) + ", schema " +
           server.schema + ", user " + server.user;
}

Error describe(const Server& server, const ServerError& error) {
    std::string message =
        place_of(server) + ": " + error.text + " (error " + std::to_string(error.number) + ")";
    if (const auto remedy = remedy_of(error.number); !remedy.empty()) {
        message += "; ";
        message += remedy;
    }
    return Error{std::move(message), is_retryable(error.number)};
}

}  // namespace inventory::mariadb
