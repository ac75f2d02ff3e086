#include <algorithm>
#include <map>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"
#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision::guards {
namespace {

/// When each other action on the VM was carried out, oldest first, as far as nobody has acknowledged it
/// since. The action's own attempts do not count: what it has begun it may end. Nor does what never left us.
std::vector<inventory::Time> unacknowledged_actions(const Action& action, const World& world) {
    const auto acknowledgement = world.operators ? world.operators->acknowledgement : std::nullopt;
    const bool seen = acknowledgement && acknowledgement->word.at <= world.now;
    std::map<std::uint64_t, inventory::Time> last_intent;
    for (const auto& attempt : world.attempts) {
        const bool counts = attempt.action_id != action.id && attempt.outcome != AttemptOutcome::not_sent &&
                            !(seen && attempt.intent_at <= acknowledgement->word.at);
        if (counts) {
            auto& last = last_intent.try_emplace(attempt.action_id, attempt.intent_at).first->second;
            last = std::max(last, attempt.intent_at);
        }
    }
    std::vector<inventory::Time> times;
    times.reserve(last_intent.size());
    for (const auto& [id, at] : last_intent) {
        times.push_back(at);
    }
    std::sort(times.begin(), times.end());
    return times;
}

/// Once so many actions fell within the period, the VM flaps until a human acknowledges it, however long ago
/// that was.
void object_to_flapping(Objections& objections, const Action& action, const World& world,
                        const Flapping& limit) {
    const auto times = unacknowledged_actions(action, world);
    for (std::size_t last = limit.actions; last <= times.size() && limit.actions > 0; ++last) {
        if (times[last - 1] - times[last - limit.actions] < limit.within) {
            objections.fact("last_action", age_words(times.back(), world.now));
            objections.object("it flaps: " + std::to_string(limit.actions) + " actions on this VM within " +
                              inventory::to_words(limit.within) + ", and nobody has acknowledged that since");
            return;
        }
    }
}

}  // namespace

/// What did not help is not repeated without end. An attempt of the call that comes next counts whatever
/// became of it.
Answer attempts(const Action& action, const World& world, const Policy& policy) {
    const auto found = policy.remedies.find(action.remedy);
    const auto remedy = found == policy.remedies.end() ? RemedyPolicy{} : found->second;
    const auto command = remedies::of(action.remedy).command(action.stage);
    const auto recent =
        std::count_if(world.attempts.begin(), world.attempts.end(), [&](const Attempt& attempt) {
            return attempt.command == command && world.now - attempt.intent_at < remedy.attempts_period;
        });
    Objections objections;
    objections.fact("attempts", std::to_string(recent) + " of " + std::to_string(remedy.attempts));
    if (recent >= static_cast<std::ptrdiff_t>(remedy.attempts)) {
        objections.object("no attempt is left: " + std::to_string(recent) + " within " +
                          inventory::to_words(remedy.attempts_period));
    }
    for (const auto& attempt : world.attempts) {
        const auto ended = attempt.ended_at.value_or(attempt.intent_at);
        if (attempt.command == command && world.now - ended < remedy.back_off) {
            objections.object("attempt " + std::to_string(attempt.id) + " ended " +
                              age_words(ended, world.now) + ", the back-off is " +
                              inventory::to_words(remedy.back_off));
        }
    }
    object_to_flapping(objections, action, world, remedy.flapping);
    return objections.refusal(
        "time; when attempts keep failing, an operator looks into why; a VM that flaps is "
        "acknowledged with `wardenctl ack`");
}

}  // namespace controller::decision::guards
