#include "controller/model/action.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "controller/model/words.hpp"

namespace controller {
namespace {

constexpr std::array<std::pair<ActionState, std::string_view>, 12> state_words{{
    {ActionState::received, "received"},
    {ActionState::held, "held"},
    {ActionState::observed, "observed"},
    {ActionState::awaiting_approval, "awaiting_approval"},
    {ActionState::decided, "decided"},
    {ActionState::intent, "intent"},
    {ActionState::executing, "executing"},
    {ActionState::verifying, "verifying"},
    {ActionState::succeeded, "succeeded"},
    {ActionState::failed, "failed"},
    {ActionState::unverified, "unverified"},
    {ActionState::cancelled, "cancelled"},
}};

constexpr std::array<std::pair<AttemptOutcome, std::string_view>, 4> outcome_words{{
    {AttemptOutcome::succeeded, "succeeded"},
    {AttemptOutcome::failed, "failed"},
    {AttemptOutcome::not_sent, "not_sent"},
    {AttemptOutcome::unverified, "unverified"},
}};

constexpr std::array<std::pair<Stage, std::string_view>, 2> stage_words{{
    {Stage::first, "first"},
    {Stage::stopped, "stopped"},
}};

using Step = std::pair<ActionState, ActionState>;

/// Every step past the waiting states. `intent` may end without executing: nothing was sent. `executing` may
/// end without verifying: CloudStack refused. Only `verifying` may succeed: the world has to agree.
constexpr std::array<Step, 13> steps_under_way{{
    {ActionState::intent, ActionState::executing},
    {ActionState::intent, ActionState::verifying},
    {ActionState::intent, ActionState::held},
    {ActionState::intent, ActionState::failed},
    {ActionState::intent, ActionState::unverified},
    {ActionState::executing, ActionState::verifying},
    {ActionState::executing, ActionState::held},
    {ActionState::executing, ActionState::failed},
    {ActionState::executing, ActionState::unverified},
    {ActionState::verifying, ActionState::succeeded},
    {ActionState::verifying, ActionState::held},
    {ActionState::verifying, ActionState::failed},
    {ActionState::verifying, ActionState::unverified},
}};

/// A held action may be held anew, for other reasons; only what was decided becomes an intent.
bool may_follow_waiting(ActionState from, ActionState to) {
    switch (to) {
        case ActionState::held:
        case ActionState::cancelled:
            return true;
        case ActionState::observed:
        case ActionState::awaiting_approval:
        case ActionState::decided:
            return from != to;
        case ActionState::intent:
            return from == ActionState::decided;
        case ActionState::received:
        case ActionState::executing:
        case ActionState::verifying:
        case ActionState::succeeded:
        case ActionState::failed:
        case ActionState::unverified:
            return false;
    }
    return false;
}

}  // namespace

std::string_view to_word(ActionState state) {
    return words::word_of(state_words, state);
}

std::optional<ActionState> parse_action_state(std::string_view word) {
    return words::value_of(state_words, word);
}

bool is_waiting(ActionState state) {
    return state == ActionState::received || state == ActionState::held || state == ActionState::observed ||
           state == ActionState::awaiting_approval || state == ActionState::decided;
}

bool is_under_way(ActionState state) {
    return state == ActionState::intent || state == ActionState::executing || state == ActionState::verifying;
}

bool is_final(ActionState state) {
    return !is_waiting(state) && !is_under_way(state);
}

bool may_follow(ActionState from, ActionState to) {
    if (is_waiting(from)) {
        return may_follow_waiting(from, to);
    }
    return std::find(steps_under_way.begin(), steps_under_way.end(), Step{from, to}) != steps_under_way.end();
}

std::string_view to_word(Stage stage) {
    return words::word_of(stage_words, stage);
}

std::optional<Stage> parse_stage(std::string_view word) {
    return words::value_of(stage_words, word);
}

std::string_view to_word(AttemptOutcome outcome) {
    return words::word_of(outcome_words, outcome);
}

std::optional<AttemptOutcome> parse_attempt_outcome(std::string_view word) {
    return words::value_of(outcome_words, word);
}

}  // namespace controller
