#pragma once

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "controller/model/action.hpp"
#include "controller/model/operators.hpp"
#include "inventory/support/error.hpp"

namespace controller::journal {

/// What operators have said that bears on one action, out of the journal.
struct OperatorsWord {
    std::vector<Pause> pauses;        ///< every one in force, oldest first
    std::vector<Approval> approvals;  ///< of the action, unexpired; the number tells whether it is spent
    std::vector<Lift> lifts;          ///< of the action, unexpired
    std::optional<Acknowledgement> acknowledgement;  ///< the newest on its VM
    std::optional<Labels> labels;                    ///< of its alert; nullopt: unknown

    bool operator==(const OperatorsWord&) const = default;
};

/// The same for any number of actions, out of one reading.
struct OperatorsWords {
    std::vector<Pause> pauses;
    std::vector<Approval> approvals;
    std::vector<Lift> lifts;
    std::map<std::string, Acknowledgement> acknowledgements;  ///< by VM
    std::map<std::uint64_t, Labels> labels;                   ///< by action

    [[nodiscard]] OperatorsWord on(const Action& action) const;
};

struct PauseFilter {
    std::optional<inventory::Time> in_force_at = {};
    std::uint32_t limit = 100;  ///< newest first
};

/// What humans say to Warden, beside the Journal and with its manners: durable before any call returns, one
/// transaction each, safe from any thread. Nothing is ever deleted or overwritten. Every word carries who,
/// why and when (see check()); what is valid for a time says until when. What concerns one action is also a
/// step of its life. Errors of a word that is not complete are not retryable.
class Operators {
public:
    virtual ~Operators() = default;

    virtual inventory::Result<OperatorsWords> words_on(const Action& action, inventory::Time now) = 0;
    /// On all open actions: what judging all of them asks for.
    virtual inventory::Result<OperatorsWords> words_on_open_actions(inventory::Time now) = 0;

    virtual inventory::Result<std::vector<Pause>> pauses(const PauseFilter& filter) = 0;
    /// `wanted` without id and end; the pause as it stands in the journal.
    virtual inventory::Result<Pause> pause(const Pause& wanted) = 0;
    /// nullopt: there is no such pause, or it was ended before. One that has expired may still be ended.
    virtual inventory::Result<std::optional<Pause>> end_pause(std::uint64_t id, const Word& word) = 0;

    /// A yes to the next attempt of a waiting action. Error: the action does not wait any more.
    virtual inventory::Result<Approval> approve(const Action& action, const Word& word,
                                                inventory::Time expires_at) = 0;
    /// Error: the action does not wait any more. Whether the guard may be lifted is not the journal's to
    /// know.
    virtual inventory::Result<Lift> lift(const Action& action, const std::string& guard, const Word& word,
                                         inventory::Time until) = 0;
    virtual inventory::Result<Acknowledgement> acknowledge(const std::string& vm_uuid, const Word& word) = 0;
    /// The action as it is then: cancelled. Error: it does not wait any more, or has moved on since it was
    /// read.
    virtual inventory::Result<Action> cancel(const Action& action, const Word& word) = 0;
};

inline OperatorsWord OperatorsWords::on(const Action& action) const {
    OperatorsWord word{.pauses = pauses, .approvals = {}, .lifts = {}, .acknowledgement = {}, .labels = {}};
    const auto of_action = [&action](const auto& said) { return said.action_id == action.id; };
    std::ranges::copy_if(approvals, std::back_inserter(word.approvals), of_action);
    std::ranges::copy_if(lifts, std::back_inserter(word.lifts), of_action);
    if (const auto found = acknowledgements.find(action.vm_uuid); found != acknowledgements.end()) {
        word.acknowledgement = found->second;
    }
    if (const auto found = labels.find(action.id); found != labels.end()) {
        word.labels = found->second;
    }
    return word;
}

}  // namespace controller::journal
