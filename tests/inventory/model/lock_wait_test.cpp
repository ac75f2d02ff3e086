#include "inventory/model/lock_wait.hpp"

#include <gtest/gtest.h>

namespace inventory {
namespace {

InnodbTransaction waiting_for(std::uint64_t id, std::string table, std::string key, bool is_of_cloud = true) {
    InnodbTransaction transaction;
    transaction.id = TransactionId{id};
    transaction.wait.emplace();
    transaction.wait->table = std::move(table);
    transaction.wait->key = std::move(key);
    transaction.wait->is_of_cloud = is_of_cloud;
    return transaction;
}

TEST(LockWait, waiters_are_counted_per_row_of_one_table_of_cloudstack) {
    const InnodbLocks locks{{
        waiting_for(1, "op_networks", "204"),
        waiting_for(2, "op_networks", "204"),
        waiting_for(3, "op_networks", "205"),
        waiting_for(4, "vm_instance", "204"),
        waiting_for(5, "op_networks", "204", false),
        waiting_for(6, "op_networks", ""),
        waiting_for(7, "op_networks", "networks_seq"),
        InnodbTransaction{},
    }};
    const std::map<std::uint64_t, std::size_t> expected{{204, 2}, {205, 1}};
    EXPECT_EQ(waiters_per_row(locks, "op_networks"), expected);
}

TEST(LockWait, a_wait_for_what_is_no_row_is_told_apart) {
    const auto is_elsewhere = [](const InnodbTransaction& one) {
        return is_waited_for_elsewhere({{InnodbTransaction{}, one}}, "op_networks");
    };
    EXPECT_TRUE(is_elsewhere(waiting_for(1, "op_networks", "")));
    EXPECT_TRUE(is_elsewhere(waiting_for(1, "", "", false))) << "it may be of that table";
    EXPECT_FALSE(is_elsewhere(waiting_for(1, "op_networks", "204")));
    EXPECT_FALSE(is_elsewhere(waiting_for(1, "vm_instance", "")));
    EXPECT_FALSE(is_elsewhere(waiting_for(1, "op_networks", "", false))) << "another schema's";
    EXPECT_FALSE(is_elsewhere(InnodbTransaction{}));
}

TEST(LockWait, every_state_of_a_session_has_its_word) {
    EXPECT_EQ(to_word(SessionState::running), "running");
    EXPECT_EQ(to_word(SessionState::idle_in_transaction), "idle_in_transaction");
    EXPECT_EQ(to_word(SessionState::waiting), "waiting");
    EXPECT_EQ(to_word(SessionState::detached), "detached");
    EXPECT_EQ(to_word(SessionState::unknown), "unknown");
}

}  // namespace
}  // namespace inventory
