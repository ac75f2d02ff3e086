#include <functional>

#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "tests/controller/decision/laws_of_operators.hpp"
#include "tests/controller/decision/laws_words.hpp"
#include "tests/support/move_worlds.hpp"

/// What moving a VM rests on, a second time and without a call into guards or model: should a guard and its
/// restatement disagree, one of them is wrong.
namespace controller::decision {
namespace {

using namespace std::chrono_literals;
using support::Case;
using support::Dice;

struct Law {
    std::string_view name;
    std::function<bool(const Case&)> holds;
};

const Move& move(const Case& c) {
    return *c.world.move->move;
}
const inventory::MoveDestination& target(const Case& c) {
    return *c.world.move->destination;
}
bool is_named(const Case& c, const std::string& network) {
    bool named = false;
    for (const auto& wanted : move(c).target.network_uuids) {
        named = named || wanted == network;
    }
    return named;
}
bool is_used(const Case& c, const inventory::DestinationNetwork& network) {
    return move(c).target.network_uuids.empty() ? network.owner == target(c).owner.account
                                                : is_named(c, network.uuid);
}

/// In this order: the later ones rest on the earlier ones.
const std::vector<Law> laws{
    {"the operator allows it",
     [](const Case& c) {
         const auto mode = c.policy.remedies.at(Remedy::reassign_retry).mode;
         return mode == Mode::automatic || (mode == Mode::approve && is_approved(c));
     }},
    {"one row, recorded Stopped",
     [](const Case& c) {
         return c.world.rows.size() == 1 && c.world.rows[0].state == inventory::VmState::stopped;
     }},
    {"everybody agrees that it does not run",
     [](const Case& c) {
         return c.world.verdict->kind == inventory::DriftKind::none &&
                each(c.world.candidates, [](const CandidateHost& host) {
                    return host.answered && (!host.domain || *host.domain == inventory::DomainState::shutoff);
                });
     }},
    {"CloudStack has nothing to do on it",
     [](const Case& c) {
         return c.world.jobs && c.world.jobs->empty() && c.world.ha_work && c.world.ha_work->empty();
     }},
    {"unchanged since it was judged",
     [](const Case& c) { return c.world.judged_update_count == c.world.rows[0].update_count; }},
    {"nothing of ours at work on it, nor lately",
     [](const Case& c) {
         std::size_t recent = 0;
         for (const auto& attempt : c.world.attempts) {
             recent += c.world.now - attempt.intent_at < 1h ? 1U : 0U;
             if (!attempt.outcome || c.world.now - *attempt.ended_at < 5min) {
                 return false;
             }
         }
         return recent < 3 && c.world.others_under_way.empty();
     }},
    {"somebody named the target, and still wants it",
     [](const Case& c) {
         if (!c.world.move || !c.world.move->move) {
             return false;
         }
         const bool is_its_own = !c.action.fingerprint.starts_with("move-") ||
                                 c.action.fingerprint == "move-" + std::to_string(move(c).id);
         const bool waits = move(c).state == ActionState::received || move(c).state == ActionState::held;
         const bool may_be_retried =
             move(c).state == ActionState::failed && move(c).failure == MoveFailure::transient;
         const bool may_pass = !move(c).failure || move(c).failure == MoveFailure::transient;
         return is_its_own && may_pass && (waits || may_be_retried);
     }},
    {"the VM, all volumes and a NIC are its old owner's",
     [](const Case& c) {
         const auto& vm = c.world.move->vm;
         return vm && vm->vm == c.world.rows[0].id && vm->state == inventory::VmState::stopped &&
                vm->owner == move(c).from && !vm->nics.empty() &&
                each(vm->volumes, [&](const auto& volume) { return volume.owner == move(c).from; });
     }},
    {"the new account is another one, enabled, and without leftovers",
     [](const Case& c) {
         return c.world.move->destination && target(c).account_state == "enabled" &&
                !(target(c).owner == move(c).from) && each(target(c).networks, [&](const auto& network) {
                    return !network.is_unused || is_named(c, network.uuid);
                });
     }},
    {"every network of it can give addresses, and nobody waits",
     [](const Case& c) {
         std::size_t used = 0;
         for (const auto& network : target(c).networks) {
             if (!is_used(c, network)) {
                 continue;
             }
             ++used;
             const auto& waiters = c.world.move->sequence_waiters;
             const bool is_waited_for =
                 waiters && waiters->contains(network.id.value) && waiters->at(network.id.value) > 0;
             if (!network.next_mac || *network.next_mac > 65535 || is_waited_for) {
                 return false;
             }
         }
         return c.world.move->sequence_waiters && used >= move(c).target.network_uuids.size() &&
                (used > 0 || target(c).next_network_id);
     }},
};

std::string_view first_broken_law(const Case& c) {
    for (const auto& law : laws) {
        if (!law.holds(c)) {
            return law.name;
        }
    }
    return {};
}

TEST(MovesProperty, moves_exactly_when_every_law_holds) {
    const auto seed = support::first_seed();
    const auto runs = support::property_runs(40'000);
    std::uint64_t acted = 0;
    for (auto world = seed; world < seed + runs; ++world) {
        Dice dice{world};
        const auto c = support::random_move_case(dice);
        const auto decision = decide(c.action, c.world, c.policy);
        const auto broken = first_broken_law(c);
        ASSERT_EQ(decision.acts(), broken.empty())
            << "WARDEN_PROPERTY_SEED=" << world << " WARDEN_PROPERTY_RUNS=1, law: " << broken;
        acted += decision.acts() ? 1U : 0U;
    }
    if (runs >= 1000) {
        EXPECT_GT(acted, runs / 20) << "too few worlds act for the property to say something";
        EXPECT_LT(acted, runs * 3 / 4) << "too few worlds hold";
    }
}

}  // namespace
}  // namespace controller::decision
