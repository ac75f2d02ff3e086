#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/exposition/exposition.hpp"
#include "exporter/families/families.hpp"
#include "tests/exporter/families/random_snapshot.hpp"

// Over random snapshots and any number of shards: each series of the unsharded page is on exactly one of
// their pages, with the same value; what an exporter says of itself is on each.

namespace {

using Samples = std::vector<std::string>;

Samples samples_of(const inventory::Snapshot& snapshot, exporter::Shard shard) {
    auto plan = exporter::families::whole_page();
    plan.shard = shard;
    std::istringstream page(exporter::render(plan, snapshot).text);
    Samples samples;
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with('#')) {
            samples.push_back(line);
        }
    }
    return samples;
}

/// Takes what is about the exporter itself out of the samples and gives it.
Samples take_own(Samples& samples) {
    const auto own = std::stable_partition(samples.begin(), samples.end(), [](const auto& sample) {
        return !sample.starts_with("warden_exporter_");
    });
    Samples taken(own, samples.end());
    samples.erase(own, samples.end());
    return taken;
}

TEST(ShardProperty, the_shards_together_are_the_whole_and_share_nothing) {
    for (std::uint64_t seed = 1; seed <= support::property_runs() && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const auto snapshot = support::RandomSnapshot(seed).make();
        auto whole = samples_of(snapshot, {});
        const auto own = take_own(whole);
        const std::uint64_t shards = 2 + seed % 3;
        Samples together;
        for (std::uint64_t index = 1; index <= shards; ++index) {
            auto part = samples_of(snapshot, {index, shards});
            EXPECT_EQ(take_own(part), own);
            together.insert(together.end(), part.begin(), part.end());
        }
        std::sort(whole.begin(), whole.end());
        std::sort(together.begin(), together.end());
        EXPECT_EQ(together, whole);
        EXPECT_EQ(std::adjacent_find(together.begin(), together.end()), together.end()) << "a series twice";
    }
}

}  // namespace
