#include "controller/api/operator_answers.hpp"

#include <algorithm>
#include <utility>

#include "controller/api/action_json.hpp"
#include "controller/api/operator_request.hpp"
#include "controller/api/replies.hpp"
#include "controller/evidence/operators_json.hpp"
#include "service/log.hpp"

namespace controller::api {
namespace {

using evidence::Json;
using inventory::Result;
using inventory::Time;
using service::WebRequest;
using service::WebResponse;

constexpr int bad_request = 400;
constexpr int not_found = 404;
constexpr int conflict = 409;
constexpr int ok = 200;

/// A value, or the answer that says why there is none.
template <class T>
using Or = tl::expected<T, WebResponse>;

/// What a request says, to whom it belongs, and until when.
struct Said {
    OperatorRequest request;
    Word word;
    Time until;
};

enum class Validity { for_ever, limited };

Or<Said> read(const WebRequest& request, std::vector<std::string> known, Validity validity, Time now) {
    known.insert(known.end(), {"operator", "reason"});
    if (validity == Validity::limited) {
        known.emplace_back("for");
    }
    auto parsed = OperatorRequest::parse(request.body, known);
    if (!parsed) {
        return tl::unexpected(refusal(bad_request, parsed.error().message));
    }
    auto word = parsed->word(now);
    const auto until = validity == Validity::limited ? parsed->until(now) : Result<Time>{now};
    if (!word || !until) {
        return tl::unexpected(refusal(bad_request, (!word ? word.error() : until.error()).message));
    }
    return Said{*std::move(parsed), *std::move(word), *until};
}

Or<Action> find(const std::string& id_text, journal::Journal& journal) {
    const auto id = parse_number(id_text);
    if (!id) {
        return tl::unexpected(refusal(bad_request, "an action's id is a number"));
    }
    const auto action = journal.find(*id);
    if (!action) {
        return tl::unexpected(unavailable(action.error()));
    }
    return *action ? Or<Action>{**action}
                   : tl::unexpected(refusal(not_found, "there is no action " + id_text));
}

/// Only what waits can still be told anything.
Or<Action> find_waiting(const WebRequest& request, journal::Journal& journal) {
    return find(request.captures.at(0), journal).and_then([](const Action& action) -> Or<Action> {
        if (is_waiting(action.state)) {
            return action;
        }
        return tl::unexpected(refusal(conflict, "action " + std::to_string(action.id) + " is " +
                                                    std::string(to_word(action.state)) +
                                                    ": it does not wait any more"));
    });
}

/// The answer to a word that the journal has taken, or could not take.
WebResponse taken(const Result<Json>& shown, const Word& word, const std::string& what,
                  const OperatorDesk& desk) {
    if (!shown) {
        return unavailable(shown.error());
    }
    service::log_info("an operator says", {{"what", what}, {"who", word.who}, {"why", word.why}});
    if (desk.on_word) {
        desk.on_word();
    }
    return reply(ok, *shown);
}

template <class T>
Result<Json> shown(const Result<T>& said) {
    return said.map([](const T& value) { return evidence::json_of(value); });
}

WebResponse approve(const Action& action, const Said& said, const OperatorDesk& desk) {
    const auto mode = desk.mode_of(action.remedy);
    if (mode != Mode::approve) {
        return refusal(conflict, "the mode of " + std::string(to_word(action.remedy)) + " is " +
                                     std::string(to_word(mode)) + ": an approval would change nothing");
    }
    return taken(shown(desk.operators.approve(action, said.word, said.until)), said.word,
                 "approve action " + std::to_string(action.id), desk);
}

WebResponse lift(const Action& action, const Said& said, const OperatorDesk& desk) {
    const auto guard = said.request.text("guard");
    if (!may_be_lifted(guard)) {
        std::string names;
        for (const auto name : liftable_guards) {
            names += (names.empty() ? "" : ", ") + std::string{name};
        }
        return refusal(bad_request, "the guard '" + guard +
                                        "' cannot be lifted: it stands between Warden and a VM that may be "
                                        "alive, or there is no such; a human may lift " +
                                        names);
    }
    return taken(shown(desk.operators.lift(action, guard, said.word, said.until)), said.word,
                 "lift " + guard + " for action " + std::to_string(action.id), desk);
}

/// The pause that is asked for, its subject as the journal keeps it.
Or<Pause> wanted_pause(const Said& said, const OperatorDesk& desk) {
    const auto scope = parse_pause_scope(said.request.text("scope"));
    const auto subject = said.request.text("subject");
    if (!scope) {
        return tl::unexpected(
            refusal(bad_request, "'scope' must be all, remedy, zone, cluster, host, account or vm, not '" +
                                     said.request.text("scope") + "'"));
    }
    if ((*scope == PauseScope::all) != subject.empty()) {
        return tl::unexpected(
            refusal(bad_request, "'subject' must name what is paused, and nothing for all"));
    }
    const auto known = desk.directory.subject_of(*scope, subject);
    if (!known) {
        return tl::unexpected(known.error().retryable ? unavailable(known.error())
                                                      : refusal(not_found, known.error().message));
    }
    return Pause{.scope = *scope, .subject = *known, .word = said.word, .until = said.until, .ended = {}};
}

WebResponse cancel(const Action& action, const Said& said, const OperatorDesk& desk) {
    const auto vm = desk.explainer.identify(action.vm_uuid);
    const auto cancelled = desk.operators.cancel(action, said.word).map([&vm](const Action& after) {
        return json_of(after, vm);
    });
    return taken(cancelled, said.word, "cancel action " + std::to_string(action.id), desk);
}

/// Runs `act` on what the request says about a waiting action.
template <class Act>
WebResponse on_action(const WebRequest& request, const OperatorDesk& desk, const Or<Said>& said,
                      const Act& act) {
    if (!said) {
        return said.error();
    }
    const auto action = find_waiting(request, desk.journal);
    return action ? act(*action, *said, desk) : action.error();
}

}  // namespace

WebResponse approve_action(const WebRequest& request, const OperatorDesk& desk) {
    return on_action(request, desk, read(request, {}, Validity::limited, desk.clock()), approve);
}

WebResponse lift_guard(const WebRequest& request, const OperatorDesk& desk) {
    return on_action(request, desk, read(request, {"guard"}, Validity::limited, desk.clock()), lift);
}

WebResponse cancel_action(const WebRequest& request, const OperatorDesk& desk) {
    return on_action(request, desk, read(request, {}, Validity::for_ever, desk.clock()), cancel);
}

WebResponse acknowledge_vm(const WebRequest& request, const OperatorDesk& desk) {
    const auto said = read(request, {}, Validity::for_ever, desk.clock());
    if (!said) {
        return said.error();
    }
    const auto& name = request.captures.at(0);
    const auto vm = desk.explainer.identify(name);
    if (!vm) {
        return refusal(not_found, "CloudStack has no VM with the uuid or instance name '" + name + "'");
    }
    return taken(shown(desk.operators.acknowledge(vm->uuid, said->word)), said->word, "acknowledge " + name,
                 desk);
}

WebResponse list_pauses(const WebRequest& request, const OperatorDesk& desk) {
    journal::PauseFilter filter{.in_force_at = desk.clock(), .limit = 1000};
    for (const auto& [name, value] : request.query) {
        if (name != "state" || (value != "open" && value != "all")) {
            return refusal(bad_request,
                           "cannot read the query at '" + name + "'; it knows state=open or all");
        }
        if (value == "all") {
            filter.in_force_at.reset();
        }
    }
    const auto pauses = desk.operators.pauses(filter);
    if (!pauses) {
        return unavailable(pauses.error());
    }
    Json list = Json::array();
    for (const auto& pause : *pauses) {
        auto entry = evidence::json_of(pause);
        entry["in_force"] = pause.is_in_force(desk.clock());
        list.push_back(std::move(entry));
    }
    return reply(ok, Json{{"pauses", list}});
}

WebResponse begin_pause(const WebRequest& request, const OperatorDesk& desk) {
    const auto said = read(request, {"scope", "subject"}, Validity::limited, desk.clock());
    if (!said) {
        return said.error();
    }
    const auto wanted = wanted_pause(*said, desk);
    return wanted ? taken(shown(desk.operators.pause(*wanted)), said->word,
                          "pause " + std::string(to_word(wanted->scope)) + " " + wanted->subject, desk)
                  : wanted.error();
}

WebResponse end_pause(const WebRequest& request, const OperatorDesk& desk) {
    const auto said = read(request, {}, Validity::for_ever, desk.clock());
    if (!said) {
        return said.error();
    }
    const auto& text = request.captures.at(0);
    const auto id = parse_number(text);
    if (!id) {
        return refusal(bad_request, "a pause's id is a number");
    }
    const auto ended = desk.operators.end_pause(*id, said->word);
    if (!ended) {
        return unavailable(ended.error());
    }
    return *ended ? taken(evidence::json_of(**ended), said->word, "end pause " + text, desk)
                  : refusal(not_found, "there is no pause " + text + " that has not been ended");
}

}  // namespace controller::api
