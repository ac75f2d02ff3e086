#pragma once

#include <map>
#include <string>
#include <vector>

#include "controller/model/policy.hpp"
#include "controller/replay/recorded_action.hpp"

namespace controller::replay {

/// What the configuration says that actions are judged by.
struct Rules {
    Policy policy;
    std::map<std::string, Remedy> alerts;
};

/// One recorded decision, judged again by other rules.
struct Comparison {
    inventory::Time at;
    std::string kind;
    bool acted = false;
    bool would_act = false;
    std::vector<std::string> refuse_now;      ///< guards that refuse now and did not then
    std::vector<std::string> refuse_no_more;  ///< guards that refused then and do not now
    std::vector<std::string> lacking;         ///< facts that the evidence does not tell
    std::string trouble;                      ///< why it was not judged; empty: it was

    [[nodiscard]] bool differs() const {
        return acted != would_act || !refuse_now.empty() || !refuse_no_more.empty();
    }
};

struct Replayed {
    std::uint64_t id = 0;
    std::string vm;
    std::string remedy;
    std::string alert;
    std::string routing;  ///< what becomes of its alert by the new rules, when that differs; empty: the same
    std::vector<Comparison> decisions;
};

/// Judges the recorded worlds of an action again. Pure: nothing is asked, written or done.
Replayed replay(const RecordedAction& recorded, const Rules& rules);

}  // namespace controller::replay
