#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

/// A request whose fate is unknown may still be taken until CloudStack refuses it for its age.
bool may_still_be_taken(const Attempt& attempt, inventory::Time now) {
    return attempt.outcome == AttemptOutcome::unverified && now < attempt.expires_at;
}

}  // namespace

/// An intent that nobody closed may have been carried out: a second one could stop what was started since.
Answer unresolved(const Action&, const World& world, const Policy&) {
    Objections objections;
    for (const auto& attempt : world.attempts) {
        const auto name = "attempt " + std::to_string(attempt.id);
        if (!attempt.outcome) {
            objections.object(name + ", begun " + age_words(attempt.intent_at, world.now) +
                              ", has no outcome");
        }
        if (may_still_be_taken(attempt, world.now)) {
            objections.object(name + " is unverified, and CloudStack may take its request until " +
                              inventory::to_rfc3339(attempt.expires_at));
        }
    }
    return objections.refusal("recovery reads the world again and closes the attempt");
}

}  // namespace controller::decision::guards
