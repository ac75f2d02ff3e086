#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "controller/journal/journal.hpp"
#include "controller/loop/gather.hpp"

namespace controller::loop {

/// The journal as one step of the loop sees it: the same few questions however many actions wait. Where the
/// same is asked for one action alone (the second decision, an explanation), the journal is asked anew.
class JournalReading {
public:
    /// `limit`: of open actions, the newest.
    static inventory::Result<JournalReading> of_all(journal::Journal& journal, std::uint32_t limit);
    static inventory::Result<JournalReading> of_one(journal::Journal& journal, const Action& action);

    /// Oldest first: who waits longest is judged first. Empty in the reading of one.
    [[nodiscard]] const std::vector<Action>& open() const { return open_; }

    [[nodiscard]] JournalFacts facts_on(const Action& action) const;

    /// VMs with an action past its intent, other than this one.
    [[nodiscard]] std::set<std::string> busy_vms(const Action& apart_from) const;

private:
    void note(const std::vector<Attempt>& attempts);

    std::vector<Action> open_;
    std::vector<Action> under_way_;
    std::map<std::string, std::vector<Attempt>> attempts_;  ///< by VM, newest last
};

}  // namespace controller::loop
