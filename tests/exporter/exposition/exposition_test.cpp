#include "exporter/exposition/exposition.hpp"

#include <gtest/gtest.h>

namespace {

using exporter::Family;
using exporter::FamilyType;
using exporter::Group;
using exporter::SampleWriter;

void write_two(const inventory::Snapshot&, SampleWriter& writer) {
    writer.flag({{"l", "1"}}, true);
    writer.flag({{"l", "2"}}, true);
}

void write_nothing(const inventory::Snapshot&, SampleWriter&) {}

constexpr Family two{Group::vm, "two", "Two.", FamilyType::gauge, write_two};
constexpr Family nothing{Group::vm, "nothing", "Nothing.", FamilyType::gauge, write_nothing};
constexpr Family own{Group::exporter, "own", "Own.", FamilyType::gauge, write_two};

TEST(Exposition, holds_the_families_in_order_and_leaves_out_those_without_samples) {
    const auto exposition = exporter::render({.families = {&nothing, &two}}, {});
    EXPECT_EQ(exposition.text, "# HELP two Two.\n# TYPE two gauge\ntwo{l=\"1\"} 1\ntwo{l=\"2\"} 1\n");
}

TEST(Exposition, knows_where_each_family_stands) {
    const auto exposition = exporter::render({.families = {&nothing, &two, &own}}, {});
    ASSERT_EQ(exposition.blocks.size(), 3U);
    EXPECT_EQ(exposition.blocks[0].family, &nothing);
    EXPECT_EQ(exposition.blocks[0].series, 0U);
    EXPECT_EQ(exposition.text_of(exposition.blocks[0]), "");
    EXPECT_EQ(exposition.blocks[1].series, 2U);
    EXPECT_TRUE(exposition.text_of(exposition.blocks[1]).starts_with("# HELP two "));
    EXPECT_TRUE(exposition.text_of(exposition.blocks[2]).starts_with("# HELP own "));
    EXPECT_EQ(exposition.series(), 4U);
}

TEST(Exposition, leaves_out_and_counts_what_is_beyond_a_limit) {
    const auto exposition =
        exporter::render({.families = {&own, &two, &two}, .limit = {.family = 1, .total = 5}}, {});
    EXPECT_EQ(exposition.blocks[0].dropped, 0U) << "what the exporter says of itself";
    EXPECT_EQ(exposition.blocks[1].series, 1U);
    EXPECT_EQ(exposition.blocks[1].dropped, 1U);
    EXPECT_EQ(exposition.series(), 4U);
}

TEST(Exposition, costs_the_last_families_when_all_together_are_too_many) {
    const auto exposition =
        exporter::render({.families = {&two, &two, &two}, .limit = {.family = 9, .total = 3}}, {});
    EXPECT_EQ(exposition.blocks[0].dropped, 0U);
    EXPECT_EQ(exposition.blocks[1].dropped, 1U);
    EXPECT_EQ(exposition.blocks[2].dropped, 2U);
    EXPECT_EQ(exposition.series(), 3U);
}

}  // namespace
