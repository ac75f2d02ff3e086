#pragma once

#include "exporter/exposition/sample_writer.hpp"
#include "inventory/model/snapshot.hpp"

namespace exporter::families {

/// Whether the host's libvirt has answered or failed yet; before that nothing is known of it.
inline bool was_asked(const inventory::HostWitness& witness) {
    return witness.up || !witness.error.empty();
}

/// Calls `visit(const HostRecord&)` for each KVM host; not at all before the database was read.
template <class Visit>
void for_each_host(const inventory::Snapshot& snapshot, Visit visit) {
    if (!snapshot.records) {
        return;
    }
    for (const auto& host : snapshot.records->hosts) {
        visit(host);
    }
}

/// Calls `visit(const HostRecord&, const HostWitness&)` for each host whose libvirt has been asked.
template <class Visit>
void for_each_asked_host(const inventory::Snapshot& snapshot, Visit visit) {
    for_each_host(snapshot, [&](const inventory::HostRecord& host) {
        const auto found = snapshot.witnesses.find(host.id);
        if (found != snapshot.witnesses.end() && found->second && was_asked(*found->second)) {
            visit(host, *found->second);
        }
    });
}

/// The same, but only those that answered when they were last asked: what a silent host holds is unknown.
template <class Visit>
void for_each_answering_host(const inventory::Snapshot& snapshot, Visit visit) {
    for_each_asked_host(snapshot, [&visit](const auto& host, const auto& witness) {
        if (witness.up) {
            visit(host, witness);
        }
    });
}

}  // namespace exporter::families
