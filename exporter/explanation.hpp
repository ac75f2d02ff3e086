#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/model/snapshot.hpp"

namespace exporter {

/// One thing that is known, who says so, and of when it is.
struct Fact {
    std::string what;
    std::string value;
    std::string source;
    std::optional<inventory::Time> as_of;  ///< none: nobody has said it yet
};

/// A host that could hold the VM, or that shows it.
struct CandidateAnswer {
    std::string host;
    bool has_answered = false;  ///< in time to be evidence
    std::string shows;          ///< the state of its domain; "no domain of it"; or why it is silent
    bool shows_domain = false;
    std::optional<inventory::Time> asked_at;  ///< when the newest answer was asked for
};

/// Why the verdict on one VM is as it is, in the words of an operator.
struct Explanation {
    std::string vm;
    std::string vm_id;
    std::string kind;     ///< of drift: the word in the metrics
    std::string meaning;  ///< what that kind means, and what becomes of it
    std::string reason;   ///< the facts that decided
    std::string report;   ///< the status of the power report; empty: none is due
    std::string shown;    ///< what the hypervisors show together
    inventory::Time since;
    inventory::Time judged_at;
    std::vector<Fact> facts;
    std::vector<CandidateAnswer> candidates;  ///< those that show it first, then the silent ones
};

/// The rows whose uuid or instance name this is; more than one is a problem of identity in itself.
std::vector<Explanation> explain(const inventory::Snapshot& snapshot, std::string_view vm);

}  // namespace exporter
