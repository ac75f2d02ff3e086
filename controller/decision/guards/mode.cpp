#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// Nothing happens that the operator did not ask for; a remedy without a policy is off.
Answer mode(const Action& action, const World&, const Policy& policy) {
    const auto found = policy.remedies.find(action.remedy);
    const auto mode = found == policy.remedies.end() ? Mode::off : found->second.mode;
    if (mode == Mode::automatic) {
        return std::nullopt;
    }
    const std::string remedy{to_word(action.remedy)};
    const std::string word{to_word(mode)};
    return Refusal{"the mode of " + remedy + " is " + word,
                   {{"mode", word}},
                   "an operator sets `mode: auto` for " + remedy + " in the configuration, to act"};
}

}  // namespace controller::decision::guards
