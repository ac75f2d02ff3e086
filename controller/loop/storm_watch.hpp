#pragma once

#include <optional>
#include <unordered_map>

#include "controller/loop/fleet_census.hpp"
#include "controller/model/fleet_policy.hpp"

namespace controller::loop {

/// Which groups of one kind have a storm, and when each was seen last.
template <class Id>
class StormBook {
public:
    void note(const std::unordered_map<Id, GroupCount>& groups, const StormLimit& limit,
              inventory::Time now) {
        for (auto& [id, storm] : storms_) {
            // It ended at some moment since the last look: now at the latest.
            storm.seen_at = storm.rages ? now : storm.seen_at;
            storm.rages = false;
        }
        for (const auto& [id, group] : groups) {
            if (limit.is_reached(group.drifted, group.vms)) {
                storms_[id] = {.seen_at = now, .rages = true};
            }
        }
    }

    [[nodiscard]] std::optional<inventory::Time> seen_at(Id id) const {
        const auto found = storms_.find(id);
        return found == storms_.end() ? std::nullopt : std::optional{found->second.seen_at};
    }

private:
    struct Storm {
        inventory::Time seen_at;
        bool rages = true;
    };
    std::unordered_map<Id, Storm> storms_;
};

/// Remembers storms while their cooldown lasts, and since when the fleet has been watched without a break: a
/// storm of the time before is not known, so the cooldown counts from there too. Kept in memory and not in
/// the journal: what the journal does not say of the time when nobody looked would be taken for calm, and a
/// second controller has watched with its own eyes. Not thread-safe; a value.
class StormWatch {
public:
    /// A census older than `freshness` is no look at the fleet. A pause between two looks that is longer than
    /// `longest_pause` is a break, and so is a clock that went back.
    StormWatch(inventory::Duration freshness, inventory::Duration longest_pause)
        : freshness_(freshness), longest_pause_(longest_pause) {}

    /// The fleet as it is now.
    void note(const FleetCensus& census, const StormPolicy& policy, inventory::Time now);

    [[nodiscard]] std::optional<inventory::Time> watched_since() const { return watched_since_; }
    [[nodiscard]] const StormBook<inventory::HostId>& hosts() const { return hosts_; }
    [[nodiscard]] const StormBook<inventory::ClusterId>& clusters() const { return clusters_; }
    [[nodiscard]] const StormBook<inventory::ZoneId>& zones() const { return zones_; }

private:
    inventory::Duration freshness_;
    inventory::Duration longest_pause_;
    std::optional<inventory::Time> watched_since_;
    std::optional<inventory::Time> looked_at_;
    StormBook<inventory::HostId> hosts_;
    StormBook<inventory::ClusterId> clusters_;
    StormBook<inventory::ZoneId> zones_;
};

}  // namespace controller::loop
