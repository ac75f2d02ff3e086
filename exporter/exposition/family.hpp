#pragma once

#include <string_view>

#include "exporter/exposition/group.hpp"
#include "exporter/exposition/sample_writer.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter {

/// One metric family: its public contract, and the pure function that writes its samples. The rules that all
/// of them keep: what is unknown has no sample; a state is one sample of value 1 for the current state;
/// a count split by labels names only what there is, a count without such labels is 0 when it is known to be;
/// ages are as of the reading that they come from, so that they do not grow while we are blind
/// (warden_exporter_snapshot_age_seconds tells how long that is).
struct Family {
    Group group;
    std::string_view name;
    std::string_view help;
    FamilyType type = FamilyType::gauge;
    void (*write)(const inventory::Snapshot& snapshot, SampleWriter& writer) = nullptr;
};

}  // namespace exporter
