#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "controller/api/action_json.hpp"
#include "controller/page/status.hpp"
#include "controller/page/witnesses.hpp"

namespace controller::page {
namespace {

/// As many as an operator reads; `wardenctl actions` has them all.
constexpr std::size_t most_lines = 12;
constexpr std::uint32_t most_open = 1000;
constexpr std::uint32_t most_newest = 50;

using Names = std::unordered_map<std::string, std::string>;

Names names_of(const inventory::Snapshot& snapshot) {
    Names names;
    if (snapshot.records) {
        for (const auto& vm : snapshot.records->vms) {
            names.emplace(vm.uuid, vm.instance_name);
        }
    }
    return names;
}

/// What refused it when it was last judged.
void add_judgement(ActionLine& line, journal::Journal& journal) {
    const auto evidence = journal.evidence(line.action.id);
    const auto verdicts = evidence.and_then([](const auto& kept) { return api::newest_verdicts(kept); });
    line.is_judgement_known = verdicts.has_value();
    if (!verdicts) {
        return;
    }
    for (const auto& verdict : *verdicts) {
        if (verdict.holds()) {
            line.refusing.push_back(verdict);
        }
    }
}

void add_note(ActionLine& line, journal::Journal& journal) {
    if (const auto steps = journal.steps(line.action.id); steps && !steps->empty()) {
        line.note = steps->back().note;
    }
}

class Lines {
public:
    Lines(const inventory::Snapshot& snapshot, journal::Journal& journal)
        : names_(names_of(snapshot)), journal_(journal) {}

    void add(Shown<ActionLine>& list, const Action& action) {
        if (++list.in_all > most_lines) {
            return;
        }
        const auto name = names_.find(action.vm_uuid);
        ActionLine line{action, name == names_.end() ? action.vm_uuid : name->second, {}, true, {}};
        if (is_waiting(action.state)) {
            add_judgement(line, journal_);
        } else {
            add_note(line, journal_);
        }
        list.items.push_back(std::move(line));
    }

private:
    Names names_;
    journal::Journal& journal_;
};

Shown<ActionLine>& list_of(Status& status, ActionState state) {
    if (is_final(state)) {
        return status.done;
    }
    if (is_under_way(state) || state == ActionState::decided) {
        return status.under_way;
    }
    return state == ActionState::awaiting_approval ? status.waiting_for_approval : status.held;
}

/// What is over comes out of the newest actions, whatever their state: how many there are in all is not
/// counted.
void add_actions(Status& status, Lines& lines, journal::Journal& journal) {
    const auto open = journal.list({.open_only = true, .limit = most_open});
    const auto newest = journal.list({.open_only = false, .limit = most_newest});
    if (!open || !newest) {
        status.journal_error = (open ? newest : open).error().message;
        return;
    }
    for (const auto& action : *open) {
        lines.add(list_of(status, action.state), action);
    }
    std::vector<Action> over;
    std::copy_if(newest->begin(), newest->end(), std::back_inserter(over),
                 [](const Action& action) { return is_final(action.state); });
    std::stable_sort(over.begin(), over.end(), [](const Action& left, const Action& right) {
        return left.state_since > right.state_since;
    });
    over.resize(std::min(over.size(), most_lines));
    for (const auto& action : over) {
        lines.add(status.done, action);
    }
}

}  // namespace

Status gather_status(const StatusSources& sources) {
    Status status;
    status.now = sources.clock();
    const auto snapshot = sources.latest();
    status.witnesses = witnesses_of(*snapshot);
    status.drifted = drifted_in(*snapshot);
    Lines lines(*snapshot, sources.journal);
    add_actions(status, lines, sources.journal);
    if (auto pauses = sources.pauses(status.now)) {
        status.pauses = std::move(*pauses);
    } else {
        status.pauses_error = pauses.error().message;
    }
    status.leader = sources.leader();
    for (const auto remedy : all_remedies) {
        status.remedies.push_back({remedy, sources.mode_of(remedy)});
    }
    return status;
}

}  // namespace controller::page
