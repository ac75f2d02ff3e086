"""One real lab, every fault on it, and its end."""

import json
import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

import libvirt
import pymysql

from warden_lab.descendants import process_state
from warden_lab.waiting import wait_until

LABCTL = Path(__file__).resolve().parents[3] / "lab" / "labctl"


def labctl(root: str, *arguments: str, expect: int = 0) -> str:
    result = subprocess.run([LABCTL, "--dir", root, *arguments], capture_output=True, text=True, timeout=180)
    if result.returncode != expect:
        raise AssertionError(f"labctl {' '.join(arguments)}: {result.returncode}, {result.stderr.strip()}")
    return result.stdout if expect == 0 else result.stderr


def new_directory() -> str:
    return tempfile.mkdtemp(prefix="wl", dir="/tmp")


def processes_that_mention(root: str) -> list[int]:
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                command = Path(entry.path, "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if root.encode() in command:
                found.append(int(entry.name))
    return found


class Faults(unittest.TestCase):
    root: str
    status: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        cls.root = new_directory()
        labctl(cls.root, "up", "--hosts", "2", "--vms", "6", "--ha", "0", "--programs", "none", "--while-pid", str(os.getpid()))
        cls.addClassCleanup(labctl, cls.root, "down")
        cls.status = json.loads(labctl(cls.root, "status", "--json"))

    def _fault(self, *arguments: str) -> str:
        return labctl(self.root, "fault", *arguments)

    def _domains(self, host: int) -> dict[str, int]:
        connection = libvirt.openReadOnly(self.status["hosts"][host]["uri"])
        try:
            stats = connection.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE)
            return {domain.name(): values["state.state"] for domain, values in stats}
        finally:
            connection.close()

    def _query(self, sql: str) -> Any:
        server = self.status["database"]
        with pymysql.connect(host=server["host"], port=server["port"], user=server["user"], password=server["password"],
                             database="cloud") as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def test_the_status_has_what_tests_need(self) -> None:
        for key in ("exporter_url", "controller_url", "prometheus_url", "alertmanager_url", "api_url", "api_key",
                    "secret_key", "webhook_token", "operator_token", "config_file", "directory"):
            self.assertTrue(self.status[key], key)
        self.assertEqual([vm["host"] for vm in self.status["vms"]], ["host1", "host2"] * 3)
        self.assertEqual(self.status["vms"][0]["name"], "i-2-41-VM")

    def test_a_destroyed_guest_is_gone_and_can_be_brought_back(self) -> None:
        self._fault("destroy", "i-2-41-VM")
        self.assertNotIn("i-2-41-VM", self._domains(0))
        self._fault("duplicate", "i-2-41-VM", "host1")
        self.assertIn("i-2-41-VM", self._domains(0))

    def test_a_crash_kills_qemu_and_leaves_no_zombie(self) -> None:
        pid = int(self._fault("crash", "i-2-42-VM").split("process ")[1].split(")")[0])
        self.assertNotIn("i-2-42-VM", self._domains(1))
        wait_until("QEMU to be reaped", 5, lambda: process_state(pid) is None)

    def test_a_paused_guest_is_paused(self) -> None:
        self._fault("pause", "i-2-43-VM")
        self.assertEqual(self._domains(0)["i-2-43-VM"], libvirt.VIR_DOMAIN_PAUSED)
        self._fault("resume", "i-2-43-VM")
        self.assertEqual(self._domains(0)["i-2-43-VM"], libvirt.VIR_DOMAIN_RUNNING)

    def test_a_migration_is_live_and_leaves_one_domain(self) -> None:
        self._fault("migrate", "i-2-44-VM", "host1")
        self.assertIn("i-2-44-VM", self._domains(0))
        self.assertNotIn("i-2-44-VM", self._domains(1))

    def test_a_duplicate_runs_twice_and_needs_a_host_to_be_destroyed(self) -> None:
        self._fault("duplicate", "i-2-45-VM", "host2")
        self.assertIn("i-2-45-VM", self._domains(0))
        self.assertIn("i-2-45-VM", self._domains(1))
        refusal = labctl(self.root, "fault", "destroy", "i-2-45-VM", expect=1)
        self.assertIn("name one with --host", refusal)
        self._fault("destroy", "i-2-45-VM", "--host", "host2")

    def test_a_frozen_daemon_is_stopped_until_it_is_thawed(self) -> None:
        pid = self.status["hosts"][1]["pid"]
        self._fault("freeze", "host2")
        self.assertEqual(process_state(pid), "T")
        self.assertIn("thaw", labctl(self.root, "fault", "duplicate", "i-2-46-VM", "host2", expect=1))
        self._fault("thaw", "host2")
        self.assertIn(process_state(pid), "SR")

    def test_a_sequence_is_locked_for_as_long_as_asked(self) -> None:
        self._fault("lock-sequence", "network-1", "2")
        update = "UPDATE op_networks SET mac_address_seq = mac_address_seq + 1 WHERE id = 200"
        with self.assertRaises(pymysql.err.OperationalError):
            self._query(f"SET STATEMENT innodb_lock_wait_timeout = 0 FOR {update}")
        self._query(update)  # waits until the lock is let go

    def test_a_dropped_sequence_can_be_restored_by_what_was_printed(self) -> None:
        # Not nics_count: CloudStack goes on releasing the NICs of VMs that other faults have killed.
        row = "SELECT id, mac_address_seq, gc, check_for_gc FROM op_networks WHERE id = 201"
        before = self._query(row)
        restore = self._fault("drop-sequence", "network-2").split("to restore it: ")[1]
        self.assertEqual(self._query(row), ())
        self._query(f"BEGIN NOT ATOMIC {restore.strip()}; COMMIT; END")
        self.assertEqual(self._query(row), before)

    def test_the_database_comes_back_with_its_data(self) -> None:
        self._fault("database", "stop")
        with self.assertRaises(pymysql.err.OperationalError):
            self._query("SELECT 1")
        self._fault("database", "start")
        self.assertEqual(self._query("SELECT COUNT(*) FROM vm_instance"), ((6,),))

    def test_the_time_zone_is_the_databases(self) -> None:
        self._fault("time-zone", "+05:30")
        self.assertEqual(self._query("SELECT @@global.time_zone"), (("+05:30",),))
        self._fault("time-zone", "SYSTEM")

    def test_an_unknown_vm_is_answered_with_the_list(self) -> None:
        self.assertIn("it has i-2-41-VM, ", labctl(self.root, "fault", "destroy", "i-2-99-VM", expect=1))

    def test_warden_reads_and_cannot_write(self) -> None:
        warden = Path(self.status["config_file"]).parent
        server = self.status["database"]
        with pymysql.connect(host=server["host"], port=server["port"], user="warden", database="cloud",
                             password=(warden / "database.password").read_text().strip()) as connection:
            with connection.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM vm_instance")
                for forbidden in ("UPDATE vm_instance SET state = 'Stopped'", "SELECT secret_key FROM user"):
                    with self.assertRaisesRegex(pymysql.err.OperationalError, "denied"):
                        cursor.execute(forbidden)

    def test_the_management_server_ends_and_starts_again(self) -> None:
        labctl(self.root, "program", "kill", "management-server")
        self.assertIn("does not run", labctl(self.root, "program", "stop", "management-server", expect=1))
        labctl(self.root, "program", "start", "management-server")


class TheEnd(unittest.TestCase):
    def setUp(self) -> None:
        self.root = new_directory()
        self.up = ("up", "--hosts", "1", "--vms", "1", "--programs", "none")

    def _assert_nothing_is_left(self) -> None:
        wait_until("the directory to go", 60, lambda: not Path(self.root).exists())
        wait_until("every process to go", 20, lambda: not processes_that_mention(self.root))

    def test_down_leaves_nothing_and_a_second_start_works_at_once(self) -> None:
        for _ in range(2):
            labctl(self.root, *self.up)
            labctl(self.root, "down")
            self._assert_nothing_is_left()

    def test_a_second_lab_in_the_same_place_is_refused(self) -> None:
        labctl(self.root, *self.up)
        self.addCleanup(labctl, self.root, "down")
        self.assertIn("a lab runs in", labctl(self.root, *self.up, expect=1))

    def test_the_lab_goes_with_its_owner(self) -> None:
        owner = subprocess.Popen(["sleep", "600"])
        labctl(self.root, *self.up, "--while-pid", str(owner.pid))
        owner.kill()
        owner.wait()
        self._assert_nothing_is_left()

    def test_an_interrupted_start_leaves_nothing(self) -> None:
        # Large enough to be still starting when the signal comes, also on a machine that is busy with other things.
        large = ("up", "--hosts", "3", "--vms", "12", "--programs", "none")
        for number in (signal.SIGINT, signal.SIGKILL):
            # A shell that runs the tests in the background ignores SIGINT, and so would labctl, by inheritance.
            starting = subprocess.Popen(
                [LABCTL, "--dir", self.root, *large],
                stderr=subprocess.PIPE,
                text=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
            starting.stderr.readline()
            starting.send_signal(number)
            starting.communicate(timeout=20)
            self._assert_nothing_is_left()

    def test_the_death_of_the_supervisor_leaves_nothing(self) -> None:
        labctl(self.root, *self.up)
        for pid in processes_that_mention(self.root):
            if b"warden_lab.supervisor" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                break
        self._assert_nothing_is_left()


if __name__ == "__main__":
    unittest.main()
