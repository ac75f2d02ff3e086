#pragma once

#include <string_view>

namespace exporter::families {

/// Whether a domain's name is one that CloudStack gives (reference 8): i-<account>-<id>-<suffix> for user
/// VMs, and r-, v-, s- or b-<id>-<suffix> for router, console proxy, secondary storage VM and load balancer.
bool is_cloudstack_name(std::string_view domain_name);

}  // namespace exporter::families
