#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision::remedies {

/// stop_sync brings the record of a user VM that died unseen to Stopped. It leaves alone what CloudStack's
/// API stops by other commands, and what has HA: a VM that is Stopped is not restarted by anybody.
std::optional<std::string> stop_sync_exempts(const inventory::VmRecord& vm) {
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
Plan stop_sync_plan(const inventory::VmRecord& vm) {
    return StopVm{vm.uuid, true};
}

}  // namespace controller::decision::remedies
