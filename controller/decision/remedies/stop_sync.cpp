#include "controller/decision/remedies/remedies.hpp"
#include "controller/decision/remedies/verified.hpp"

namespace controller::decision::remedies {
namespace {

/// stop_sync brings the record of a user VM that died unseen to Stopped. It leaves alone what CloudStack's
/// API stops by other commands, and what has HA: a VM that is Stopped is not restarted by anybody.
std::optional<std::string> stop_sync_exempts(Stage, const inventory::VmRecord& vm) {
    if (vm.type != "User") {
        return "stop_sync treats user VMs only, this one is of type " + vm.type;
    }
    if (vm.ha_enabled) {
        return "the VM has HA: it is to be restarted, and stop_sync would end that";
    }
    if (vm.state != inventory::VmState::running) {
        return "the VM is recorded " + std::string{to_word(vm.state)} + ", not Running";
    }
    return std::nullopt;
}

/// For a VM without a domain on a host that is Up this is CloudStack's own complete clean-up (reference 6.7).
Plan stop_sync_plan(const Action&, const World& world) {
    return StopVm{world.vm()->uuid, true};
}

}  // namespace

constinit const Treatment stop_sync{
    .remedy = Remedy::stop_sync,
    .asks_for_past = false,
    .treats = [](Stage) { return inventory::DriftKind::stopped_out_of_band; },
    .exempts = stop_sync_exempts,
    .command = [](Stage) { return Command::stop_vm; },
    .plan = stop_sync_plan,
    .verify = [](Command, const World& world) { return verify_stopped(world); },
    .next = [](Command) { return std::optional<Stage>{}; },
    .overtaken = [](const Action&, const World&) { return std::optional<std::string>{}; },
};

}  // namespace controller::decision::remedies
