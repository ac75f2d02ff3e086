#pragma once

#include <regex>
#include <string>
#include <vector>

#include "service/web_server.hpp"

namespace service::web {

struct Route {
    std::string method;
    std::regex pattern;
    WebHandler handler;
    RouteOptions options;
};

struct FoundRoute {
    const Route* route = nullptr;
    std::vector<std::string> captures;
    std::string allowed;  ///< methods that the path knows, when the request's is not among them
};

/// HEAD is served by the GET route.
FoundRoute find_route(const std::vector<Route>& routes, const std::string& method, const std::string& path);

}  // namespace service::web
