#include "inventory/mariadb/statement_digest.hpp"

#include <gtest/gtest.h>

namespace inventory::mariadb {
namespace {

TEST(StatementDigest, literals_are_left_out) {
    EXPECT_EQ(statement_digest("UPDATE user SET password='s3cret', api_key = \"k\" WHERE id=204"),
              "UPDATE user SET password=?, api_key = ? WHERE id=?");
    EXPECT_EQ(statement_digest("SELECT a+0xDEAD, x'4D', b=1.5e3, -7, t1.c2"),
              "SELECT a+?, x?, b=?.?, -?, t1.c2");
    EXPECT_EQ(statement_digest("SELECT 'it''s' , 'a\\\\'"), "SELECT ? , ?");
}

TEST(StatementDigest, lists_of_literals_are_one) {
    EXPECT_EQ(statement_digest("DELETE FROM t WHERE id IN (1,2,  3 ,4)"),
              "DELETE FROM t WHERE id IN (?, ... , ?)");
    EXPECT_EQ(statement_digest("INSERT INTO t VALUES (1,'b',3)"), "INSERT INTO t VALUES (?, ...)");
}

TEST(StatementDigest, it_is_one_line_without_comments) {
    EXPECT_EQ(statement_digest("\n SELECT /* token=abc */ a\n\t FROM t -- by 'me'\n WHERE b # x\n = c"),
              "SELECT a FROM t WHERE b = c");
    EXPECT_EQ(statement_digest("SELECT 5--3"), "SELECT ?--?");
    EXPECT_EQ(statement_digest("SELECT `a b` FROM `t`"), "SELECT `a b` FROM `t`");
}

TEST(StatementDigest, what_could_be_read_in_two_ways_ends_it) {
    EXPECT_EQ(statement_digest("SELECT '\\' AND password = 's3cret'"), "SELECT ?...");
    EXPECT_EQ(statement_digest("SELECT /*!50000 'x*/ s3cret'*/"), "SELECT ...");
}

TEST(StatementDigest, a_text_that_the_server_has_cut_is_a_literal_to_its_end) {
    EXPECT_EQ(statement_digest("UPDATE t SET a = 's3cr"), "UPDATE t SET a = ?");
    EXPECT_EQ(statement_digest("SELECT /* s3cr"), "SELECT");
    EXPECT_EQ(statement_digest("SELECT `na"), "SELECT `na");
    EXPECT_EQ(statement_digest(""), "");
}

TEST(StatementDigest, it_is_short_and_valid_text) {
    const auto digest = statement_digest("SELECT " + std::string(5000, 'a'));
    EXPECT_EQ(digest.size(), 300U);
    EXPECT_TRUE(digest.ends_with("..."));
    EXPECT_EQ(statement_digest("SELECT \xff\x01 a"), "SELECT ?  a");
}

}  // namespace
}  // namespace inventory::mariadb
