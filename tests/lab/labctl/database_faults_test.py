"""What happens to the database server, and that it gets well again."""

import subprocess
import threading
import time
import unittest

import pymysql

from warden_lab.waiting import wait_until

from .support import LABCTL, FaultCase


class DatabaseServer(FaultCase):
    VMS = 2

    def setUp(self) -> None:
        self.addCleanup(self.fault, "database", "ok")

    def test_it_comes_back_with_its_data(self) -> None:
        self.fault("database", "stop")
        with self.assertRaises(pymysql.err.OperationalError):
            self.query("SELECT 1")
        self.fault("database", "start")
        self.assertEqual(2, self.value("SELECT COUNT(*) FROM vm_instance"))

    def test_it_is_slow_and_goes_on_by_itself(self) -> None:
        self.fault("database", "slow", "--seconds", "3")
        began = time.monotonic()
        self.assertEqual(1, self.value("SELECT 1"))
        self.assertGreater(time.monotonic() - began, 1.5)

    def test_it_is_read_only(self) -> None:
        self.fault("database", "read-only")
        heartbeat = "SELECT last_update FROM mshost"
        # One that was under way may still arrive.
        wait_until("the heartbeat to stop", 10, lambda: self._stands_still(heartbeat))
        self.fault("database", "ok")
        last = self.value(heartbeat)
        wait_until("the heartbeat to go on", 10, lambda: self.value(heartbeat) > last)

    def _stands_still(self, sql: str) -> bool:
        before = self.value(sql)
        time.sleep(2)  # more than one interval of the heartbeat
        return self.value(sql) == before

    def test_it_has_no_connection_left(self) -> None:
        self.fault("database", "full")
        with self.assertRaises(pymysql.err.OperationalError) as refusal:
            self.connect_as_warden()
        self.assertEqual(1040, refusal.exception.args[0])  # too many connections
        self.fault("database", "ok")
        self.connect_as_warden().close()

    def test_statements_and_connections_of_warden_are_killed(self) -> None:
        self.fault("lock-table", "version", "20")
        with self.connect_as_warden() as connection:
            failures: list[Exception] = []

            def read() -> None:
                try:
                    connection.cursor().execute("SELECT COUNT(*) FROM version")
                except pymysql.err.OperationalError as error:
                    failures.append(error)

            reader = threading.Thread(target=read)
            reader.start()
            wait_until("a statement of Warden's to be killed", 10, lambda: self.fault("kill-queries").startswith("1 "))
            reader.join(10)
            self.assertEqual(1317, failures[0].args[0])
            self.fault("kill-connections")
            with self.assertRaises(pymysql.err.OperationalError):
                connection.cursor().execute("SELECT 1")

    def test_the_time_zone_is_the_databases(self) -> None:
        self.fault("time-zone", "+05:30")
        self.addCleanup(self.fault, "time-zone", "SYSTEM")
        self.assertEqual("+05:30", self.value("SELECT @@global.time_zone"))


class Locks(FaultCase):
    VMS = 4

    def setUp(self) -> None:
        self.addCleanup(self.fault, "database", "ok")

    def test_a_sequence_is_locked_for_as_long_as_asked(self) -> None:
        self.fault("lock-sequence", "network-1", "3")
        update = "UPDATE op_networks SET mac_address_seq = mac_address_seq + 1 WHERE id = 200"
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SET SESSION innodb_lock_wait_timeout = 1")
            with self.assertRaisesRegex(pymysql.err.OperationalError, "Lock wait timeout"):
                cursor.execute(update)
        self.query(update)  # waits until the lock is let go

    def test_cloudstack_waits_for_a_locked_sequence(self) -> None:
        self.fault("lock-sequence", "network-2", "60")
        self.fault("take-mac", "network-2")
        wait_until("a transaction of CloudStack's to wait", 10, lambda: self.waiting() == 1)

    def test_three_sessions_wait_for_one_another(self) -> None:
        told = self.fault("lock-chain", "host", "30")
        self.assertRegex(told, r"in host, session (\d+) waits for session (\d+), which waits for session (\d+), which is idle")
        self.assertEqual(2, self.waiting())
        root = int(told.split("session ")[3].split(",")[0])
        self.assertEqual([{"COMMAND": "Sleep"}], self.query("SELECT COMMAND FROM information_schema.PROCESSLIST WHERE ID = %s", root))
        self.fault("database", "ok")
        wait_until("the chain to dissolve", 10, lambda: self.waiting() == 0)

    def test_a_named_lock_has_a_holder_and_a_waiter(self) -> None:
        told = self.fault("named-lock", "ClusterHeartbeat", "30")
        holder = int(told.split("session ")[1].split()[0])
        self.assertEqual(holder, self.value("SELECT IS_USED_LOCK('ClusterHeartbeat')"))
        again = subprocess.run([LABCTL, "--dir", self.root, "fault", "named-lock", "ClusterHeartbeat", "1"],
                               capture_output=True, text=True, timeout=60)
        self.assertIn("has the named lock ClusterHeartbeat already", again.stderr)

    def waiting(self) -> int:
        return self.value("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'")


if __name__ == "__main__":
    unittest.main()
