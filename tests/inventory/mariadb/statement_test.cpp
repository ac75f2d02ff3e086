#include "inventory/mariadb/statement.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace inventory::mariadb {
namespace {

std::string rendered(std::string_view statement, const std::vector<Parameter>& parameters) {
    const auto text = render_statement(statement, parameters);
    return text ? *text : "error: " + text.error().message;
}

TEST(Statement, each_mark_takes_the_next_parameter_as_a_literal) {
    EXPECT_EQ(rendered("INSERT INTO t VALUES (?, ?, ?, ?)",
                       {std::string{"i-2-41-VM"}, std::uint64_t{7}, std::int64_t{-7}, nullptr}),
              "INSERT INTO t VALUES ('i-2-41-VM', 7, -7, NULL)");
}

TEST(Statement, a_hostile_text_cannot_leave_its_quotes) {
    EXPECT_EQ(rendered("SELECT ?", {std::string{"'; DROP TABLE t; -- "}}), "SELECT '\\'; DROP TABLE t; -- '");
    EXPECT_EQ(rendered("SELECT ?", {std::string{"\\'; --"}}), "SELECT '\\\\\\'; --'");
    EXPECT_EQ(rendered("SELECT ?", {std::string{"a'b\\c"}}), "SELECT 'a\\'b\\\\c'");
    EXPECT_EQ(rendered("SELECT ?", {std::string{"a\0b", 3}}), "SELECT 'a\\0b'");
}

TEST(Statement, a_mark_in_a_parameter_or_in_quotes_is_no_mark) {
    EXPECT_EQ(rendered("SELECT '?', `?`, \"\\\"?\", ?, ?", {std::string{"?"}, std::uint64_t{1}}),
              "SELECT '?', `?`, \"\\\"?\", '?', 1");
}

TEST(Statement, a_time_is_written_as_utc_with_microseconds) {
    const Time time = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 2}} + std::chrono::hours{3} +
                      std::chrono::microseconds{4};
    EXPECT_EQ(rendered("SELECT ?", {time}), "SELECT '2026-01-02 03:00:00.000004'");
}

TEST(Statement, a_wrong_number_of_parameters_is_an_error) {
    EXPECT_FALSE(render_statement("SELECT ?", {}));
    EXPECT_FALSE(render_statement("SELECT 1", {std::uint64_t{1}}));
}

TEST(Statement, a_number_that_sql_cannot_write_is_an_error) {
    EXPECT_FALSE(render_statement("SELECT ?", {std::numeric_limits<double>::quiet_NaN()}));
    EXPECT_EQ(rendered("SELECT ?", {0.1}), "SELECT 0.1");
}

}  // namespace
}  // namespace inventory::mariadb
