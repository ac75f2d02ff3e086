#pragma once

#include "controller/api/explainer.hpp"
#include "controller/page/doorkeeper.hpp"
#include "controller/page/status.hpp"
#include "service/web_server.hpp"

namespace controller::page {

/// What an operator does by a button. Each is the API's own route for it: a form becomes the API's request,
/// so that the page and `wardenctl` cannot do different things.
struct Deeds {
    service::WebHandler approve;
    service::WebHandler cancel;
    service::WebHandler lift;
    service::WebHandler acknowledge;
    service::WebHandler pause;
    service::WebHandler end_pause;
};

struct PageHead;

struct PageParts {
    StatusSources status;
    api::Explainer& explainer;
    Deeds deeds;
    std::function<inventory::Secret()> operator_token;
    Doorkeeper::SteadyClock steady_clock = std::chrono::steady_clock::now;
};

/// The status page and what belongs to it, for people with a browser:
///   GET  /  /actions/{id}  /vms/{uuid or name}  /pause?scope=..&subject=..  /pauses/{id}  /style.css
///   POST /login  /logout  /actions/{id}/approve  /actions/{id}/cancel  /actions/{id}/lift
///        /vms/{..}/acknowledge  /pause  /pauses/{id}/end
/// Nobody sees anything but the sign-in form before he has said who he is, and no form does anything unless
/// it comes from one of our own pages and carries its visitor's token. What was done answers 303; what was
/// not, with a page that says why and how to go on. It must outlive the server.
class StatusPage {
public:
    explicit StatusPage(PageParts parts);

    void add_routes(service::WebServer& server);

private:
    using Shower = service::WebResponse (*)(const service::WebRequest&, const PageHead&, const PageParts&);

    service::WebResponse admit(const service::WebRequest& request, Shower show);
    service::WebResponse sign_in(const service::WebRequest& request);
    service::WebResponse sign_out(const service::WebRequest& request);
    service::WebResponse carry_out(const service::WebRequest& request, const service::WebHandler& deed,
                                   const std::string& next);
    void add_deeds(service::WebServer& server);

    PageParts parts_;
    Doorkeeper door_;
};

}  // namespace controller::page
