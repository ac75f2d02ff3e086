#include "controller/evidence/world_from_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "controller/decision/decide.hpp"
#include "controller/evidence/evidence.hpp"
#include "controller/json/bounded_json.hpp"
#include "tests/support/worlds.hpp"

namespace controller::evidence {
namespace {

const std::string uuid = support::a_vm().uuid;

nlohmann::json a_told_world() {
    return *parse_bounded_json(to_json(support::a_world(), {}), 16);
}

TEST(WorldFromJson, refuses_what_is_no_evidence) {
    for (const auto* text : {"", "[]", "7", "{}", R"({"world":7})", R"({"world":{"at":"yesterday"}})"}) {
        EXPECT_FALSE(world_from_json(text, uuid)) << text;
    }
}

/// Each member alone: without it nothing is better than with it, and it is said.
TEST(WorldFromJson, reads_what_an_older_version_did_not_write_as_unknown) {
    const auto told = a_told_world();
    for (const auto& [key, value] : told.at("world").items()) {
        auto older = told;
        older.at("world").erase(key);
        const auto read = world_from_json(older.dump(), uuid);
        if (!read) {
            EXPECT_THAT(read.error().message, testing::HasSubstr("the world of this evidence does not"));
            continue;
        }
        if (key == "ping_interval_seconds") {
            EXPECT_FALSE(read->world.ping_interval);
            continue;
        }
        EXPECT_THAT(read->lacking, testing::Contains(key));
    }
}

TEST(WorldFromJson, takes_no_word_that_it_does_not_know_for_good_news) {
    auto told = a_told_world();
    told["world"]["verdict"]["kind"] = "risen";
    told["world"]["rows"][0]["state"] = "Dreaming";
    told["world"]["candidates"][0]["domain"] = "haunted";
    told["world"]["candidates"][1]["answered"] = "perhaps";
    const auto read = world_from_json(told.dump(), uuid);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->world.verdict->kind, inventory::DriftKind::unknown);
    EXPECT_EQ(read->world.rows.at(0).state, inventory::VmState::unrecognized);
    EXPECT_EQ(read->world.candidates.at(0).domain, inventory::DomainState::no_state);
    EXPECT_FALSE(read->world.candidates.at(1).answered);
    EXPECT_THAT(read->lacking,
                testing::IsSupersetOf({"verdict.kind", "candidates.domain", "candidates.answered"}));
    EXPECT_FALSE(decision::decide(support::an_action(), read->world, support::a_policy()).acts());
}

}  // namespace
}  // namespace controller::evidence
