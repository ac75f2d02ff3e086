#include "controller/loop/storm_watch.hpp"

namespace controller::loop {

void StormWatch::note(const FleetCensus& census, const StormPolicy& policy, inventory::Time now) {
    if (census.counted_at > now || now - census.counted_at > freshness_) {
        return;
    }
    const bool unbroken = looked_at_ && *looked_at_ <= now && now - *looked_at_ <= longest_pause_;
    if (!unbroken) {
        watched_since_ = now;
    }
    looked_at_ = now;
    hosts_.note(census.hosts, policy.host, now);
    clusters_.note(census.clusters, policy.cluster, now);
    zones_.note(census.zones, policy.zone, now);
}

}  // namespace controller::loop
