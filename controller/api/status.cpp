#include "controller/api/status.hpp"

#include <utility>

#include "controller/evidence/json_values.hpp"

namespace controller::api {

std::string in_words(const Leadership& known) {
    std::string words;
    if (known.leads()) {
        words = "leads with token " + std::to_string(known.token);
    } else if (known.holder.empty() || known.holder == known.controller) {
        words = "does not lead, and knows of no other controller that does";
    } else {
        words = "follows " + known.holder;
    }
    return known.trouble.empty() ? words : words + " (" + known.trouble + ")";
}

void add_status_route(service::WebServer& server, std::function<Leadership()> leadership,
                      const service::BearerToken& operator_token) {
    server.get("/api/v1/status",
               [leadership = std::move(leadership)](const service::WebRequest&) {
                   return service::WebResponse{
                       .content_type = "application/json",
                       .body = evidence::text_of(evidence::json_of(leadership())) + "\n"};
               },
               {.bearer = operator_token, .json_errors = true});
}

}  // namespace controller::api
