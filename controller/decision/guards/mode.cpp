#include <algorithm>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {
namespace {

/// Attempts are numbered without a gap within their action.
std::uint32_t next_attempt(const Action& action, const World& world) {
    return static_cast<std::uint32_t>(
        std::count_if(world.attempts.begin(), world.attempts.end(),
                      [&](const Attempt& attempt) { return attempt.action_id == action.id; }) +
        1);
}

/// For this attempt, and not for ever. One from the future proves that a clock has jumped.
bool is_valid(const Approval& approval, const Action& action, const World& world) {
    return approval.action_id == action.id && approval.attempt_number == next_attempt(action, world) &&
           approval.word.at <= world.now && world.now < approval.expires_at;
}

Answer wants_approval(const Action& action, const World& world) {
    const auto approvals = world.operators ? world.operators->approvals : std::vector<Approval>{};
    if (std::any_of(approvals.begin(), approvals.end(),
                    [&](const Approval& approval) { return is_valid(approval, action, world); })) {
        return std::nullopt;
    }
    Objections objections;
    objections.fact("mode", std::string{to_word(Mode::approve)});
    for (const auto& approval : approvals) {
        objections.fact("approval " + std::to_string(approval.id),
                        "of attempt " + std::to_string(approval.attempt_number) + " by " + approval.word.who +
                            ", until " + inventory::to_rfc3339(approval.expires_at));
    }
    objections.object("the mode of " + std::string{to_word(action.remedy)} + " is approve, and attempt " +
                      std::to_string(next_attempt(action, world)) + " of this action is not approved");
    return objections.refusal("an operator approves it: wardenctl approve " + std::to_string(action.id));
}

}  // namespace

/// Nothing happens that the operator did not ask for; a remedy without a policy is off.
Answer mode(const Action& action, const World& world, const Policy& policy) {
    const auto found = policy.remedies.find(action.remedy);
    const auto mode = found == policy.remedies.end() ? Mode::off : found->second.mode;
    if (mode == Mode::automatic) {
        return std::nullopt;
    }
    if (mode == Mode::approve) {
        return wants_approval(action, world);
    }
    const std::string remedy{to_word(action.remedy)};
    const std::string word{to_word(mode)};
    return Refusal{
        "the mode of " + remedy + " is " + word,
        {{"mode", word}},
        "an operator sets `mode: auto` or `mode: approve` for " + remedy + " in the configuration, to act"};
}

}  // namespace controller::decision::guards
