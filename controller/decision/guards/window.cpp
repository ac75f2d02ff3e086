#include <algorithm>

#include "controller/decision/evidence.hpp"
#include "controller/decision/guards/guards.hpp"

namespace controller::decision::guards {

/// A remedy begins only when somebody is there, or nobody is disturbed. What it has begun it brings to its
/// end: a VM that it has stopped is not left so until the next window.
Answer window(const Action& action, const World& world, const Policy& policy) {
    const auto found = policy.remedies.find(action.remedy);
    const auto windows = found == policy.remedies.end() ? std::vector<Window>{} : found->second.windows;
    const bool open = std::any_of(windows.begin(), windows.end(),
                                  [&](const Window& each) { return is_open(each, world.now); });
    if (windows.empty() || open || action.stage != Stage::first) {
        return std::nullopt;
    }
    Objections objections;
    auto next = inventory::Time::max();
    for (const auto& each : windows) {
        objections.fact("window", each.text);
        next = std::min(next, next_opening(each, world.now));
    }
    objections.object(std::string{to_word(action.remedy)} + " may act within its windows alone");
    return objections.refusal("time: the next window opens at " + inventory::to_rfc3339(next));
}

}  // namespace controller::decision::guards
