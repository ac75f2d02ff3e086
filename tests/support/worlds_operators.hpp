#pragma once

#include "tests/support/worlds.hpp"

/// What operators say in random worlds.
namespace support {

inline controller::Word a_word(inventory::Time at = now - std::chrono::minutes{1}) {
    return {"alice", "storage works", at};
}

inline controller::Pause a_pause(controller::PauseScope scope, const std::string& subject = "") {
    return {.id = 3,
            .scope = scope,
            .subject = subject,
            .word = a_word(),
            .until = now + std::chrono::hours{1},
            .ended = {}};
}

/// Of the first attempt of an_action().
inline controller::Approval an_approval(std::uint32_t attempt_number = 1) {
    return {.id = 4,
            .action_id = 1,
            .attempt_number = attempt_number,
            .word = a_word(),
            .expires_at = now + std::chrono::minutes{15}};
}

inline controller::Lift a_lift(const std::string& guard) {
    return {.id = 5, .action_id = 1, .guard = guard, .word = a_word(), .until = now + std::chrono::hours{1}};
}

inline controller::Acknowledgement an_acknowledgement(inventory::Time at) {
    return {.id = 6, .vm_uuid = a_vm().uuid, .word = a_word(at)};
}

/// Where the plain world's VM is.
inline controller::Whereabouts some_place() {
    return {.zone = "zone1",
            .cluster = "cluster1",
            .hosts = {"kvm1"},
            .account = "alice",
            .domain_path = "/sales/"};
}

inline controller::Silence a_silence() {
    return {.id = "9f3e",
            .created_by = "bob",
            .comment = "known",
            .ends_at = "2026-03-14T10:00:00Z",
            .matchers = {{"vm", "i-2-10-VM", true, false}}};
}

/// Changes what operators have said, or what the policy says of it.
void strike_by_operators(Case& c, Dice& dice);

}  // namespace support
