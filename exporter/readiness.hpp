#pragma once

#include "inventory/model/snapshot.hpp"

namespace exporter {

/// Whether every witness has been heard once: the database was read, and the libvirt of each host in it has
/// answered or failed. Before that a page would lack what is merely late.
bool has_heard_all(const inventory::Snapshot& snapshot);

/// Whether something is news that has to be looked at again before it counts: the next snapshots will say
/// more.
bool awaits_another_look(const inventory::Snapshot& snapshot);

}  // namespace exporter
