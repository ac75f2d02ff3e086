#include "exporter/readings.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "exporter/families/families.hpp"

namespace {

using exporter::Group;
using inventory::mariadb::HealthCollector;

constexpr exporter::Family locks{Group::innodb, "locks", "Locks.", {}, nullptr};

std::vector<std::string_view> names_needed(const exporter::PagePlan& plan) {
    std::vector<HealthCollector> collectors(3);
    collectors[0].name = "features";
    collectors[1].name = "innodb_locks";
    collectors[2].name = "mac_sequences";
    std::vector<std::string_view> names;
    for (const auto& collector : exporter::needed(std::move(collectors), plan)) {
        names.push_back(collector.name);
    }
    return names;
}

TEST(Readings, are_made_where_a_family_shows_them) {
    EXPECT_EQ(names_needed({.families = {&locks}}),
              (std::vector<std::string_view>{"features", "innodb_locks"}));
}

TEST(Readings, are_not_made_for_nobody) {
    EXPECT_EQ(names_needed({.families = {&exporter::families::vm_state}}),
              (std::vector<std::string_view>{"features"}));
}

}  // namespace
