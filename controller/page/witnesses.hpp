#pragma once

#include "controller/page/status.hpp"

namespace controller::page {

// What the page takes out of a snapshot. Pure.

Witnesses witnesses_of(const inventory::Snapshot& snapshot);
/// Drifted VMs, those that drifted last first.
Shown<DriftedVm> drifted_in(const inventory::Snapshot& snapshot);

}  // namespace controller::page
