#include "controller/live_move_desk.hpp"

#include <utility>

#include "controller/decision/preflight.hpp"

namespace controller {

using api::CheckedMove;
using api::Declined;
using api::Filing;
using api::MoveOrder;
using inventory::Result;

namespace {

/// Another move of the VM that is still wanted; two would be tried in turn.
std::optional<Declined> open_elsewhere(const std::optional<Move>& newest, const MoveOrder& order) {
    const bool is_open = newest && !is_final(newest->state);
    if (!is_open || (!order.batch.empty() && newest->batch == order.batch)) {
        return std::nullopt;
    }
    return Declined{false, "move " + std::to_string(newest->id) + " of the VM to account " +
                               newest->target.account + " is open (action " +
                               std::to_string(newest->action_id) + "): cancel it first"};
}

/// While a try may still take effect, nobody can tell whose the VM will be.
std::optional<Declined> still_under_way(const std::vector<Attempt>& attempts) {
    for (const auto& attempt : attempts) {
        if (!attempt.outcome) {
            return Declined{false, "action " + std::to_string(attempt.action_id) +
                                       " is at work on the VM: ask again when that attempt has ended"};
        }
    }
    return std::nullopt;
}

std::optional<Declined> not_to_be_moved(const MoveFacts& facts, const MoveOrder& order) {
    if (!facts.vm) {
        return Declined{true, "CloudStack has no live KVM VM '" + order.vm + "', or more than one"};
    }
    if (!facts.destination) {
        return Declined{true, "there is no account " + order.target.account + " in the domain " +
                                  order.target.domain_uuid};
    }
    if (facts.vm->owner.account == facts.destination->owner.account) {
        return Declined{false, "the VM belongs to account " + order.target.account + " already"};
    }
    return std::nullopt;
}

/// What the batch has of this VM and is not to be asked for anew.
std::optional<Move> known_to(const std::vector<Move>& batch, const std::string& vm_uuid, bool again) {
    for (const auto& move : batch) {
        if (move.vm_uuid == vm_uuid && (!again || !is_final(move.state))) {
            return move;
        }
    }
    return std::nullopt;
}

}  // namespace

LiveMoveDesk::LiveMoveDesk(ObservedCloud& cloud, api::Explainer& explainer, journal::Journal& journal,
                           journal::Moves& moves, inventory::Clock clock)
    : cloud_(cloud), explainer_(explainer), journal_(journal), moves_(moves), clock_(std::move(clock)) {}

Result<std::optional<CheckedMove>> LiveMoveDesk::check(const MoveOrder& order) {
    if (!cloud_.latest()->records) {
        return inventory::failure("nothing is known of the cloud yet: its database has not been read", true);
    }
    const auto vm = explainer_.identify(order.vm);
    if (!vm) {
        return std::nullopt;
    }
    return CheckedMove{*vm, decision::preflight(order.target, cloud_.read_preflight(vm->uuid, order.target))};
}

Result<std::optional<Filing>> LiveMoveDesk::earlier(const std::string& vm_uuid, const MoveOrder& order) {
    const auto batch = order.batch.empty() ? Result<std::vector<Move>>{} : moves_.of_batch(order.batch);
    const auto newest = moves_.newest_on(vm_uuid);
    const auto attempts = journal_.attempts_on(vm_uuid);
    if (!batch || !newest || !attempts) {
        return tl::unexpected(!batch ? batch.error() : !newest ? newest.error() : attempts.error());
    }
    if (const auto known = known_to(*batch, vm_uuid, order.again)) {
        return Filing{journal::FiledMove{*known, false}};
    }
    for (auto declined : {open_elsewhere(*newest, order), still_under_way(*attempts)}) {
        if (declined) {
            return Filing{*std::move(declined)};
        }
    }
    return std::nullopt;
}

Result<Filing> LiveMoveDesk::file(const MoveOrder& order) {
    const auto vm = explainer_.identify(order.vm);
    if (!vm) {
        return Filing{
            Declined{true, "CloudStack has no VM with the uuid or instance name '" + order.vm + "'"}};
    }
    auto before = earlier(vm->uuid, order);
    if (!before || *before) {
        return before ? Result<Filing>(**std::move(before)) : tl::unexpected(before.error());
    }
    const auto facts = cloud_.read_preflight(vm->uuid, order.target);
    if (facts.is_vm_unreadable || facts.is_destination_unreadable) {
        return inventory::failure(
            facts.is_vm_unreadable
                ? "whose the VM is cannot be read at present; the controller's log says why"
                : "the account " + order.target.account +
                      " cannot be read at present; the controller's log says why",
            true);
    }
    if (auto declined = not_to_be_moved(facts, order)) {
        return Filing{*std::move(declined)};
    }
    journal::MoveRequest request{.batch = order.batch,
                                 .vm_uuid = vm->uuid,
                                 .target = order.target,
                                 .from = facts.vm->owner,
                                 .requested_by = order.requested_by,
                                 .reason = order.reason,
                                 .again = order.again};
    request.target.domain_uuid = facts.destination->domain_uuid;
    return moves_.file(request, clock_()).map([](journal::FiledMove filed) {
        return Filing{std::move(filed)};
    });
}

Result<std::vector<Move>> LiveMoveDesk::of_batch(const std::string& batch) {
    return moves_.of_batch(batch);
}

}  // namespace controller
