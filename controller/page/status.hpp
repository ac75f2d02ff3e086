#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "controller/journal/journal.hpp"
#include "controller/model/remedy.hpp"
#include "inventory/model/snapshot.hpp"

namespace controller::page {

/// A list of which only the beginning is shown.
template <class T>
struct Shown {
    std::vector<T> items;
    std::size_t in_all = 0;

    bool operator==(const Shown&) const = default;
};

struct DriftedVm {
    std::string uuid;
    std::string name;
    std::string kind;
    std::string reason;
    std::string host;  ///< empty: none is recorded
    inventory::Time since;

    bool operator==(const DriftedVm&) const = default;
};

struct SilentHost {
    std::string name;
    std::string error;
    std::optional<inventory::Time> last_answer;

    bool operator==(const SilentHost&) const = default;
};

/// What the witnesses say about themselves.
struct Witnesses {
    bool database_up = false;
    std::string database_error = {};
    std::optional<inventory::Time> records_read_at = {};
    std::size_t vms = 0;
    std::size_t undecided = 0;  ///< VMs of which it is unknown whether they have drifted
    std::size_t hosts = 0;
    Shown<SilentHost> silent = {};

    bool operator==(const Witnesses&) const = default;
};

/// One action as the page lists it.
struct ActionLine {
    Action action;
    std::string vm;                      ///< its instance name, or its uuid when no live row carries that
    std::vector<GuardVerdict> refusing;  ///< as last judged; empty for what is over
    bool is_judgement_known = true;      ///< false: what was last judged cannot be read
    std::string note;                    ///< of its newest step

    bool operator==(const ActionLine&) const = default;
};

struct PauseLine {
    std::uint64_t id = 0;
    std::string what;  ///< "all", "host kvm1"
    std::string who;
    std::string why;
    inventory::Time until;

    bool operator==(const PauseLine&) const = default;
};

/// Who has the lease. `us`: this controller.
struct Leader {
    bool us = false;
    std::string name = {};     ///< empty: nobody
    std::string trouble = {};  ///< why it cannot be told, or kept; empty: nothing

    bool operator==(const Leader&) const = default;
};

struct RemedyLine {
    Remedy remedy = Remedy::stop_sync;
    Mode mode = Mode::observe;

    bool operator==(const RemedyLine&) const = default;
};

/// All that the status page shows, gathered at one moment. What could not be read says why.
struct Status {
    inventory::Time now;
    Witnesses witnesses;
    Shown<DriftedVm> drifted;
    Shown<ActionLine> waiting_for_approval;
    Shown<ActionLine> held;
    Shown<ActionLine> under_way;
    Shown<ActionLine> done;  ///< newest first
    std::string journal_error;
    std::vector<PauseLine> pauses;
    std::string pauses_error;
    std::optional<Leader> leader;  ///< nullopt: there is no lease
    std::vector<RemedyLine> remedies;
};

/// Where it is gathered from. All of it is safe from any thread and outlives the page.
struct StatusSources {
    std::function<std::shared_ptr<const inventory::Snapshot>()> latest;
    journal::Journal& journal;
    std::function<inventory::Result<std::vector<PauseLine>>(inventory::Time)> pauses;
    std::function<std::optional<Leader>()> leader;
    std::function<Mode(Remedy)> mode_of;
    inventory::Clock clock;
};

Status gather_status(const StatusSources& sources);

}  // namespace controller::page
