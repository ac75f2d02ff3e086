#include "controller/decision/remedies/remedies.hpp"
#include "inventory/support/text.hpp"

namespace controller::decision::remedies {
namespace {

/// reassign_retry moves a stopped user VM to the account that somebody named to Warden, for the first time or
/// again after a failure that passes by itself.
std::optional<std::string> exempts(Stage, const inventory::VmRecord& vm) {
    if (vm.type != "User") {
        return "only user VMs belong to an account that they can be moved from, this one is of type " +
               vm.type;
    }
    if (vm.state != inventory::VmState::stopped) {
        return "the VM is recorded " + std::string{to_word(vm.state)} + ", not Stopped";
    }
    return std::nullopt;
}

Plan plan(const Action&, const World& world) {
    return AssignVm{world.vm()->uuid, world.move->move->target};
}

/// A move has come true when the VM, every volume and every NIC of it are the new owner's.
Verification verify(Command, const World& world) {
    if (!world.move || !world.move->move) {
        return {.agrees = false, .sentence = "what the journal knows of the move could not be read"};
    }
    const auto verdict = world.move->verdict();
    const auto& account = world.move->move->target.account;
    switch (verdict.progress) {
        case inventory::MoveProgress::moved:
            return {.agrees = true,
                    .sentence = "the VM, its volumes and its NICs are those of account " + account};
        case inventory::MoveProgress::untouched:
            return {.agrees = false, .sentence = "the VM is wholly its old owner's"};
        case inventory::MoveProgress::partial:
            return {.agrees = false,
                    .sentence = "the VM is in pieces: " + inventory::joined(verdict.missing, "; ")};
        case inventory::MoveProgress::unknown:
            break;
    }
    return {.agrees = false, .sentence = "whose the VM is could not be read"};
}

/// No alert resolves a move that somebody asked for: it is over when the VM is where it was to go.
std::optional<std::string> overtaken(const Action& action, const World& world) {
    const auto own = move_of_fingerprint(action.fingerprint);
    if (!own || !world.move || !world.move->move) {
        return std::nullopt;
    }
    if (*own != world.move->move->id) {
        return "a newer move of the VM was asked for";
    }
    return world.move->verdict().progress == inventory::MoveProgress::moved
               ? std::optional<std::string>{"the VM is the new owner's already; somebody else moved it"}
               : std::nullopt;
}

}  // namespace

constinit const Treatment reassign_retry{
    .remedy = Remedy::reassign_retry,
    .asks_for_past = false,
    .treats = [](Stage) { return inventory::DriftKind::none; },
    .exempts = exempts,
    .command = [](Stage) { return Command::assign_vm; },
    .plan = plan,
    .verify = verify,
    .next = [](Command) { return std::optional<Stage>{}; },
    .overtaken = overtaken,
};

}  // namespace controller::decision::remedies
