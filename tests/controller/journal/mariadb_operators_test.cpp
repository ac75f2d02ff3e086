#include "controller/journal/mariadb_operators.hpp"

#include <gmock/gmock.h>

#include "tests/controller/journal/mariadb_schema.hpp"
#include "tests/controller/journal/operators_contract.hpp"

namespace controller::journal {
namespace {

using namespace std::chrono_literals;

JournalAndOperators open_both() {
    const auto server = new_schema();
    auto operators = open_mariadb_operators(server, {});
    if (!operators) {
        throw std::runtime_error(operators.error().message);
    }
    return {open_leading_journal(server), *std::move(operators)};
}

INSTANTIATE_TEST_SUITE_P(Mariadb, OperatorsContract, testing::Values(OperatorsKind{"mariadb", open_both}));

TEST(MariadbOperators, outlive_the_process_and_measure_what_they_write) {
    const auto server = new_schema();
    const inventory::Time now{1'800'000'000s};
    int written = 0;
    const Pause wanted{.scope = PauseScope::all,
                       .subject = "",
                       .word = {"alice", "works", now},
                       .until = now + 1h,
                       .ended = {}};
    ASSERT_TRUE((*open_mariadb_operators(server, [&](inventory::Duration) { ++written; }))->pause(wanted));
    EXPECT_EQ((*open_mariadb_operators(server, {}))->pauses({.in_force_at = now})->size(), 1U);
    EXPECT_EQ(written, 1);
}

TEST(MariadbOperators, say_where_they_cannot_be_read) {
    auto server = new_schema();
    const auto operators = *open_mariadb_operators(server, {});
    inventory::mariadb::Connection administrator(server, inventory::mariadb::Access::read_write);
    ASSERT_TRUE(administrator.execute("DROP DATABASE " + server.schema));
    Action action;
    action.id = 4;
    const auto word = operators->words_on(action, inventory::Time{1'800'000'000s});
    ASSERT_FALSE(word);
    EXPECT_THAT(word.error().message, testing::HasSubstr("what operators said on action 4"));
}

}  // namespace
}  // namespace controller::journal
