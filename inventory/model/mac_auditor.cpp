#include "inventory/model/mac_auditor.hpp"

#include <algorithm>
#include <utility>

namespace inventory {
namespace {

/// An address in the place within which it must not repeat.
using PlacedAddress = std::pair<std::uint64_t, MacAddress>;

/// How many stand there more than once; each counts as one, however often it does.
std::uint64_t count_repeated(std::vector<PlacedAddress> addresses) {
    std::sort(addresses.begin(), addresses.end());
    std::uint64_t repeated = 0;
    for (auto run = addresses.begin(); run != addresses.end();) {
        const auto next = std::upper_bound(run, addresses.end(), *run);
        repeated += next - run > 1 ? 1U : 0U;
        run = next;
    }
    return repeated;
}

/// What the NICs of one network add up to.
struct Usage {
    std::optional<std::uint64_t> highest_counter;
    std::uint64_t counted = 0;
};

Usage& operator+=(Usage& usage, const AuditedNic& nic) {
    usage.counted += nic.is_counted ? 1 : 0;
    if (nic.address && nic.address->is_generated_for(nic.network)) {
        usage.highest_counter = std::max(usage.highest_counter.value_or(0), nic.address->counter());
    }
    return usage;
}

/// Missing rows are not judged here: the reading of the sequences tells of them.
void compare(const AuditedNetwork& audited, const Usage& usage, MacAudit& audit) {
    if (audited.next && usage.highest_counter && *usage.highest_counter >= *audited.next) {
        audit.behind.push_back(
            {audited.network, static_cast<std::int64_t>(*usage.highest_counter + 1 - *audited.next)});
    }
    if (audited.nics_count && *audited.nics_count != usage.counted) {
        const auto recorded = static_cast<std::int64_t>(*audited.nics_count);
        audit.nics_count.push_back({audited.network, recorded - static_cast<std::int64_t>(usage.counted)});
    }
}

void sort_by_id(std::vector<NetworkShift>& shifts) {
    std::sort(shifts.begin(), shifts.end(),
              [](const auto& left, const auto& right) { return left.network.id < right.network.id; });
}

}  // namespace

void MacAuditor::add(AuditedNetwork network) {
    const auto id = network.network.id;
    networks_.insert_or_assign(id, std::move(network));
}

void MacAuditor::add(const AuditedNic& nic) {
    nics_.push_back(nic);
}

MacAudit MacAuditor::conclude() const {
    std::unordered_map<NetworkId, Usage> usages;
    std::vector<PlacedAddress> by_network;
    std::vector<PlacedAddress> by_zone;
    for (const auto& nic : nics_) {
        const auto network = networks_.find(nic.network);
        if (network == networks_.end()) {
            continue;
        }
        usages[nic.network] += nic;
        if (nic.address && network->second.is_guest) {
            by_network.emplace_back(nic.network.value, *nic.address);
            by_zone.emplace_back(network->second.zone.value, *nic.address);
        }
    }
    MacAudit audit;
    audit.duplicated_in_network = count_repeated(std::move(by_network));
    audit.duplicated_in_zone = count_repeated(std::move(by_zone));
    for (const auto& [id, network] : networks_) {
        compare(network, usages[id], audit);
    }
    sort_by_id(audit.behind);
    sort_by_id(audit.nics_count);
    return audit;
}

}  // namespace inventory
