"""What the exporter says of InnoDB's locks and of named locks."""

import threading
import unittest

import pymysql

from exposition import Page
from facts_case import FactsCase
from waiting import eventually

_CHAIN = "host"  # any table of CloudStack's with two rows that nobody else locks for long


class LockFacts(FactsCase):
    up_options = ("--hosts", "2", "--vms", "2", "--ha", "0")

    def setUp(self) -> None:
        self.addCleanup(self.lab.fault, "database", "ok")

    def session(self) -> pymysql.connections.Connection:
        server = self.lab["database"]
        connection = pymysql.connect(host=server["host"], port=server["port"], user=server["user"], password=server["password"],
                                     database="cloud", read_timeout=30)
        self.addCleanup(lambda: connection.open and connection.close())
        return connection

    def lock(self, session: pymysql.connections.Connection, host: int) -> None:
        with session.cursor() as cursor:
            cursor.execute("SELECT id FROM host WHERE id = %s FOR UPDATE", (host,))

    def lock_or_be_the_victim(self, session: pymysql.connections.Connection, host: int) -> None:
        try:
            self.lock(session, host)
        except pymysql.err.OperationalError as error:
            if error.args[0] != pymysql.constants.ER.LOCK_DEADLOCK:
                raise
        session.rollback()

    def test_a_chain_of_three_sessions_with_an_idle_root(self) -> None:
        self.assert_value(None, "cloudstack_innodb_lock_waits", table=_CHAIN)
        self.assert_value(None, "cloudstack_innodb_lock_blockers", table=_CHAIN)
        self.lab.fault("lock-chain", _CHAIN, "60")
        self.assert_value(2, "cloudstack_innodb_lock_waits", table=_CHAIN)
        # One root, although the second session blocks the third.
        self.assert_value(1, "cloudstack_innodb_lock_blockers", table=_CHAIN, state="idle_in_transaction")
        self.assertEqual(1, len(self.page().all("cloudstack_innodb_lock_blockers", table=_CHAIN)))
        def ages() -> tuple[float, float]:
            page = self.page()
            return (page.value("cloudstack_innodb_lock_blocker_oldest_seconds", table=_CHAIN) or 0,
                    page.value("cloudstack_innodb_lock_wait_oldest_seconds", table=_CHAIN) or 0)

        first = ages()
        root, waiter = eventually("the root and the waiter grow older", 20, ages, lambda ages: all(
            age >= before + 2 for age, before in zip(ages, first, strict=True)))
        self.assertTrue(60 > root >= waiter > 0, (root, waiter))
        self.assertGreaterEqual(self.page().value("cloudstack_innodb_transactions_oldest_seconds"), root)
        self.lab.fault("database", "ok")
        self.assert_value(None, "cloudstack_innodb_lock_waits", table=_CHAIN)

    def test_waits_that_end_in_vain_are_counted(self) -> None:
        self.assert_value(5, "cloudstack_innodb_lock_wait_timeout_seconds")
        before = self.page()
        holder, waiter = self.session(), self.session()
        self.lock(holder, 1)
        with self.assertRaisesRegex(pymysql.err.OperationalError, "Lock wait timeout"):
            self.lock(waiter, 1)
        holder.rollback()

        def grown(page: Page, name: str) -> float:
            return page.value(name) - before.value(name)

        page = self.eventually_page("the timeout is counted", lambda page: grown(page, "cloudstack_innodb_lock_timeouts_total") >= 1)
        self.assertGreaterEqual(grown(page, "cloudstack_innodb_row_lock_waits_total"), 1)
        self.assertTrue(4 < grown(page, "cloudstack_innodb_row_lock_time_seconds_total") < 60)

    def test_deadlocks_are_counted(self) -> None:
        before = self.page().value("cloudstack_innodb_deadlocks_total")
        first, second = self.session(), self.session()
        self.lock(first, 1)
        self.lock(second, 2)
        crossing = threading.Thread(target=self.lock_or_be_the_victim, args=(first, 2))
        crossing.start()
        self.lock_or_be_the_victim(second, 1)
        crossing.join(30)
        self.eventually_page("the deadlock is counted", lambda page: page.value("cloudstack_innodb_deadlocks_total") == before + 1)

    def test_waiters_of_a_named_lock(self) -> None:
        name = "ClusterHeartbeat"
        self.assert_value(None, "cloudstack_named_lock_waiters", name=name)
        self.lab.fault("named-lock", name, "60")
        self.assert_value(1, "cloudstack_named_lock_waiters", name=name)
        self.lab.fault("database", "ok")
        self.assert_value(None, "cloudstack_named_lock_waiters", name=name)


if __name__ == "__main__":
    unittest.main()
