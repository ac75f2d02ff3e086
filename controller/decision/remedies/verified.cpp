#include "controller/decision/remedies/verified.hpp"

#include <optional>
#include <string>

#include "controller/decision/evidence.hpp"

namespace controller::decision::remedies {
namespace {

Verification not_yet(std::string sentence) {
    return {.agrees = false, .sentence = std::move(sentence)};
}

/// Why the host may hold a domain that it does not show.
std::optional<std::string> silence_of(const CandidateHost& host) {
    if (!host.answered && !host.proven_off) {
        return host.name + " has not answered: " + host.error;
    }
    return std::nullopt;
}

/// Why the VM may still be alive on this host; nullopt when it answered without a live domain, or is proven
/// off.
std::optional<std::string> doubt_about(const CandidateHost& host) {
    if (host.domain && inventory::may_be_alive(*host.domain)) {
        return "libvirt on " + host.name + " shows its domain " + std::string{to_word(*host.domain)};
    }
    return silence_of(host);
}

/// Why the row does not say yet that the VM is in this state; nullopt when it does.
std::optional<std::string> record_differs(const World& world, inventory::VmState wanted) {
    const auto* vm = world.vm();
    if (world.database_up && world.records_read_at && world.rows.empty()) {
        return "CloudStack has no live row of the VM any more: it was expunged";
    }
    if (!world.database_up || vm == nullptr) {
        return "the VM's row could not be read, so what CloudStack records is unknown";
    }
    if (vm->state != wanted) {
        return "CloudStack still records " + vm->instance_name + " as " + std::string{to_word(vm->state)};
    }
    return std::nullopt;
}

}  // namespace

Verification verify_stopped(const World& world) {
    if (auto difference = record_differs(world, inventory::VmState::stopped)) {
        return not_yet(*std::move(difference));
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

Verification verify_started(const World& world) {
    if (auto difference = record_differs(world, inventory::VmState::running)) {
        return not_yet(*std::move(difference));
    }
    const auto& vm = *world.vm();
    std::string running_on;
    for (const auto& host : world.candidates) {
        const bool is_its_host = vm.host == host.id;
        if (is_its_host && host.answered && host.domain == inventory::DomainState::running) {
            running_on = host.name;
        } else if (auto doubt = doubt_about(host)) {
            return not_yet("CloudStack records Running, but " + *doubt);
        }
    }
    if (running_on.empty()) {
        return not_yet("CloudStack records Running, but the host that it names shows no running domain");
    }
    return {.agrees = true,
            .sentence = "CloudStack records Running, and of " + std::to_string(world.candidates.size()) +
                        " hosts that could hold it " + running_on + " alone shows its domain, running"};
}

}  // namespace controller::decision::remedies
