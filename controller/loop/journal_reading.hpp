#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "controller/loop/gather.hpp"
#include "controller/loop/surroundings.hpp"

namespace controller::loop {

/// The journal, and Alertmanager's silences, as one step of the loop sees them: the same few questions
/// however many actions wait. Where the same is asked for one action alone (the second decision, an
/// explanation), the journal is asked anew.
class JournalReading {
public:
    /// `limit`: of open actions, the newest.
    static inventory::Result<JournalReading> of_all(const Surroundings& around, std::uint32_t limit);
    static inventory::Result<JournalReading> of_one(const Surroundings& around, const Action& action);

    /// Oldest first: who waits longest is judged first. Empty in the reading of one.
    [[nodiscard]] const std::vector<Action>& open() const { return open_; }

    [[nodiscard]] JournalFacts facts_on(const Action& action) const;

    /// VMs with an action past its intent, other than this one.
    [[nodiscard]] std::set<std::string> busy_vms(const Action& apart_from) const;

private:
    void note(const std::vector<Attempt>& attempts);

    const Silences* silences_ = nullptr;
    journal::OperatorsWords words_;
    std::vector<Action> open_;
    std::vector<Action> under_way_;
    std::map<std::string, std::vector<Attempt>> attempts_;  ///< by VM, newest last
};

}  // namespace controller::loop
