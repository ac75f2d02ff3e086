#pragma once

#include <vector>

#include "controller/loop/cloud_index.hpp"
#include "controller/model/action.hpp"
#include "controller/model/operators.hpp"
#include "controller/model/world.hpp"

namespace controller::loop {

/// What the journal knows of the VM, and Alertmanager of its alert.
struct JournalFacts {
    std::vector<Attempt> attempts{};                ///< every one on this VM, newest last
    std::vector<std::uint64_t> others_under_way{};  ///< ids of other actions on this VM past their intent
    std::optional<OperatorFacts> operators{};       ///< but for the whereabouts, which the snapshot tells
};

/// How a snapshot is read for one decision.
struct Reading {
    bool fresh = false;                                  ///< it was read for this decision alone
    std::optional<std::uint64_t> judged_update_count{};  ///< of the first decision
};

/// Everything that a decision about this VM may rest on, at the index's moment. Pure: what the snapshot does
/// not know stays unknown.
World gather(const std::string& vm_uuid, const CloudIndex& cloud, JournalFacts journal,
             const Reading& reading);

}  // namespace controller::loop
