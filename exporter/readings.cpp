#include "exporter/readings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "exporter/page_plan.hpp"

namespace exporter {
namespace {

/// A reading that is made for these groups alone.
struct Purpose {
    std::string_view collector;
    std::array<Group, 2> groups;
};

/// A reading that is not in this list is always made.
constexpr std::array purposes{
    Purpose{"innodb_locks", {Group::innodb, Group::mac}},
    Purpose{"innodb_counters", {Group::innodb, Group::innodb}},
    Purpose{"named_locks", {Group::innodb, Group::innodb}},
    Purpose{"mac_sequences", {Group::mac, Group::mac}},
    Purpose{"mac_addresses", {Group::mac, Group::mac}},
    Purpose{"id_sequences", {Group::mac, Group::mac}},
    Purpose{"reassignments", {Group::reassignment, Group::reassignment}},
    Purpose{"vm_owners", {Group::reassignment, Group::reassignment}},
};

bool is_needed(std::string_view collector, const PagePlan& plan) {
    const auto* const purpose = std::find_if(purposes.begin(), purposes.end(),
                                             [&](const auto& one) { return one.collector == collector; });
    return purpose == purposes.end() || std::any_of(purpose->groups.begin(), purpose->groups.end(),
                                                    [&plan](Group group) { return shows(plan, group); });
}

}  // namespace

std::vector<inventory::mariadb::HealthCollector> needed(
    std::vector<inventory::mariadb::HealthCollector> collectors, const PagePlan& plan) {
    std::erase_if(collectors, [&plan](const auto& one) { return !is_needed(one.name, plan); });
    return collectors;
}

}  // namespace exporter
