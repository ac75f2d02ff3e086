"""One real lab, every fault on it, and its end."""

import os
import signal
import subprocess
import unittest
from pathlib import Path

import libvirt
import pymysql

from warden_lab.descendants import process_state
from warden_lab.waiting import wait_until

from .support import LABCTL, FaultCase, labctl, new_directory

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


class Faults(FaultCase):
    def _domains(self, host: int) -> dict[str, int]:
        connection = libvirt.openReadOnly(self.status["hosts"][host]["uri"])
        try:
            stats = connection.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE)
            return {domain.name(): values["state.state"] for domain, values in stats}
        finally:
            connection.close()

    def test_the_status_has_what_tests_need(self) -> None:
        for key in ("exporter_url", "controller_url", "prometheus_url", "alertmanager_url", "api_url", "api_key",
                    "secret_key", "webhook_token", "operator_token", "config_file", "directory"):
            self.assertTrue(self.status[key], key)
        self.assertEqual([vm["host"] for vm in self.status["vms"]], ["host1", "host2"] * 3)
        self.assertEqual(self.status["vms"][0]["name"], "i-2-41-VM")

    def test_a_destroyed_guest_is_gone_and_can_be_brought_back(self) -> None:
        self.fault("destroy", "i-2-41-VM")
        self.assertNotIn("i-2-41-VM", self._domains(0))
        self.fault("duplicate", "i-2-41-VM", "host1")
        self.assertIn("i-2-41-VM", self._domains(0))

    def test_a_crash_kills_qemu_and_leaves_no_zombie(self) -> None:
        pid = int(self.fault("crash", "i-2-42-VM").split("process ")[1].split(")")[0])
        self.assertNotIn("i-2-42-VM", self._domains(1))
        wait_until("QEMU to be reaped", 5, lambda: process_state(pid) is None)

    def test_a_paused_guest_is_paused(self) -> None:
        self.fault("pause", "i-2-43-VM")
        self.assertEqual(self._domains(0)["i-2-43-VM"], libvirt.VIR_DOMAIN_PAUSED)
        self.fault("resume", "i-2-43-VM")
        self.assertEqual(self._domains(0)["i-2-43-VM"], libvirt.VIR_DOMAIN_RUNNING)

    def test_a_migration_is_live_and_leaves_one_domain(self) -> None:
        self.fault("migrate", "i-2-44-VM", "host1")
        self.assertIn("i-2-44-VM", self._domains(0))
        self.assertNotIn("i-2-44-VM", self._domains(1))

    def test_a_duplicate_runs_twice_and_needs_a_host_to_be_destroyed(self) -> None:
        self.fault("duplicate", "i-2-45-VM", "host2")
        self.assertIn("i-2-45-VM", self._domains(0))
        self.assertIn("i-2-45-VM", self._domains(1))
        refusal = labctl(self.root, "fault", "destroy", "i-2-45-VM", expect=1)
        self.assertIn("name one with --host", refusal)
        self.fault("destroy", "i-2-45-VM", "--host", "host2")

    def test_a_frozen_daemon_is_stopped_until_it_is_thawed(self) -> None:
        pid = self.status["hosts"][1]["pid"]
        self.fault("freeze", "host2")
        self.assertEqual(process_state(pid), "T")
        self.assertIn("thaw", labctl(self.root, "fault", "duplicate", "i-2-46-VM", "host2", expect=1))
        self.fault("thaw", "host2")
        self.assertIn(process_state(pid), "SR")

    def test_an_unknown_vm_is_answered_with_the_list(self) -> None:
        self.assertIn("it has i-2-41-VM, ", labctl(self.root, "fault", "destroy", "i-2-99-VM", expect=1))

    def test_warden_reads_and_cannot_write(self) -> None:
        with self.connect_as_warden() as connection, connection.cursor() as cursor:
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
