#include "exporter/host_log.hpp"

#include <utility>

#include "service/log.hpp"

namespace exporter {

void HostLog::note(const inventory::Snapshot& snapshot) {
    if (!snapshot.records) {
        return;
    }
    std::set<inventory::HostId> silent;
    for (const auto& host : snapshot.records->hosts) {
        const auto found = snapshot.witnesses.find(host.id);
        if (found == snapshot.witnesses.end()) {
            continue;
        }
        const auto& witness = *found->second;
        const bool was_silent = silent_.contains(host.id);
        if (!witness.up) {
            silent.insert(host.id);
        }
        if (!witness.up && !was_silent) {
            service::log_warn("a host gives no answer",
                              {{"host", host.name}, {"uri", witness.uri}, {"error", witness.error}});
        }
        if (witness.up && was_silent) {
            service::log_info("a host answers again", {{"host", host.name}, {"uri", witness.uri}});
        }
    }
    silent_ = std::move(silent);
}

}  // namespace exporter
