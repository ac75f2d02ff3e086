#include "exporter/locks_page.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/exporter/families/lock_facts.hpp"

namespace exporter {
namespace {

using testing::HasSubstr;

inventory::Snapshot snapshot_of(inventory::InnodbLocks locks, inventory::NamedLocks named = {}) {
    support::SnapshotBuilder builder;
    builder.health().innodb_locks = lock_facts::found(std::move(locks));
    builder.health().named_locks = lock_facts::found(std::move(named));
    return builder.build();
}

/// An idle root on thread 101, who holds up 102, who holds up 103 and 104; and what they run.
inventory::Snapshot a_chain() {
    auto locks = lock_facts::two_chains();
    locks.transactions[0].user = "root";
    locks.transactions[0].host = "10.0.0.5:4711";
    locks.transactions[0].in_state = lock_facts::seconds{80};
    locks.transactions[0].statement = "UPDATE `op_networks` SET `mac_address_seq` = ?";
    locks.transactions[1].statement = "SELECT mac_address_seq FROM op_networks WHERE id = ? FOR UPDATE";
    return snapshot_of(std::move(locks));
}

TEST(LocksPage, tells_the_chain_from_its_root) {
    const auto text = locks_as_text(a_chain(), support::now + lock_facts::seconds{3});
    EXPECT_THAT(text, HasSubstr("InnoDB's locks, as read 3.0s ago\n"));
    EXPECT_THAT(text,
                HasSubstr("ROOT: thread 101, root at 10.0.0.5:4711: idle in transaction for 1m20s;"
                          " transaction open for 1m30s; holds up 3 transactions, depth 2\n"
                          "  last statement: UPDATE `op_networks` SET `mac_address_seq` = ?\n"
                          "  <- thread 102, unknown user at unknown host: has waited for 40s for"
                          " cloud.op_networks row 204 (index PRIMARY, mode X); transaction open for 40s\n"
                          "     statement: SELECT mac_address_seq FROM op_networks WHERE id = ? FOR UPDATE\n"
                          "    <- thread 103,"));
}

TEST(LocksPage, is_plain_text_so_that_no_name_is_markup) {
    auto locks = lock_facts::two_chains();
    locks.transactions[0].user = "<script>alert(1)</script>";
    const auto response = serve_locks(snapshot_of(std::move(locks)), {}, support::now);
    EXPECT_EQ(response.content_type, "text/plain; charset=utf-8");
}

TEST(LocksPage, is_a_page_for_a_browser_with_no_name_as_markup) {
    auto locks = lock_facts::two_chains();
    locks.transactions[0].user = "<script>alert(1)</script>";
    service::WebRequest request;
    request.headers.emplace("accept", "text/html,application/xhtml+xml");
    const auto response = serve_locks(snapshot_of(std::move(locks)), request, support::now);
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(response.body, HasSubstr("&lt;script&gt;alert(1)"));
    EXPECT_THAT(response.body, testing::Not(HasSubstr("<script")));
}

TEST(LocksPage, says_when_nobody_waits) {
    const auto text = locks_as_text(snapshot_of({}), support::now);
    EXPECT_THAT(text, HasSubstr("Nobody holds up anybody.\nNo transaction is open.\n"));
    EXPECT_THAT(text, HasSubstr("nobody waits for one (GET_LOCK)"));
    EXPECT_THAT(text, HasSubstr("metadata_lock_info"));
}

TEST(LocksPage, says_why_nothing_is_known) {
    support::SnapshotBuilder builder;
    builder.collector({"innodb_locks", false, "Access denied; grant what config/grants.sql lists", {}, {}});
    const auto text = locks_as_text(builder.build(), support::now);
    EXPECT_THAT(text,
                HasSubstr("InnoDB's locks are not known: Access denied; grant what config/grants.sql lists"));
    EXPECT_THAT(text, HasSubstr("Named locks are not known: they have not been read yet"));
}

TEST(LocksPage, lists_waits_whose_blocker_is_gone_and_deadlocks) {
    const auto text =
        locks_as_text(snapshot_of({{lock_facts::waiter(1, 77, "vm_instance", lock_facts::seconds{1}),
                                    lock_facts::waiter(2, 3, "vm_instance", lock_facts::seconds{2}),
                                    lock_facts::waiter(3, 2, "vm_instance", lock_facts::seconds{9})}}),
                      support::now);
    EXPECT_THAT(text, HasSubstr("WAITS whose blocker was gone when it was asked about\n  <- thread 101"));
    EXPECT_THAT(text, HasSubstr("DEADLOCK that the server does not end, its oldest member: thread 103"));
}

TEST(LocksPage, lists_named_locks_with_holder_and_waiters) {
    const inventory::NamedLock lock{"vm.template.7",
                                    inventory::NamedLockSession{7, "cloud", "ms1", {}},
                                    {inventory::NamedLockSession{8, "cloud", "ms2", lock_facts::seconds{9}}}};
    const auto text = locks_as_text(snapshot_of({}, {{lock}, true}), support::now);
    EXPECT_THAT(text, HasSubstr("  vm.template.7\n    held by thread 7, cloud at ms1\n"
                                "    <- thread 8, cloud at ms2, for 9.0s\n"));
}

TEST(LocksPage, tells_a_program_the_same) {
    service::WebRequest request;
    request.query.emplace("format", "json");
    const auto response = serve_locks(a_chain(), request, support::now);
    EXPECT_EQ(response.content_type, "application/json");
    const auto json = nlohmann::json::parse(response.body);
    const auto& chain = json.at("innodb").at("chains").at(0);
    EXPECT_EQ(chain.at("depth"), 2);
    EXPECT_EQ(chain.at("root").at("thread"), 101);
    EXPECT_EQ(chain.at("root").at("state"), "idle_in_transaction");
    EXPECT_EQ(chain.at("root").at("age_seconds"), 90);
    EXPECT_EQ(chain.at("waiters").at(0).at("waits_for").at("table"), "op_networks");
    EXPECT_EQ(chain.at("waiters").at(0).at("waits_for").at("key"), "204");
    EXPECT_EQ(chain.at("waiters").at(2).at("depth"), 2);
    EXPECT_EQ(json.at("named_locks").at("locks").size(), 0U);
}

TEST(LocksPage, what_is_unknown_is_null_in_json) {
    const auto json = nlohmann::json::parse(locks_as_json(support::SnapshotBuilder::nothing()));
    EXPECT_TRUE(json.at("innodb").is_null());
    EXPECT_TRUE(json.at("named_locks").is_null());
}

TEST(LocksPage, refuses_a_format_that_it_does_not_speak) {
    service::WebRequest request;
    request.query.emplace("format", "xml");
    EXPECT_EQ(serve_locks(a_chain(), request, support::now).status, 400);
}

}  // namespace
}  // namespace exporter
