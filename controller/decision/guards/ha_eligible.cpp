#include <algorithm>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

using inventory::Time;
using inventory::VmRequest;

/// Only a job that CloudStack named in its answer to us is ours for certain: one that was found later, by its
/// VM, command and time, may be what somebody else asked for while our request was lost.
bool is_ours(const VmRequest& request, const World& world) {
    return std::any_of(world.attempts.begin(), world.attempts.end(), [&](const Attempt& attempt) {
        return attempt.accepted && attempt.job_id == request.job_id;
    });
}

std::string words(const VmRequest& request, Time now) {
    return request.command + " of user " + std::to_string(request.user) + " (job " + request.job_id + "), " +
           age_words(request.created, now);
}

/// Destroying and expunging a VM is a wish that it be gone, like a stop.
bool is_wish_for_stop(const VmRequest& request) {
    return request.is_of("StopVMCmd") || request.is_of("DestroyVMCmd") || request.is_of("ExpungeVMCmd");
}

void object_to_kind(Objections& objections, const inventory::VmRecord& vm) {
    if (vm.type != "User") {
        objections.object("ha_restart treats user VMs only, this one is of type " + vm.type);
    }
    objections.object_if(!vm.ha_enabled, "the VM has no HA: nobody asked for it to be restarted");
    objections.object_if(vm.state == inventory::VmState::error,
                         "the VM is in Error, which a start does not heal");
}

/// Whoever asked last for it to be stopped, and not for a start since, wants it off; also when it failed.
void object_to_wish_for_stop(Objections& objections, const World& world) {
    const VmRequest* stop = nullptr;
    for (const auto& request : world.past->requests) {
        if (request.is_of("StartVMCmd")) {
            stop = nullptr;
        } else if (is_wish_for_stop(request) && !is_ours(request, world)) {
            stop = &request;
        }
    }
    if (stop != nullptr) {
        objections.object("somebody wanted it stopped, and it was not started since: " +
                          words(*stop, world.now));
    }
}

/// The stop of this action that came true.
const Attempt* our_stop(const Action& action, const World& world) {
    const auto found =
        std::find_if(world.attempts.rbegin(), world.attempts.rend(), [&](const Attempt& attempt) {
            return attempt.action_id == action.id && attempt.command == Command::stop_vm &&
                   attempt.outcome == AttemptOutcome::succeeded;
        });
    return found == world.attempts.rend() ? nullptr : &*found;
}

/// While the VM is down by our hand, whatever anybody else asks of it is theirs to end. What CloudStack has
/// forgotten cannot be asked: it has to remember our own stop.
void object_to_others_since_our_stop(Objections& objections, const Action& action, const World& world) {
    const auto* stop = our_stop(action, world);
    if (stop == nullptr || !stop->job_id || !stop->accepted) {
        objections.object(
            "CloudStack's answer to our stop was lost, so it may have been somebody else's stop that came "
            "true");
        return;
    }
    const auto& requests = world.past->requests;
    const auto ours = std::find_if(requests.begin(), requests.end(),
                                   [&](const VmRequest& request) { return request.job_id == *stop->job_id; });
    if (ours == requests.end()) {
        objections.object("CloudStack no longer remembers our stop (job " + *stop->job_id +
                          "), so what was asked of it since is unknown");
        return;
    }
    for (auto request = std::next(ours); request != requests.end(); ++request) {
        if (!is_ours(*request, world)) {
            objections.object("since our stop somebody else asked for " + words(*request, world.now));
        }
    }
}

}  // namespace

/// A restart is for a VM that nobody wanted off. That CloudStack's own HA has its chance first is the
/// business of `grace` and `cloudstack_idle`.
Answer ha_eligible(const Action& action, const World& world, const Policy&) {
    Objections objections;
    if (const auto* vm = world.vm()) {
        object_to_kind(objections, *vm);
    }
    if (!world.past) {
        objections.object("what CloudStack was asked to do with the VM is unknown");
    } else {
        object_to_wish_for_stop(objections, world);
        if (action.stage != Stage::first) {
            object_to_others_since_our_stop(objections, action, world);
        }
        // Work that is Done has had no effect, or the drift would be over and update_count another; defect
        // #12920 makes such work again and again, so none of it may hold the remedy for ever.
        objections.fact("ha_work_done", age_words(world.past->ha_work_done, world.now));
    }
    return objections.refusal(
        "whoever wanted it stopped, or has taken it over, starts it; an operator does where nobody can tell "
        "whose stop it was");
}

}  // namespace controller::decision::guards
