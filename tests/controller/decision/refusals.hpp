#pragma once

#include <string>
#include <vector>

#include "controller/decision/decide.hpp"
#include "tests/support/worlds.hpp"

/// What the decision on a case says, for the tests of guards.
namespace controller::decision {

/// The guards that refuse, lifted ones included, in the order of THE list.
inline std::vector<std::string> refusing(const support::Case& c) {
    std::vector<std::string> names;
    for (const auto& verdict : decide(c.action, c.world, c.policy).verdicts) {
        if (verdict.refusal) {
            names.push_back(verdict.guard);
        }
    }
    return names;
}

/// The verdict of one guard; empty when it was not asked.
inline GuardVerdict verdict_of(const support::Case& c, const std::string& guard) {
    for (auto& verdict : decide(c.action, c.world, c.policy).verdicts) {
        if (verdict.guard == guard) {
            return verdict;
        }
    }
    return {};
}

/// Why one guard refuses; empty when it does not.
inline std::string sentence_of(const support::Case& c, const std::string& guard) {
    const auto verdict = verdict_of(c, guard);
    return verdict.refusal ? verdict.refusal->sentence : std::string{};
}

}  // namespace controller::decision
