#include "controller/api/answers.hpp"

#include <utility>

#include "controller/api/action_json.hpp"
#include "controller/api/replies.hpp"

namespace controller::api {
namespace {

using evidence::Json;
using service::WebRequest;
using service::WebResponse;

/// A VM whose row is gone is still known to the journal by its uuid.
std::string uuid_of(const std::string& uuid_or_instance_name, Explainer& explainer) {
    const auto vm = explainer.identify(uuid_or_instance_name);
    return vm ? vm->uuid : uuid_or_instance_name;
}

inventory::Result<journal::ActionFilter> filter_of(const WebRequest& request, Explainer& explainer) {
    constexpr std::uint64_t most = 1000;
    journal::ActionFilter filter;
    for (const auto& [name, value] : request.query) {
        if (name == "vm") {
            filter.vm_uuid = uuid_of(value, explainer);
        } else if (name == "state" && (value == "open" || value == "all")) {
            filter.open_only = value == "open";
        } else if (const auto limit = parse_number(value);
                   name == "limit" && limit && *limit >= 1 && *limit <= most) {
            filter.limit = static_cast<std::uint32_t>(*limit);
        } else {
            return inventory::failure(
                "cannot read the query at '" + name +
                "'; it knows vm=<uuid or instance name>, state=open or all, limit=1 to 1000");
        }
    }
    return filter;
}

template <class T>
Json list_of(const std::vector<T>& values) {
    Json list = Json::array();
    for (const auto& value : values) {
        list.push_back(json_of(value));
    }
    return list;
}

/// Of all attempts on the VM, those of this action.
Json attempts_of(const Action& action, const std::vector<Attempt>& on_vm) {
    Json list = Json::array();
    for (const auto& attempt : on_vm) {
        if (attempt.action_id == action.id) {
            list.push_back(evidence::json_of(attempt));
        }
    }
    return list;
}

WebResponse with_history(const Action& action, journal::Journal& journal, Explainer& explainer) {
    const auto steps = journal.steps(action.id);
    const auto attempts = journal.attempts_on(action.vm_uuid);
    const auto evidence = journal.evidence(action.id);
    for (const auto* error : {steps ? nullptr : &steps.error(), attempts ? nullptr : &attempts.error(),
                              evidence ? nullptr : &evidence.error()}) {
        if (error != nullptr) {
            return unavailable(*error);
        }
    }
    const auto verdicts = newest_verdicts(*evidence);
    Json json = json_of(action, explainer.identify(action.vm_uuid));
    json["verdicts"] = verdicts ? evidence::json_of(*verdicts) : Json();
    json["steps"] = list_of(*steps);
    json["attempts"] = attempts_of(action, *attempts);
    json["evidence"] = list_of(*evidence);
    return reply(200, json);
}

}  // namespace

WebResponse list_actions(const WebRequest& request, journal::Journal& journal, Explainer& explainer) {
    const auto filter = filter_of(request, explainer);
    if (!filter) {
        return refusal(400, filter.error().message);
    }
    const auto actions = journal.list(*filter);
    if (!actions) {
        return unavailable(actions.error());
    }
    Json list = Json::array();
    for (const auto& action : *actions) {
        list.push_back(json_of(action, explainer.identify(action.vm_uuid)));
    }
    return reply(200, Json{{"actions", list}});
}

WebResponse show_action(const WebRequest& request, journal::Journal& journal, Explainer& explainer) {
    const auto& text = request.captures.at(0);
    const auto id = parse_number(text);
    if (!id) {
        return refusal(400, "an action's id is a number");
    }
    const auto action = journal.find(*id);
    if (!action) {
        return unavailable(action.error());
    }
    return *action ? with_history(**action, journal, explainer) : refusal(404, "there is no action " + text);
}

WebResponse explain_vm(const WebRequest& request, Explainer& explainer) {
    const auto& name = request.captures.at(0);
    const auto explanation = explainer.explain(name);
    if (!explanation) {
        return unavailable(explanation.error());
    }
    return *explanation ? reply(200, json_of(**explanation))
                        : refusal(404, "CloudStack has no VM with the uuid or instance name '" + name + "'");
}

}  // namespace controller::api
