#pragma once

#include "controller/api/explainer.hpp"
#include "controller/journal/journal.hpp"
#include "service/web_server.hpp"

namespace controller::api {

// Each route as a function of its request; add_routes() only connects them.

service::WebResponse list_actions(const service::WebRequest& request, journal::Journal& journal,
                                  Explainer& explainer);
service::WebResponse show_action(const service::WebRequest& request, journal::Journal& journal,
                                 Explainer& explainer);
service::WebResponse explain_vm(const service::WebRequest& request, Explainer& explainer);

}  // namespace controller::api
