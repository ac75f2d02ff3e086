#include "controller/loop/judgement.hpp"

#include <memory>
#include <utility>

#include "controller/decision/decide.hpp"
#include "controller/decision/remedies/remedies.hpp"
#include "controller/loop/move.hpp"
#include "service/log.hpp"

namespace controller::loop {
namespace {

using inventory::failure;
using inventory::Result;

/// Only what a remedy's guards ask for is read, once per decision.
void add_past(World& world, const Action& action, CloudView& cloud) {
    const auto* vm = world.vm();
    if (vm == nullptr || !decision::remedies::of(action.remedy).asks_for_past) {
        return;
    }
    if (auto past = cloud.read_past(vm->id)) {
        world.past = std::move(*past);
    } else {
        service::log_warn("the VM's past is unknown, and holds what asks for it",
                          {{"vm_id", action.vm_uuid}, {"error", past.error().message}});
    }
}

Judgement judge(const Action& action, World world, const Surroundings& around, const LoopSettings& settings) {
    add_past(world, action, around.cloud);
    auto decision = decision::decide(action, world, settings.policy);
    return {.world = std::move(world), .decision = std::move(decision)};
}

/// A move rests on more than the snapshot has. Nobody is asked while the database is known to be silent.
World with_move(const Action& action, World world, const Surroundings& around) {
    if (action.remedy == Remedy::reassign_retry && world.database_up) {
        world.move = read_move_world(action.vm_uuid, around);
    }
    return world;
}

/// What surrounds the VM, as the newest look at the fleet has it.
void add_fleet(World& world, const FleetSight* sight, const std::set<std::string>& busy_vms) {
    if (const auto* vm = world.vm()) {
        world.fleet = fleet_facts(*vm, sight, busy_vms);
    }
}

}  // namespace

Result<std::shared_ptr<const inventory::Snapshot>> read_afresh(const std::string& vm_uuid,
                                                               const Surroundings& around) {
    auto snapshot = around.cloud.read_afresh(vm_uuid);
    if (!snapshot) {
        return failure("cannot read VM " + vm_uuid + " afresh", snapshot.error());
    }
    return std::make_shared<const inventory::Snapshot>(std::move(*snapshot));
}

Judgement judge_in_step(const Action& action, const StepFacts& facts, const Surroundings& around,
                        const LoopSettings& settings) {
    auto world = gather(action.vm_uuid, *facts.cloud, facts.journal.facts_on(action), {});
    auto busy = facts.journal.busy_vms(action);
    busy.insert(facts.handed_out.begin(), facts.handed_out.end());
    add_fleet(world, facts.fleet.get(), busy);
    world.leadership = facts.leadership;
    return judge(action, with_move(action, std::move(world), around), around, settings);
}

Result<Judgement> judge_on_snapshot(const Action& action, const Surroundings& around,
                                    const LoopSettings& settings) {
    const auto journal = JournalReading::of_one(around, action);
    if (!journal) {
        return tl::unexpected(journal.error());
    }
    const CloudIndex cloud(around.cloud.latest(), settings.limits, around.clock());
    auto world = gather(action.vm_uuid, cloud, journal->facts_on(action), {});
    add_fleet(world, around.fleet.latest().get(), journal->busy_vms(action));
    world.leadership = around.lease();
    return judge(action, with_move(action, std::move(world), around), around, settings);
}

Result<Judgement> judge_afresh(const Action& action, std::uint64_t judged_update_count,
                               std::shared_ptr<const inventory::Snapshot> fresh, const Surroundings& around,
                               const LoopSettings& settings) {
    const auto journal = JournalReading::of_one(around, action);
    if (!journal) {
        return tl::unexpected(journal.error());
    }
    const CloudIndex cloud(std::move(fresh), settings.limits, around.clock());
    const Reading reading{.fresh = true, .judged_update_count = judged_update_count};
    auto world = gather(action.vm_uuid, cloud, journal->facts_on(action), reading);
    add_fleet(world, around.fleet.latest().get(), journal->busy_vms(action));
    world.leadership = around.lease();
    return judge(action, with_move(action, std::move(world), around), around, settings);
}

Result<World> read_world_afresh(const Action& action, const Surroundings& around,
                                const LoopSettings& settings) {
    auto snapshot = read_afresh(action.vm_uuid, around);
    if (!snapshot) {
        return tl::unexpected(snapshot.error());
    }
    const CloudIndex cloud(std::move(*snapshot), settings.limits, around.clock());
    return with_move(action, gather(action.vm_uuid, cloud, {}, {.fresh = true}), around);
}

std::string refusing_guards(const Decision& decision) {
    std::string names;
    for (const auto& verdict : decision.verdicts) {
        if (verdict.holds()) {
            names += (names.empty() ? "" : ", ") + verdict.guard;
        }
    }
    return names;
}

ActionState state_after(const Action& action, const Decision& decision, const Policy& policy) {
    if (decision.acts()) {
        return ActionState::decided;
    }
    const auto remedy = policy.remedies.find(action.remedy);
    const auto mode = remedy == policy.remedies.end() ? Mode::off : remedy->second.mode;
    if (mode == Mode::observe && decision.is_held_only_by("mode")) {
        return ActionState::observed;
    }
    if (mode == Mode::approve && decision.is_held_only_by("mode")) {
        return ActionState::awaiting_approval;
    }
    return ActionState::held;
}

}  // namespace controller::loop
