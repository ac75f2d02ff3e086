#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>

#include "controller/model/action.hpp"
#include "controller/model/remedy.hpp"
#include "inventory/support/time.hpp"

namespace exploration {

/// What is explored, and how far.
struct Scenario {
    controller::Remedy remedy = controller::Remedy::stop_sync;
    controller::Mode mode = controller::Mode::automatic;
    std::uint32_t attempts = 2;
    inventory::Duration job_takes{};  ///< zero: CloudStack's job has ended when its id is answered
    int deviations = 1;               ///< from the plain course of events, in one schedule
    bool takes_late_calls = false;    ///< a cloud that keeps no expiry: the exploration must find the harm
};

/// What all schedules together have shown.
struct Findings {
    std::size_t schedules = 0;
    bool is_whole = false;   ///< no schedule within the bounds is left
    std::size_t pruned = 0;  ///< of them, those that ran into a state whose future was known
    std::size_t boundaries = 0;
    std::unordered_set<std::uint64_t> states;  ///< with the time and the memory of both processes
    std::unordered_set<std::uint64_t> shared;  ///< of journal, lease and cloud alone, whatever the time
    std::set<std::string> lifecycle;           ///< states, stages and outcomes that were reached, as words
    std::set<std::pair<controller::ActionState, controller::ActionState>> steps;
    std::size_t fenced = 0;  ///< writes that were refused by their token
    std::size_t late = 0;    ///< calls that reached the cloud after another controller had taken the lease
    std::size_t left_to_an_operator = 0;   ///< schedules in which nobody can tell whose stop it was
    std::optional<std::string> violation;  ///< of the first schedule that broke a law, with its story
};

/// Every word of `Findings::lifecycle`.
std::set<std::string> whole_lifecycle();
std::string word_of(controller::ActionState state);
std::string word_of(controller::Stage stage);
std::string word_of(controller::AttemptOutcome outcome);

}  // namespace exploration
