#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "controller/model/action.hpp"
#include "controller/model/fleet.hpp"
#include "controller/model/leadership.hpp"
#include "controller/model/move_world.hpp"
#include "controller/model/operators.hpp"
#include "controller/model/scope.hpp"
#include "inventory/model/drift.hpp"
#include "inventory/model/host.hpp"
#include "inventory/model/vm.hpp"
#include "inventory/model/vm_past.hpp"

namespace controller {

/// What one host that could hold the VM says.
struct CandidateHost {
    inventory::HostId id;
    std::string name;  ///< the id when the host has no live row
    std::string status;
    bool answered = false;  ///< its newest answer is evidence
    std::optional<inventory::Time> answer_asked_at;
    std::string error;                             ///< why it is silent
    std::optional<std::string> ha_state;           ///< of host HA: Fenced ...
    std::optional<inventory::PowerReading> power;  ///< of out-of-band management
    bool proven_off = false;  ///< silent, and proven off as configured (inventory/model/power_proof.hpp)
    std::string power_doubt;  ///< why it is not
    std::optional<inventory::DomainState> domain;  ///< of this VM on that host; nullopt: none there

    bool operator==(const CandidateHost&) const = default;
};

/// Everything that a decision may rest on, gathered beforehand. What is unknown is nullopt; no guard may read
/// an unknown as good news.
struct World {
    inventory::Time now;
    bool fresh = false;  ///< read for this decision alone (the second decision), not the shared snapshot
    bool database_up = false;
    std::optional<inventory::Time> records_read_at;
    std::vector<inventory::VmRecord>
        rows;  ///< live rows with the action's uuid, or with that row's instance name
    std::optional<inventory::Verdict> verdict;
    std::optional<inventory::Time> drift_since;
    std::optional<inventory::HostRecord> host;           ///< of the VM's host_id, else of its last_host_id
    std::optional<inventory::ManagementServer> manager;  ///< of that host
    std::optional<std::vector<inventory::ManagementServer>> managers;  ///< all of them
    std::vector<CandidateHost> candidates;
    std::optional<std::chrono::seconds> ping_interval;
    std::optional<std::vector<inventory::VmJob>> jobs;      ///< in progress, of this VM
    std::optional<std::vector<inventory::HaWork>> ha_work;  ///< open, of this VM
    std::optional<inventory::VmPast> past;                  ///< read for the remedies that ask for it
    std::optional<std::uint64_t>
        judged_update_count;                      ///< of the first decision; nullopt in the first decision
    std::vector<Attempt> attempts;                ///< every one on this VM, newest last
    std::vector<std::uint64_t> others_under_way;  ///< ids of other actions on this VM past their intent
    std::optional<FleetFacts> fleet{};            ///< what surrounds the VM
    std::optional<ScopeFacts> scope{};            ///< where the VM belongs
    std::optional<OperatorFacts> operators{};     ///< what humans have said
    std::optional<Leadership> leadership{};       ///< of this controller, when it decided
    std::optional<MoveWorld> move{};              ///< nullopt: unknown, or not asked for

    bool operator==(const World&) const = default;

    /// The VM's row when its identity is certain: exactly one row, and it carries the uuid.
    [[nodiscard]] const inventory::VmRecord* vm() const { return rows.size() == 1 ? &rows.front() : nullptr; }
};

}  // namespace controller
