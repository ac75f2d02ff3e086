#include "exporter/exposition/shard.hpp"

#include <string>

#include <gtest/gtest.h>

namespace {

using exporter::parse_shard;
using exporter::Shard;

TEST(Shard, is_read_and_written_as_number_of_count) {
    EXPECT_EQ(parse_shard("2/3"), (Shard{2, 3}));
    EXPECT_EQ(parse_shard("1/1"), Shard{});
    EXPECT_EQ(to_text(Shard{2, 3}), "2/3");
}

TEST(Shard, is_refused_when_it_is_none) {
    for (const auto* text : {"", "1", "/", "0/2", "3/2", "1/0", "1/2/3", "1/2 ", "-1/2", "a/b", "1/9999"}) {
        EXPECT_FALSE(parse_shard(text)) << text;
    }
    EXPECT_EQ(parse_shard("3/2").error().message,
              "must be I/N, shard I of N, such as 1/2 or 2/2 (at most 1024 shards), not '3/2'");
}

TEST(Shard, of_one_holds_everything) {
    EXPECT_TRUE(Shard{}.holds({}));
    EXPECT_TRUE(Shard{}.holds({{"vm_id", "a"}}));
}

TEST(Shard, number_one_holds_what_is_about_the_whole_cloud) {
    EXPECT_TRUE((Shard{1, 2}.holds({{"zone", "north"}})));
    EXPECT_FALSE((Shard{2, 2}.holds({{"zone", "north"}})));
}

TEST(Shard, shares_objects_fairly_and_each_has_one_owner) {
    constexpr std::uint64_t shards = 3;
    constexpr int objects = 3000;
    int owned_by_first = 0;
    for (int i = 0; i < objects; ++i) {
        const auto uuid = "7f1c0000-0000-4000-8000-" + std::to_string(100000000000 + i);
        std::uint64_t owners = 0;
        for (std::uint64_t index = 1; index <= shards; ++index) {
            const bool owns = Shard{index, shards}.holds({{"vm", "name"}, {"vm_id", uuid}, {"state", "x"}});
            owners += owns ? 1 : 0;
            owned_by_first += owns && index == 1 ? 1 : 0;
        }
        ASSERT_EQ(owners, 1U) << uuid;
    }
    EXPECT_NEAR(owned_by_first, objects / 3, objects / 30);
}

TEST(Shard, of_an_object_never_changes) {
    EXPECT_TRUE((Shard{1, 2}.holds({{"network_id", "a"}})));
    EXPECT_TRUE((Shard{2, 2}.holds({{"host_id", "b"}})));
}

}  // namespace
