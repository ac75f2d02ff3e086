#include "inventory/model/reassignment.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/builders.hpp"

namespace inventory {
namespace {

using std::chrono::minutes;
using support::now;

NamedVm vm(std::uint64_t id) {
    return {VmId{id}, "i-2-" + std::to_string(id) + "-VM", "uuid-" + std::to_string(id)};
}

MoveEvent moved(std::uint64_t id, Time ended) {
    return {true, vm(id), false, ended, {}};
}

MoveEvent failed(std::uint64_t id, Time ended, MoveRemains remains = {}) {
    return {true, vm(id), true, ended, remains};
}

TEST(Reassignment, the_newest_move_of_each_vm_counts) {
    const auto moves =
        judge_moves({failed(7, now - minutes{9}), failed(8, now - minutes{8}), moved(9, now - minutes{7}),
                     moved(8, now - minutes{6}), failed(7, now - minutes{5}), failed(9, now - minutes{4})},
                    {});
    ASSERT_EQ(moves.failed.size(), 2U);
    EXPECT_EQ(moves.failed[0].vm, vm(7));
    EXPECT_EQ(moves.failed[0].failed_at, now - minutes{5});
    EXPECT_EQ(moves.failed[1].vm, vm(9));
    EXPECT_EQ(moves.failed_unnamed, 0U);
}

TEST(Reassignment, a_failure_without_a_name_is_counted_and_blamed_on_nobody) {
    const MoveEvent unnamed_failure{false, std::nullopt, true, now, {}};
    const MoveEvent unnamed_success{false, std::nullopt, false, now, {}};
    const auto moves = judge_moves({unnamed_failure, unnamed_success, unnamed_failure}, {});
    EXPECT_TRUE(moves.failed.empty());
    EXPECT_EQ(moves.failed_unnamed, 2U);
}

TEST(Reassignment, a_vm_that_is_gone_needs_nobody) {
    EXPECT_EQ(judge_moves({MoveEvent{true, std::nullopt, true, now, {}}}, {}), Reassignments{});
}

TEST(Reassignment, what_a_failed_move_left_behind_is_told_with_it) {
    MoveRemains remains;
    remains.owner_differs = true;
    remains.no_nic = true;
    const auto moves = judge_moves({failed(7, now, remains)}, {});
    ASSERT_EQ(moves.failed.size(), 1U);
    EXPECT_EQ(moves.failed[0].remains, remains);
}

TEST(Reassignment, an_unused_network_belongs_to_the_move_that_made_it) {
    const auto is_left = [](Time created) {
        return judge_moves({failed(7, now)}, {UnusedNetwork{created}}).failed.at(0).remains.network_left;
    };
    EXPECT_TRUE(is_left(now));
    EXPECT_TRUE(is_left(now - minutes{2}));
    EXPECT_FALSE(is_left(now + minutes{1})) << "made after the move had ended";
    EXPECT_FALSE(is_left(now - minutes{30})) << "was there long before";
}

}  // namespace
}  // namespace inventory
