#include <gtest/gtest.h>

#include "tests/exporter/families/lock_facts.hpp"

namespace {

namespace families = exporter::families;
using inventory::NamedLock;

inventory::Snapshot with(std::vector<NamedLock> locks) {
    support::SnapshotBuilder builder;
    builder.health().named_locks = lock_facts::found(inventory::NamedLocks{std::move(locks), false});
    return builder.build();
}

NamedLock lock(std::string name, std::size_t waiters) {
    return {std::move(name), {}, std::vector<inventory::NamedLockSession>(waiters)};
}

TEST(NamedLockWaiters, counts_by_name_and_takes_the_ids_out_of_it) {
    EXPECT_EQ(
        text_of(families::named_lock_waiters,
                with({lock("vm.template.7", 1), lock("vm.template.81", 2), lock("host.alerts", 1),
                      lock("vol-6f1c0000-0000-4000-8000-100000000043", 1), lock("zone7lock", 1), lock("", 1),
                      lock("free", 0)})),
        R"(# HELP cloudstack_named_lock_waiters Sessions that wait in GET_LOCK, by the name of the lock; each id in a name is a *.
# TYPE cloudstack_named_lock_waiters gauge
cloudstack_named_lock_waiters{name="vm.template.*"} 3
cloudstack_named_lock_waiters{name="host.alerts"} 1
cloudstack_named_lock_waiters{name="vol-*-*-*-*-*"} 1
cloudstack_named_lock_waiters{name="zone*lock"} 1
cloudstack_named_lock_waiters{name="other"} 1
)");
}

TEST(NamedLockWaiters, names_twenty_at_most) {
    std::vector<NamedLock> locks;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        locks.push_back(lock(std::string{"lock."} + letter, letter == 'z' ? 2 : 1));
    }
    const auto text = samples_of(families::named_lock_waiters, with(locks));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 21);
    EXPECT_TRUE(text.starts_with("cloudstack_named_lock_waiters{name=\"lock.z\"} 2\n"));
    EXPECT_TRUE(text.ends_with("cloudstack_named_lock_waiters{name=\"other\"} 6\n"));
}

TEST(NamedLockWaiters, has_no_series_where_nobody_waits) {
    EXPECT_EQ(text_of(families::named_lock_waiters, with({lock("free", 0)})), "");
}

TEST(NamedLockWaiters, is_absent_when_it_could_not_be_read) {
    EXPECT_EQ(text_of(families::named_lock_waiters, support::SnapshotBuilder{}.build()), "");
}

}  // namespace
