#include "controller/decision/remedies/remedies.hpp"
#include "controller/decision/remedies/verified.hpp"

namespace controller::decision::remedies {
namespace {

using inventory::DriftKind;
using inventory::VmState;

VmState recorded_before(Stage stage) {
    return stage == Stage::first ? VmState::running : VmState::stopped;
}

/// ha_restart brings a user VM back that has HA, died unseen, and that CloudStack does not restart (defects
/// #12920 and #12922: HA work Done, VM still Running; reference 7): whether it may be, ha_eligible says. Once
/// it is stopped by our hand, it is started only while it is still recorded Stopped.
std::optional<std::string> exempts(Stage stage, const inventory::VmRecord& vm) {
    if (vm.state != recorded_before(stage)) {
        return "the VM is recorded " + std::string{to_word(vm.state)} + ", not " +
               std::string{to_word(recorded_before(stage))};
    }
    return std::nullopt;
}

/// First the stop, which is CloudStack's own clean-up of a VM without a domain (reference 6.7), then the
/// start. Both are decided anew on proof of their own.
Plan plan(const Action& action, const World& world) {
    const auto& uuid = world.vm()->uuid;
    return action.stage == Stage::first ? Plan{StopVm{uuid, true}} : Plan{StartVm{uuid}};
}

Verification verify(Command command, const World& world) {
    return command == Command::stop_vm ? verify_stopped(world) : verify_started(world);
}

std::optional<Stage> next(Command command) {
    return command == Command::stop_vm ? std::optional{Stage::stopped} : std::nullopt;
}

/// After our stop only records that were read later than it count: an older snapshot still says Running.
std::optional<std::string> overtaken(const Action& action, const World& world) {
    const bool read_since = world.database_up && world.records_read_at > action.state_since;
    if (action.stage == Stage::first || !read_since) {
        return std::nullopt;
    }
    if (world.rows.empty()) {
        return "CloudStack has no live row of the VM any more: it was expunged after the stop";
    }
    const auto* vm = world.vm();
    if (vm == nullptr || vm->state == VmState::stopped) {
        return std::nullopt;
    }
    if (vm->state == VmState::running && world.verdict && world.verdict->kind == DriftKind::none) {
        return "somebody else has started the VM after the stop; it runs";
    }
    if (vm->state == VmState::running && world.verdict &&
        world.verdict->kind == DriftKind::stopped_out_of_band) {
        return "somebody else has started the VM after the stop, and it died again: that is a new alert's";
    }
    if (vm->state == VmState::destroyed || vm->state == VmState::expunging) {
        return "somebody has destroyed the VM after the stop";
    }
    return std::nullopt;
}

}  // namespace

constinit const Treatment ha_restart{
    .remedy = Remedy::ha_restart,
    .asks_for_past = true,
    .treats =
        [](Stage stage) { return stage == Stage::first ? DriftKind::stopped_out_of_band : DriftKind::none; },
    .exempts = exempts,
    .command = [](Stage stage) { return stage == Stage::first ? Command::stop_vm : Command::start_vm; },
    .plan = plan,
    .verify = verify,
    .next = next,
    .overtaken = overtaken,
};

}  // namespace controller::decision::remedies
