"""Power reports on real hosts: what CloudStack notices by itself, and what each defect hides."""

import unittest

from .support import PING_SECONDS, LabCase


class Reports(LabCase):
    HA = 2  # the last two VMs
    VMS = 8

    def test_a_destroyed_vm_ends_stopped_with_its_nic_released_within_five_pings(self) -> None:
        self.settle("i-2-41-VM")
        in_use = self._nics_in_use("i-2-41-VM")
        self.fault("destroy", "i-2-41-VM")
        took = self.wait_until("it is Stopped", lambda: self.vm("i-2-41-VM")["state"] == "Stopped")
        self.assertLess(took, 5 * PING_SECONDS)
        vm, nic = self.vm("i-2-41-VM"), self.nic("i-2-41-VM")
        self.assertEqual((vm["host_id"], vm["power_state"]), (None, "PowerReportMissing"))
        self.assertEqual((nic["state"], nic["ip4_address"]), ("Allocated", None))
        self.assertEqual(self._nics_in_use("i-2-41-VM"), in_use - 1)
        self.assertEqual(self.log("stop-command", "i-2-41-VM"), [])
        self.assertEqual(self.rows("SELECT * FROM event WHERE resource_id = 41"), [])

    def test_an_out_of_band_migration_is_followed(self) -> None:
        self.settle("i-2-42-VM")
        source = self.vm("i-2-42-VM")["host_id"]
        target = "host1" if source != self.host("host1")["id"] else "host2"
        self.fault("migrate", "i-2-42-VM", target)
        self.wait_until("host_id follows", lambda: self.vm("i-2-42-VM")["host_id"] == self.host(target)["id"])
        self.settle("i-2-42-VM")
        vm = self.vm("i-2-42-VM")
        self.assertEqual((vm["state"], vm["host_id"]), ("Running", self.host(target)["id"]))
        self.assertEqual(self.log("transition", "i-2-42-VM", "to=Stopped"), [])

    def test_a_vm_that_is_back_runs_again(self) -> None:
        self.fault("destroy", "i-2-43-VM")
        self.wait_until("it is Stopped", lambda: self.vm("i-2-43-VM")["state"] == "Stopped")
        self.fault("duplicate", "i-2-43-VM", "host1")
        self.wait_until("it is Running", lambda: self.vm("i-2-43-VM")["state"] == "Running")
        self.assertEqual(self.vm("i-2-43-VM")["host_id"], self.host("host1")["id"])

    def test_a_job_on_the_vm_delays_the_verdict(self) -> None:
        self.settle("i-2-44-VM")
        self.fault("job", "i-2-44-VM", "20")
        self.fault("destroy", "i-2-44-VM")
        self.wait_until("it is Stopped", lambda: self.vm("i-2-44-VM")["state"] == "Stopped", 60)
        # Each line of the log begins with its time.
        missing, done, stopped = (self.log(*words)[0] for words in (
            ("missing", "vm=i-2-44-VM"), ("job", "VmWorkReconfigure", "vm_id=44", "status=succeeded"),
            ("transition", "vm=i-2-44-VM", "to=Stopped")))
        self.assertLess(missing, done)
        self.assertLess(done, stopped)

    def test_ha_restarts_the_vm(self) -> None:
        name = self._ha_vm()
        self.settle(name)
        before = self.vm(name)["update_count"]
        self.fault("destroy", name)
        self.wait_until("HA is done", lambda: bool(self.log("ha-done", "restarted")))
        vm = self.vm(name)
        self.assertEqual((vm["state"], vm["update_count"]), ("Running", before + 4))
        self.settle(name)
        self.assertEqual(self.rows("SELECT step FROM op_ha_work WHERE instance_id = %s", vm["id"]), [{"step": "Done"}])

    def test_a_frozen_host_goes_to_alert_and_comes_back(self) -> None:
        self.fault("freeze", "host2")
        self.addCleanup(self.fault, "thaw", "host2")
        self.wait_until("host2 is in Alert", lambda: self.host("host2")["status"] == "Alert")
        self.assertIsNone(self.host("host2")["mgmt_server_id"])
        self.assertEqual(self.host("host1")["status"], "Up")
        reports = len(self.log("power-report", "host=host1"))
        self.wait_until("host1 still reports", lambda: len(self.log("power-report", "host=host1")) > reports)
        self.fault("thaw", "host2")
        self.wait_until("host2 is Up", lambda: self.host("host2")["status"] == "Up")
        self.assertIsNotNone(self.host("host2")["mgmt_server_id"])

    def test_a_restart_of_the_database_is_survived(self) -> None:
        self.fault("database", "stop")
        self.fault("database", "start")
        beat = "SELECT last_update > UTC_TIMESTAMP() - INTERVAL 3 SECOND AND state = 'Up' AS fresh FROM mshost"
        self.wait_until("the heartbeat is back", lambda: self.rows(beat)[0]["fresh"] == 1)
        reports = len(self.log("power-report"))
        self.wait_until("reports come", lambda: len(self.log("power-report")) >= reports + 4)
        self.assertEqual(self.host("host1")["status"], "Up")

    def _ha_vm(self) -> str:
        return str(self.rows("SELECT instance_name FROM vm_instance WHERE ha_enabled = 1 ORDER BY id")[0]["instance_name"])

    def _nics_in_use(self, name: str) -> int:
        return int(self.rows("SELECT nics_count FROM op_networks WHERE id = %s", self.nic(name)["network_id"])[0]["nics_count"])


class Defects(LabCase):
    VMS = 6
    HA = 1

    def test_10406_leaves_the_vm_running_with_a_missing_report(self) -> None:
        self.control("/control/defect?name=10406")
        self.settle("i-2-41-VM")
        self.fault("destroy", "i-2-41-VM")
        self.wait_until("the report is missing", lambda: self.vm("i-2-41-VM")["power_state"] == "PowerReportMissing")
        pings = len(self.log("power-report", "host=host1"))
        self.wait_until("ten more pings", lambda: len(self.log("power-report", "host=host1")) >= pings + 10)
        vm = self.vm("i-2-41-VM")
        self.assertEqual((vm["state"], vm["power_state"]), ("Running", "PowerReportMissing"))
        self.assertEqual(self.nic("i-2-41-VM")["state"], "Reserved")

    def test_13027_leaves_a_running_vm_stopped(self) -> None:
        self.control("/control/defect?name=13027")
        self.settle("i-2-42-VM")
        self.rows("UPDATE vm_instance SET state = 'Stopped' WHERE instance_name = 'i-2-42-VM'")
        pings = len(self.log("power-report", "host=host2"))
        self.wait_until("three more pings", lambda: len(self.log("power-report", "host=host2")) >= pings + 3)
        self.assertEqual(self.vm("i-2-42-VM")["state"], "Stopped")
        self.control("/control/defect?name=none")
        self.wait_until("it heals", lambda: self.vm("i-2-42-VM")["state"] == "Running")

    def test_12920_takes_the_vm_for_alive(self) -> None:
        self.control("/control/defect?name=12920")
        name = str(self.rows("SELECT instance_name FROM vm_instance WHERE ha_enabled = 1")[0]["instance_name"])
        self.settle(name)
        self.fault("destroy", name)
        self.wait_until("HA is done twice", lambda: len(self.log("ha-done", "alive")) >= 2)
        self.assertEqual(self.vm(name)["state"], "Running")


if __name__ == "__main__":
    unittest.main()
