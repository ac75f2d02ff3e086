#pragma once

#include <algorithm>
#include <array>

#include "controller/decision/guard.hpp"

namespace controller::decision::guards {

using Answer = std::optional<Refusal>;

Answer mode(const Action& action, const World& world, const Policy& policy);
Answer pause(const Action& action, const World& world, const Policy& policy);
Answer window(const Action& action, const World& world, const Policy& policy);
Answer scope(const Action& action, const World& world, const Policy& policy);
Answer identity(const Action& action, const World& world, const Policy& policy);
Answer still_true(const Action& action, const World& world, const Policy& policy);
Answer grace(const Action& action, const World& world, const Policy& policy);
Answer witnesses(const Action& action, const World& world, const Policy& policy);
Answer cloudstack_idle(const Action& action, const World& world, const Policy& policy);
Answer host_up(const Action& action, const World& world, const Policy& policy);
Answer ha_eligible(const Action& action, const World& world, const Policy& policy);
Answer unchanged(const Action& action, const World& world, const Policy& policy);
Answer attempts(const Action& action, const World& world, const Policy& policy);
Answer concurrency(const Action& action, const World& world, const Policy& policy);
Answer storm(const Action& action, const World& world, const Policy& policy);
Answer leadership(const Action& action, const World& world, const Policy& policy);
Answer unresolved(const Action& action, const World& world, const Policy& policy);
Answer ownership(const Action& action, const World& world, const Policy& policy);
Answer sequence_ready(const Action& action, const World& world, const Policy& policy);

inline constexpr Remedies every_remedy{Remedy::stop_sync, Remedy::ha_restart, Remedy::reassign_retry};
inline constexpr Remedies of_the_dead{Remedy::stop_sync, Remedy::ha_restart};
inline constexpr Remedies of_moves{Remedy::reassign_retry};

/// THE list, in the order in which an operator reads them. host_up is not asked before a restart: the host
/// may be the one that died, and what a forced stop on it does not prove (reference 6.7), `witnesses` has to.
/// A move is asked all that is about the VM and about CloudStack (it must be Stopped in truth: `still_true`
/// wants no drift, `witnesses` that nobody shows a domain), but neither `grace` nor `host_up`: it has no
/// drift that could last, and no host.
inline constexpr std::array all{
    Guard{"mode", "the remedy's mode allows it", mode, every_remedy},
    Guard{"pause", "no pause and no silence covers it", pause, every_remedy},
    Guard{"window", "the remedy is inside its windows", window, every_remedy},
    Guard{"scope", "the VM is in the part of the cloud that Warden may act on, and its owner agrees", scope,
          every_remedy},
    Guard{"identity", "the alert's VM is exactly one live row", identity, every_remedy},
    Guard{"still_true", "the verdict is the one that the remedy treats", still_true, every_remedy},
    Guard{"grace", "the drift has outlasted CloudStack's own grace and our margin", grace, of_the_dead},
    Guard{"witnesses", "every host that could hold the VM answered in time or is proven off", witnesses,
          every_remedy},
    Guard{"cloudstack_idle", "CloudStack is alive and has no work of its own on the VM", cloudstack_idle,
          every_remedy},
    Guard{"host_up", "the VM's host is Up", host_up, {Remedy::stop_sync}},
    Guard{"ha_eligible", "the VM has HA, and nobody wanted it stopped", ha_eligible, {Remedy::ha_restart}},
    Guard{"unchanged", "the VM's record is still the one that was judged", unchanged, every_remedy},
    Guard{"attempts", "attempts are left, the back-off is over, and the VM does not flap", attempts,
          every_remedy},
    Guard{"concurrency", "no other action on the VM is under way, and few enough around it", concurrency,
          every_remedy},
    Guard{"storm",
          "few enough VMs around it died at once, and it has been so for the cooldown",
          storm,
          {Remedy::stop_sync, Remedy::ha_restart}},
    Guard{"leadership", "this controller holds the lease", leadership, every_remedy},
    Guard{"unresolved", "no earlier attempt on the VM may still take effect", unresolved, every_remedy},
    Guard{"ownership", "the VM is wholly its old owner's, and somebody named an enabled account for it",
          ownership, of_moves},
    Guard{"sequence_ready", "the networks of the move can give MAC addresses", sequence_ready, of_moves},
};

static_assert(std::ranges::all_of(liftable_guards,
                                  [](std::string_view name) {
                                      return std::ranges::find(all, name, &Guard::name) != all.end();
                                  }),
              "what may be lifted is a guard");

}  // namespace controller::decision::guards
