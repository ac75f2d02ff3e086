"""VM HA and somebody's wish: what CloudStack restarts by itself, what it does not, and what an operator then does."""

import time
import unittest

from .support import PING_SECONDS, LabCase

_GRACE_SECONDS = 2 * PING_SECONDS


class Wishes(LabCase):
    VMS = 4
    HA = 4

    def test_a_vm_that_was_stopped_by_wish_stays_stopped(self) -> None:
        vm = self.vm("i-2-41-VM")
        self.settle(vm["instance_name"])
        self.api.stopVirtualMachine(id=vm["uuid"], forced=True, fetch_result=True)
        self._assert_stays(vm["instance_name"], "Stopped")
        self.assertEqual(self.rows("SELECT id FROM op_ha_work WHERE instance_id = %s", vm["id"]), [])
        self.assertEqual(self._events(vm["id"], "VM.STOP"), [("Scheduled", "INFO", 2), ("Started", "INFO", 2), ("Completed", "INFO", 2)])

    def test_12920_ends_its_work_and_an_operator_brings_the_vm_back(self) -> None:
        vm = self.vm("i-2-42-VM")
        self.control("/control/defect?name=12920")
        self.addCleanup(self.control, "/control/defect?name=none")
        self.settle(vm["instance_name"])
        self.fault("destroy", vm["instance_name"])
        self.wait_until("HA is done", lambda: self._ha_steps(vm["id"]) == {"Done"})
        self.assertEqual(self.vm(vm["instance_name"])["state"], "Running")
        self.api.stopVirtualMachine(id=vm["uuid"], forced=True, fetch_result=True)
        self._assert_stays(vm["instance_name"], "Stopped")
        job = self.api.startVirtualMachine(id=vm["uuid"], fetch_result=True)
        self.assertEqual(job["virtualmachine"]["state"], "Running")
        self._assert_started(vm["id"], vm["update_count"] + 4)
        self._assert_stays(vm["instance_name"], "Running")

    def test_without_a_defect_ha_restarts_and_leaves_no_event_of_a_stop(self) -> None:
        vm = self.vm("i-2-43-VM")
        self.settle(vm["instance_name"])
        self.fault("destroy", vm["instance_name"])
        self.wait_until("HA restarted it", lambda: len(self.log("ha-done", f"vm_id={vm['id']}", "restarted")) == 1)
        self._assert_started(vm["id"], vm["update_count"] + 4)
        self.assertEqual(self._events(vm["id"], "VM.STOP"), [])

    def test_a_start_by_wish_is_an_asynchronous_job_with_its_events(self) -> None:
        vm = self.vm("i-2-44-VM")
        self.api.stopVirtualMachine(id=vm["uuid"], fetch_result=True)
        job = self.api.startVirtualMachine(id=vm["uuid"])
        self.wait_until("the job ends", lambda: self.api.queryAsyncJobResult(jobid=job["jobid"])["jobstatus"] == 1)
        self.assertEqual(self._events(vm["id"], "VM.START"), [(state, "INFO", 2) for state in ("Scheduled", "Started", "Completed")])
        self.assertEqual(self.rows("SELECT type FROM usage_event WHERE resource_id = %s ORDER BY id", vm["id"]),
                         [{"type": "VM.STOP"}, {"type": "VM.START"}])
        self._assert_started(vm["id"], vm["update_count"] + 4)

    def _assert_started(self, vm_id: int, update_count: int) -> None:
        vm = self.rows("SELECT v.*, h.name AS host FROM vm_instance v JOIN host h ON h.id = v.host_id WHERE v.id = %s", vm_id)[0]
        self.assertEqual((vm["state"], vm["last_host_id"], vm["update_count"]), ("Running", vm["host_id"], update_count))
        self.assertEqual(self.nic(vm["instance_name"])["state"], "Reserved")
        self.assertIn(vm["instance_name"], self.log("power-report", f"host={vm['host']}")[-1] + self._next_report(vm["host"]))

    def _next_report(self, host: str) -> str:
        seen = len(self.log("power-report", f"host={host}"))
        self.wait_until(f"{host} reports", lambda: len(self.log("power-report", f"host={host}")) > seen)
        return self.log("power-report", f"host={host}")[-1]

    def _assert_stays(self, name: str, state: str) -> None:
        """Longer than CloudStack's grace and a round of HA take."""
        end = time.monotonic() + _GRACE_SECONDS + 3 * PING_SECONDS
        while time.monotonic() < end:
            self.assertEqual(self.vm(name)["state"], state)
            time.sleep(0.2)

    def _ha_steps(self, vm_id: int) -> set[str]:
        return {row["step"] for row in self.rows("SELECT step FROM op_ha_work WHERE instance_id = %s", vm_id)}

    def _events(self, vm_id: int, kind: str) -> list[tuple[str, str, int]]:
        rows = self.rows("SELECT state, level, user_id FROM event WHERE resource_id = %s AND type = %s ORDER BY id", vm_id, kind)
        return [(row["state"], row["level"], row["user_id"]) for row in rows]


class Fencing(LabCase):
    VMS = 2
    HA = 2

    def test_12922_ends_the_work_of_a_fenced_host_and_without_it_the_vm_is_restarted(self) -> None:
        name = "i-2-42-VM"
        self.settle(name)
        self.control("/control/defect?name=12922")
        self.fault("power-cut", "host2")
        self.wait_until("host2 is in Alert", lambda: self.host("host2")["status"] == "Alert")
        self.assertEqual(self.rows("SELECT id FROM op_ha_work"), [])
        self.fault("host-ha", "host2", "Fenced")
        self.wait_until("HA is done", lambda: len(self.log("ha-done", "vm_id=42", "alive")) == 1)
        self.assertEqual((self.vm(name)["state"], self.vm(name)["host_id"]), ("Running", self.host("host2")["id"]))
        time.sleep(1.1)  # the next fencing is of a later second
        self.control("/control/defect?name=none")
        self.fault("host-ha", "host2", "Fenced")
        self.wait_until("HA restarted it", lambda: len(self.log("ha-done", "vm_id=42", "restarted")) == 1)
        self.assertEqual((self.vm(name)["state"], self.vm(name)["host_id"]), ("Running", self.host("host1")["id"]))
        self.fault("thaw", "host2")
        self.wait_until("host2 is Up", lambda: self.host("host2")["status"] == "Up")
        self.wait_until("host2 reports nothing", lambda: self.log("power-report", "host=host2")[-1].endswith("vms=''"))


if __name__ == "__main__":
    unittest.main()
