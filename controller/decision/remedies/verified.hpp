#pragma once

#include "controller/decision/verification.hpp"
#include "controller/model/world.hpp"

namespace controller::decision::remedies {

/// A stop has come true when CloudStack records the VM as Stopped, and every host that could hold it has
/// answered since and shows no QEMU process of it: an agent may answer success while QEMU survives
/// (reference 6.7), and a silent host proves nothing.
Verification verify_stopped(const World& world);

/// A start has come true when CloudStack records the VM as Running, and libvirt shows exactly one live domain
/// of it, running, on the host that CloudStack names, while every other host that could hold it has answered.
Verification verify_started(const World& world);

}  // namespace controller::decision::remedies
