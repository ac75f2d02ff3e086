#pragma once

#include <functional>

#include "controller/api/directory.hpp"
#include "controller/api/explainer.hpp"
#include "controller/journal/journal.hpp"
#include "controller/journal/operators.hpp"
#include "controller/model/policy.hpp"
#include "service/web_server.hpp"

namespace controller::api {

/// What operators' requests are answered with. All of it outlives the server.
struct OperatorDesk {
    journal::Journal& journal;
    journal::Operators& operators;
    Explainer& explainer;
    Directory& directory;
    inventory::Clock clock;
    std::function<Mode(Remedy)> mode_of;
    std::function<void()> on_word;  ///< somebody said something: judge now rather than at the next tick
};

// Each route as a function of its request; add_operator_routes() only connects them. What is not meant is
// 400, what is not there 404, what comes too late or changes nothing 409, and 503 when the journal cannot be
// used.

service::WebResponse approve_action(const service::WebRequest& request, const OperatorDesk& desk);
service::WebResponse cancel_action(const service::WebRequest& request, const OperatorDesk& desk);
service::WebResponse lift_guard(const service::WebRequest& request, const OperatorDesk& desk);
service::WebResponse acknowledge_vm(const service::WebRequest& request, const OperatorDesk& desk);
service::WebResponse list_pauses(const service::WebRequest& request, const OperatorDesk& desk);
service::WebResponse begin_pause(const service::WebRequest& request, const OperatorDesk& desk);
service::WebResponse end_pause(const service::WebRequest& request, const OperatorDesk& desk);

}  // namespace controller::api
