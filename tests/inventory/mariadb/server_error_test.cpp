#include "inventory/mariadb/server_error.hpp"

#include <gtest/gtest.h>

namespace inventory::mariadb {
namespace {

const Server server{"db.example", 3306, "warden", Secret{"s3cret"}, "cloud"};

TEST(ServerError, a_lost_session_is_broken_and_worth_a_retry) {
    for (const unsigned number : {2006U, 2013U, 2055U, 1927U, 1053U}) {
        EXPECT_TRUE(breaks_session(number)) << number;
        EXPECT_TRUE(is_retryable(number)) << number;
    }
}

TEST(ServerError, a_timed_out_lock_wait_dooms_the_transaction_but_not_the_session) {
    EXPECT_TRUE(dooms_transaction(1205));
    EXPECT_TRUE(dooms_transaction(1213));
    EXPECT_FALSE(breaks_session(1205));
    EXPECT_FALSE(dooms_transaction(1062));
}

TEST(ServerError, wrong_rights_and_wrong_sql_need_a_person) {
    EXPECT_FALSE(is_retryable(1045));
    EXPECT_FALSE(is_retryable(1142));
    EXPECT_FALSE(is_retryable(1064));
}

TEST(ServerError, the_sentence_names_the_place_and_the_remedy_and_no_secret) {
    const auto error = describe(server, ServerError{1045, "Access denied"});
    EXPECT_NE(error.message.find("db.example:3306"), std::string::npos);
    EXPECT_NE(error.message.find("password file"), std::string::npos);
    EXPECT_EQ(error.message.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace inventory::mariadb
