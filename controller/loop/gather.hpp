#pragma once

#include <vector>

#include "controller/model/action.hpp"
#include "controller/model/world.hpp"
#include "inventory/model/snapshot.hpp"

namespace controller::loop {

/// What the journal knows of the VM.
struct JournalFacts {
    std::vector<Attempt> attempts{};                ///< every one on this VM, newest last
    std::vector<std::uint64_t> others_under_way{};  ///< ids of other actions on this VM past their intent
};

/// How a snapshot is to be read.
struct Reading {
    inventory::JudgementLimits limits;
    inventory::Time now;
    bool fresh = false;                                  ///< the snapshot was read for this decision alone
    std::optional<std::uint64_t> judged_update_count{};  ///< of the first decision
};

/// Everything that a decision about this VM may rest on. Pure: what the snapshot does not know stays unknown.
World gather(const std::string& vm_uuid, const inventory::Snapshot& snapshot, JournalFacts journal,
             const Reading& reading);

}  // namespace controller::loop
