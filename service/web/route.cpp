#include "service/web/route.hpp"

#include <iterator>

namespace service::web {

FoundRoute find_route(const std::vector<Route>& routes, const std::string& method, const std::string& path) {
    const std::string wanted = method == "HEAD" ? "GET" : method;
    FoundRoute found;
    for (const auto& route : routes) {
        std::smatch groups;
        if (!std::regex_match(path, groups, route.pattern)) {
            continue;
        }
        if (route.method == wanted) {
            return {&route, {std::next(groups.begin()), groups.end()}, ""};
        }
        found.allowed += (found.allowed.empty() ? "" : ", ") +
                         std::string{route.method == "GET" ? "GET, HEAD" : route.method};
    }
    return found;
}

}  // namespace service::web
