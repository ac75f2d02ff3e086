#include "controller/decision/evidence.hpp"
#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision::remedies {
namespace {

Verification not_yet(std::string sentence) {
    return {.agrees = false, .sentence = std::move(sentence)};
}

/// Why the VM may still be alive on this host; nullopt when it answered without a live domain, or is proven
/// off.
std::optional<std::string> doubt_about(const CandidateHost& host) {
    if (host.domain && inventory::may_be_alive(*host.domain)) {
        return "libvirt on " + host.name + " shows its domain " + std::string{to_word(*host.domain)};
    }
    if (!host.answered && !is_proven_off(host)) {
        return host.name + " has not answered: " + host.error;
    }
    return std::nullopt;
}

}  // namespace

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

/// A stop has come true when CloudStack records the VM as Stopped, and every host that could hold it has
/// answered since and shows no QEMU process of it: an agent may answer success while QEMU survives
/// (reference 6.7), and a silent host proves nothing.
Verification stop_sync_verify(const World& world) {
    const auto* vm = world.vm();
    if (world.database_up && world.records_read_at && world.rows.empty()) {
        return not_yet("CloudStack has no live row of the VM any more: it was expunged");
    }
    if (!world.database_up || vm == nullptr) {
        return not_yet("the VM's row could not be read, so what CloudStack records is unknown");
    }
    if (vm->state != inventory::VmState::stopped) {
        return not_yet("CloudStack still records " + vm->instance_name + " as " +
                       std::string{to_word(vm->state)});
    }
    for (const auto& host : world.candidates) {
        if (auto doubt = doubt_about(host)) {
            return not_yet("CloudStack records Stopped, but " + *doubt);
        }
    }
    if (world.candidates.empty()) {
        return not_yet("CloudStack records Stopped, but no host is known that could hold it");
    }
    return {.agrees = true,
            .sentence = "CloudStack records Stopped, and of " + std::to_string(world.candidates.size()) +
                        " hosts that could hold it none shows a live domain"};
}

}  // namespace controller::decision::remedies
