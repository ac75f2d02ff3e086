#include "inventory/mariadb/lock_names.hpp"

#include <gtest/gtest.h>

namespace inventory::mariadb {
namespace {

const TableName op_networks{"cloud", "op_networks"};
const TableName sequence{"cloud", "sequence"};
const TableName user{"cloud", "user"};

TEST(LockNames, a_table_is_named_with_its_schema) {
    EXPECT_EQ(table_named("`cloud`.`op_networks`"), op_networks);
    EXPECT_EQ(table_named("`cloud`.`event` /* Partition `p0` */"), (TableName{"cloud", "event"}));
    for (const char* strange : {"", "cloud.op_networks", "`cloud`", "`cloud`.", "`cloud`.`op_net", "`"}) {
        EXPECT_EQ(table_named(strange), TableName{}) << strange;
    }
}

TEST(LockNames, a_primary_key_that_is_a_number_is_shown) {
    EXPECT_EQ(shown_key(op_networks, "PRIMARY", "204"), "204");
    EXPECT_EQ(shown_key(sequence, "PRIMARY", "'vm_instance_seq'"), "vm_instance_seq");
}

TEST(LockNames, no_other_key_is_shown_since_an_index_may_hold_a_secret) {
    EXPECT_EQ(shown_key(user, "i_user__api_key", "'plgWJfZK4gyS3mOMTVmjUVg', 2"), "");
    EXPECT_EQ(shown_key(user, "PRIMARY", "'admin'"), "");
    EXPECT_EQ(shown_key(op_networks, "PRIMARY", "204, 'x'"), "");
    EXPECT_EQ(shown_key(op_networks, "PRIMARY", "supremum pseudo-record"), "");
    EXPECT_EQ(shown_key(sequence, "PRIMARY", "'vm_instance_seq', 0x5"), "");
    EXPECT_EQ(shown_key(op_networks, "", ""), "");
}

TEST(LockNames, the_name_of_a_named_lock_is_found_in_the_statement_that_waits) {
    EXPECT_EQ(name_of_lock("SELECT COALESCE(GET_LOCK('vm.template.7', 30),0)"), "vm.template.7");
    EXPECT_EQ(name_of_lock("select get_lock( 'a', 1)"), "a");
}

TEST(LockNames, a_name_that_is_no_plain_literal_is_unknown) {
    for (const char* statement : {"SELECT GET_LOCK(?, ?)", "SELECT GET_LOCK(CONCAT('a', 'b'), 1)", "SELECT 1",
                                  "", "SELECT GET_LOCK('a''b', 1)", "SELECT GET_LOCK('a\\'b', 1)",
                                  "SELECT GET_LOCK('a", "SELECT GET_LOCK('', 1)", "SELECT GET_LOCK("}) {
        EXPECT_EQ(name_of_lock(statement), std::nullopt) << statement;
    }
}

}  // namespace
}  // namespace inventory::mariadb
