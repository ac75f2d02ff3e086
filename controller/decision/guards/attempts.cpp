#include <algorithm>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"
#include "controller/decision/remedies/remedies.hpp"

namespace controller::decision::guards {

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
    return objections.refusal("time; when attempts keep failing, an operator looks into why");
}

}  // namespace controller::decision::guards
