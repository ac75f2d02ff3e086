#include <algorithm>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

bool is_or_unknown(const std::optional<std::string>& name, const std::string& subject) {
    return !name || *name == subject;
}

bool is_on_host(const Whereabouts& vm, const std::string& host) {
    return vm.hosts.empty() || std::find(vm.hosts.begin(), vm.hosts.end(), host) != vm.hosts.end();
}

/// "alice" in any domain, or "/sales/alice" in that one alone.
bool is_of_account(const Whereabouts& vm, const std::string& subject) {
    if (!vm.account || !vm.domain_path || subject == *vm.account) {
        return true;
    }
    const std::string separator = vm.domain_path->ends_with('/') ? "" : "/";
    return subject == *vm.domain_path + separator + *vm.account;
}

/// In doubt it covers: a VM whose place is unknown may be where hands are to be kept off.
bool covers(const Pause& pause, const Action& action, const Whereabouts& vm) {
    switch (pause.scope) {
        case PauseScope::all:
            return true;
        case PauseScope::remedy:
            return pause.subject == to_word(action.remedy);
        case PauseScope::zone:
            return is_or_unknown(vm.zone, pause.subject);
        case PauseScope::cluster:
            return is_or_unknown(vm.cluster, pause.subject);
        case PauseScope::host:
            return is_on_host(vm, pause.subject);
        case PauseScope::account:
            return is_of_account(vm, pause.subject);
        case PauseScope::vm:
            return pause.subject == action.vm_uuid;
    }
    return true;
}

void object_to_pauses(Objections& objections, const Action& action, const World& world) {
    for (const auto& pause : world.operators->pauses) {
        if (!pause.is_in_force(world.now) || !covers(pause, action, world.operators->whereabouts)) {
            continue;
        }
        const std::string what =
            std::string{to_word(pause.scope)} + (pause.subject.empty() ? "" : " " + pause.subject);
        objections.fact("pause " + std::to_string(pause.id), what);
        objections.object(pause.word.who + " has paused " + what + " until " +
                          inventory::to_rfc3339(pause.until) + " (" + pause.word.why + ")");
    }
}

/// A silence counts as a pause of what it silences, and silences that cannot be read may cover anything.
void object_to_silences(Objections& objections, const World& world, const Policy& policy) {
    const auto& silences = world.operators->silences;
    if (!silences.configured) {
        return;
    }
    objections.fact("silences_read", age_words(silences.read_at, world.now));
    if (!is_fresh(silences.read_at, world.now, policy.silences_freshness)) {
        objections.object("whether the alert is silenced is unknown: Alertmanager was last read " +
                          age_words(silences.read_at, world.now) +
                          (silences.error.empty() ? "" : " (" + silences.error + ")"));
    }
    for (const auto& silence : silences.covering) {
        objections.fact("silence", silence.id);
        objections.object(silence.created_by + " has silenced the alert until " + silence.ends_at + " (" +
                          silence.comment + ")");
    }
}

}  // namespace

/// Somebody works there, and has said so.
Answer pause(const Action& action, const World& world, const Policy& policy) {
    Objections objections;
    if (!world.operators) {
        objections.object("what operators have paused is unknown");
        return objections.refusal("the journal can be read");
    }
    object_to_pauses(objections, action, world);
    object_to_silences(objections, world, policy);
    return objections.refusal(
        "the end of each; an operator ends a pause with `wardenctl resume ID`, a silence with `amtool "
        "silence "
        "expire ID`, and Alertmanager has to answer");
}

}  // namespace controller::decision::guards
