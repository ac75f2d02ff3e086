#include "wardenctl/bulk_move.hpp"

#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wardenctl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A controller that ends a move two looks after it was asked for.
class FakeOffice : public MovesOffice {
public:
    inventory::Result<CheckedLine> check(const MoveLine& line) override {
        CheckedLine checked{line.vm, line.vm, "holds", {}, there.contains(line.vm)};
        if (standing.contains(line.vm)) {
            checked.standing = standing.at(line.vm);
            checked.sentences = {"a snapshot"};
        }
        return checked;
    }
    inventory::Status file(const MoveLine& line, const std::string& /*batch*/, bool again) override {
        if (again || !moves.contains(line.vm)) {
            filed.push_back(line.vm);
            moves[line.vm] = {{line.vm, filed.size(), "received", "", ""}, 0};
        }
        return {};
    }
    inventory::Result<std::vector<KnownMove>> known(const std::string& /*batch*/) override {
        if (++looks == dies_at_look) {
            return inventory::failure("cannot reach the controller");
        }
        std::vector<KnownMove> list;
        std::size_t open = 0;
        for (auto& [vm, entry] : moves) {
            open += entry.first.state == "received" ? 1U : 0U;
            if (entry.first.state == "received" && ++entry.second == 2) {
                entry.first.state = fails.contains(vm) ? "failed" : "succeeded";
                entry.first.note = fails.contains(vm) ? "1205" : "";
            }
            list.push_back(entry.first);
        }
        most_at_once = std::max(most_at_once, open);
        return list;
    }

    std::map<std::string, std::string> standing;
    std::set<std::string> there;
    std::set<std::string> fails;
    std::map<std::string, std::pair<KnownMove, int>> moves;
    std::vector<std::string> filed;
    std::size_t most_at_once = 0;
    int looks = 0;
    int dies_at_look = 0;
};

MoveFile a_file(int vms) {
    MoveFile file{"batch", {}};
    for (int i = 1; i <= vms; ++i) {
        file.lines.push_back({"vm-" + std::to_string(i), "bob", "ROOT/south", {}});
    }
    return file;
}

class Bulk : public testing::Test {
protected:
    inventory::Result<BulkOutcome> run(int vms, std::size_t at_once = 4) {
        const BulkSettings settings{.at_once = at_once,
                                    .accept_unknown = false,
                                    .patience = std::chrono::minutes{1},
                                    .now = [this] { return now; },
                                    .pause = [this](inventory::Duration time) { now += time; },
                                    .say = [](const std::string&) {}};
        return move_all(a_file(vms), office, settings);
    }

    inventory::Time now;
    FakeOffice office;
};

TEST_F(Bulk, moves_every_vm_and_no_more_at_once_than_allowed) {
    const auto outcome = run(20).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_EQ(outcome.moved, 20U);
    EXPECT_EQ(office.most_at_once, 4U);
}

TEST_F(Bulk, sends_the_first_one_alone) {
    office.fails = {"vm-1"};
    const auto outcome = run(20).value();
    EXPECT_THAT(office.filed, ElementsAre("vm-1"));
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("1205")));
    EXPECT_EQ(outcome.left, 19U);
}

TEST_F(Bulk, stops_at_the_first_failure_once_what_is_under_way_has_ended) {
    office.fails = {"vm-10"};
    const auto outcome = run(20).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("vm-10")));
    EXPECT_FALSE(outcome.is_done());
    EXPECT_EQ(outcome.moved + outcome.left + 1, 20U);
    EXPECT_GT(outcome.left, 0U);
    for (const auto& [vm, entry] : office.moves) {
        EXPECT_NE(entry.first.state, "received") << vm;
    }
}

TEST_F(Bulk, goes_on_with_the_same_file_after_a_failure_was_lifted) {
    office.fails = {"vm-10"};
    (void)run(20);
    office.fails.clear();
    const auto outcome = run(20).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_EQ(std::ranges::count(office.filed, "vm-10"), 2);
    EXPECT_EQ(office.filed.size(), 21U) << "nothing else was asked for twice";
}

TEST_F(Bulk, goes_on_after_it_died_in_the_middle_and_does_nothing_twice) {
    office.dies_at_look = 9;
    EXPECT_FALSE(run(20));
    const auto outcome = run(20).value();
    EXPECT_TRUE(outcome.is_done());
    EXPECT_EQ(office.filed.size(), 20U);
}

TEST_F(Bulk, moves_nothing_while_the_preflight_of_one_fails_or_is_unknown) {
    for (const auto* standing : {"fails", "unknown"}) {
        office.standing = {{"vm-7", standing}};
        const auto outcome = run(20).value();
        EXPECT_THAT(office.filed, IsEmpty());
        EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("a snapshot")));
    }
}

TEST_F(Bulk, leaves_alone_what_is_there_already) {
    office.there = {"vm-1", "vm-2"};
    office.standing = {{"vm-1", "fails"}};
    const auto outcome = run(3).value();
    EXPECT_THAT(office.filed, ElementsAre("vm-3"));
    EXPECT_EQ(outcome.moved, 3U);
}

TEST_F(Bulk, does_not_wait_for_ever_for_what_is_held) {
    office.moves["vm-1"] = {{"vm-1", 1, "held", "", ""}, 0};
    const auto outcome = run(2).value();
    EXPECT_THAT(outcome.failed, ElementsAre(HasSubstr("still held")));
    EXPECT_EQ(outcome.left, 1U);
}

TEST_F(Bulk, stops_at_once_where_nothing_would_be_done) {
    office.moves["vm-1"] = {{"vm-1", 1, "observed", "", ""}, 0};
    EXPECT_THAT(run(2).value().failed, ElementsAre(HasSubstr("observe")));
}

TEST(MoveFile, reads_csv_and_yaml_alike) {
    const auto csv = parse_csv(
        "vm,account,domain,networks\n# old ones\ni-2-41-VM, bob, ROOT/south\n"
        "i-2-42-VM,bob,ROOT/south,n-1 n-2\n");
    const auto yaml = parse_yaml(
        "- {vm: i-2-41-VM, account: bob, domain: ROOT/south}\n"
        "- {vm: i-2-42-VM, account: bob, domain: ROOT/south, networks: [n-1, n-2]}\n");
    ASSERT_TRUE(csv);
    ASSERT_TRUE(yaml);
    EXPECT_EQ(*csv, *yaml);
    EXPECT_EQ(csv->at(1).networks.size(), 2U);
    EXPECT_EQ(batch_of(*csv), batch_of(*yaml));
    EXPECT_EQ(batch_of(*csv).size(), 32U);
}

TEST(MoveFile, names_the_line_that_is_wrong) {
    EXPECT_THAT(parse_csv("vm,account,domain\nvm-1,bob\n").error().message, HasSubstr("line 2"));
    EXPECT_THAT(parse_yaml("- {vm: a, account: b, domain: c}\n- {vm: a, acount: b}\n").error().message,
                HasSubstr("line 2"));
    EXPECT_THAT(parse_yaml("vm: a").error().message, HasSubstr("list"));
    EXPECT_FALSE(check_lines({}));
    EXPECT_THAT(check_lines({{"a", "b", "c", {}}, {"a", "b", "c", {}}}).error().message, HasSubstr("twice"));
}

TEST(MoveFile, another_target_is_another_batch) {
    EXPECT_NE(batch_of({{"a", "b", "c", {}}}), batch_of({{"a", "b", "d", {}}}));
    EXPECT_NE(batch_of({{"a", "b", "c", {}}}), batch_of({{"a", "b", "c", {"n"}}}));
}

}  // namespace
}  // namespace wardenctl
