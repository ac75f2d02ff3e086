#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

Refusal nobody_named_a_target(const Action& action) {
    return {"the move was made elsewhere, and CloudStack does not record where the VM was to go",
            {{"vm_id", action.vm_uuid}},
            "name the target: wardenctl reassign --vm " + action.vm_uuid +
                " --account NAME --domain UUID --reason WHY"};
}

/// Only the newest move of a VM counts, and only as long as somebody wants it.
void object_to_move(Objections& objections, const Action& action, const Move& move) {
    objections.fact("move", std::to_string(move.id) + ", " + std::string{to_word(move.state)});
    const auto own = move_of_fingerprint(action.fingerprint);
    objections.object_if(own && *own != move.id, "a newer move of the VM was asked for");
    if (!move.may_be_tried()) {
        objections.object("the move is not to be tried again: it is " + std::string{to_word(move.state)} +
                          (move.failure ? ", its failure " + std::string{to_word(*move.failure)} : "") +
                          (move.failure_note.empty() ? "" : ": " + move.failure_note));
    }
}

void object_to_vm(Objections& objections, const World& world) {
    const auto& vm = world.move->vm;
    if (!vm) {
        objections.object("whose the VM is could not be read");
        return;
    }
    objections.fact("owner", inventory::to_words(vm->owner));
    objections.fact("live_nics", std::to_string(vm->nics.size()));
    objections.object_if(vm->state != inventory::VmState::stopped,
                         "the VM is " + std::string{to_word(vm->state)} + ", not Stopped");
    objections.object_if(world.vm() == nullptr || world.vm()->id != vm->vm,
                         "the owner that was read is another row's");
}

void object_to_destination(Objections& objections, const MoveWorld& facts) {
    const auto& destination = facts.destination;
    if (!destination) {
        objections.object("the account " + facts.move->target.account +
                          " is not there, or could not be read");
        return;
    }
    objections.fact("account", destination->account + " " + destination->account_state);
    objections.object_if(destination->account_state != "enabled",
                         "the account " + destination->account + " is " + destination->account_state);
}

/// Whatever is not wholly the old owner's would be broken further by another try (reference 5.6).
void object_to_progress(Objections& objections, const MoveWorld& facts) {
    const auto verdict = facts.verdict();
    objections.fact("progress", std::string{to_word(verdict.progress)});
    if (verdict.progress == inventory::MoveProgress::moved) {
        objections.object("the VM is the new owner's already");
    } else if (verdict.progress != inventory::MoveProgress::untouched && verdict.missing.empty()) {
        objections.object("whether the VM is wholly the old owner's is unknown");
    }
    for (const auto& missing : verdict.missing) {
        objections.object(missing);
    }
}

}  // namespace

Answer ownership(const Action& action, const World& world, const Policy&) {
    if (world.move && !world.move->move) {
        return nobody_named_a_target(action);
    }
    Objections objections;
    if (!world.move) {
        objections.object("what the journal and CloudStack know of the move could not be read");
    } else {
        object_to_move(objections, action, *world.move->move);
        object_to_vm(objections, world);
        object_to_destination(objections, *world.move);
        object_to_progress(objections, *world.move);
    }
    return objections.refusal(
        "the VM is Stopped, wholly its old owner's, with a NIC and without leftovers, and the new account is "
        "enabled; what was asked for and is over is asked for anew: wardenctl reassign");
}

}  // namespace controller::decision::guards
