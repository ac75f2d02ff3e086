#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

/// A request that may have left us can be taken until CloudStack refuses it for its age, whatever became of
/// its attempt meanwhile: the job that told may have been another's, unless CloudStack's own answer named it.
/// CloudStack's clock may be behind ours by as much as the heartbeat that we accept.
bool may_still_be_taken(const Attempt& attempt, inventory::Time now, const Policy& policy) {
    return !attempt.accepted && attempt.outcome != AttemptOutcome::not_sent &&
           now < attempt.expires_at + policy.heartbeat;
}

}  // namespace

/// An intent that nobody closed may have been carried out: a second one could stop what was started since.
Answer unresolved(const Action&, const World& world, const Policy& policy) {
    Objections objections;
    for (const auto& attempt : world.attempts) {
        const auto name = "attempt " + std::to_string(attempt.id);
        if (!attempt.outcome) {
            objections.object(name + ", begun " + age_words(attempt.intent_at, world.now) +
                              ", has no outcome");
        }
        if (may_still_be_taken(attempt, world.now, policy)) {
            objections.object("CloudStack may take the request of " + name + " until " +
                              inventory::to_rfc3339(attempt.expires_at + policy.heartbeat));
        }
    }
    return objections.refusal(
        "recovery reads the world again and closes the attempt, and its request expires");
}

}  // namespace controller::decision::guards
