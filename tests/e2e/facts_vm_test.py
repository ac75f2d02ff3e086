"""What the exporter says of VMs: recorded, reported and shown, and where the three disagree."""

import time
import unittest

from facts_case import FactsCase
from waiting import eventually

_RECORD = """
    SELECT v.state, v.power_state, v.power_state_update_count AS reports,
           TIMESTAMPDIFF(SECOND, v.power_state_update_time, UTC_TIMESTAMP()) AS age, v.type, a.account_name AS account,
           d.path AS domain, z.name AS zone, c.name AS cluster, h.name AS host, IF(v.ha_enabled, 'true', 'false') AS ha
    FROM vm_instance v JOIN account a ON a.id = v.account_id JOIN domain d ON d.id = v.domain_id
    JOIN data_center z ON z.id = v.data_center_id LEFT JOIN host h ON h.id = v.host_id LEFT JOIN cluster c ON c.id = h.cluster_id
    WHERE v.instance_name = %s"""


class VmFacts(FactsCase):
    # With the defect, CloudStack leaves what it has noticed as it is, so that each fact lasts.
    up_options = ("--defect", "10406", "--hosts", "3", "--vms", "15", "--ha", "1")

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls._unused = [vm["name"] for vm in cls.lab["vms"] if not vm["ha"]]

    def take_vm(self) -> str:
        """A VM of host1 or host2 that no other test has touched; host3 is the one that freezes."""
        vm = next(vm for vm in self._unused if self.lab.vm(vm)["host"] != "host3")
        self._unused.remove(vm)
        return vm

    def other_host(self, vm: str) -> str:
        return "host2" if self.lab.vm(vm)["host"] == "host1" else "host1"

    def stop(self, vm: str) -> None:
        self.api().stopVirtualMachine(id=self.lab.vm(vm)["id"])
        eventually("the VM is stopped", 30, lambda: self.lab.record(vm)["state"], lambda state: state == "Stopped")

    def assert_drift(self, kind: str, vm: str) -> None:
        self.assert_label("kind", kind, "cloudstack_vm_drift", vm=vm)

    def test_what_is_recorded(self) -> None:
        for vm in self.lab["vms"]:
            with self.subTest(vm=vm["name"]):
                row, series = self.row(_RECORD, vm["name"]), {"vm": vm["name"], "vm_id": vm["id"]}
                expected = {name: row[name] for name in ("account", "domain", "zone", "type", "ha")}
                self.assertEqual(1, self.page().value("cloudstack_vm_info", **series, **expected))
        with_ha = self.lab["vms"][-1]["name"]  # which no other test stops
        row = self.row(_RECORD, with_ha)
        self.assertEqual(1, self.page().value("cloudstack_vm_info", vm=with_ha, host=row["host"], cluster=row["cluster"]))

    def test_a_state_is_the_current_one_only(self) -> None:
        vm = self.take_vm()
        self.assert_label("state", "Running", "cloudstack_vm_state", vm=vm)
        self.stop(vm)
        self.assert_label("state", "Stopped", "cloudstack_vm_state", vm=vm)

    def test_vms_are_counted_by_state(self) -> None:
        self.stop(self.take_vm())
        recorded = self.lab.query("SELECT state, COUNT(*) AS vms FROM vm_instance WHERE removed IS NULL GROUP BY state")
        for row in recorded:
            self.assert_value(row["vms"], "cloudstack_vms", zone="zone-1", state=row["state"])

    def test_what_agents_reported(self) -> None:
        vm = self.take_vm()
        self.assert_label("power_state", "PowerOn", "cloudstack_vm_reported_power_state", vm=vm)
        self.assert_value(3, "cloudstack_vm_power_reports", vm=vm)
        self.assert_label("status", "fresh", "cloudstack_vm_report_status", vm=vm)
        self.lab.fault("destroy", vm)
        self.assert_label("power_state", "PowerReportMissing", "cloudstack_vm_reported_power_state", vm=vm)
        self.assert_value(1, "cloudstack_vm_power_reports", vm=vm)
        self.assert_label("status", "missing_unhandled", "cloudstack_vm_report_status", vm=vm)

    def test_the_age_of_a_report(self) -> None:
        vm = self.lab["vms"][0]["name"]  # reported three times, so that its time stands still
        self.assertAlmostEqual(self.row(_RECORD, vm)["age"], self.page().value("cloudstack_vm_power_report_age_seconds", vm=vm), delta=4)

    def test_what_libvirt_shows(self) -> None:
        vm = self.take_vm()
        for fault, state in (("pause", "paused"), ("resume", "running"), ("destroy", "absent")):
            self.lab.fault(fault, vm)
            self.assert_label("state", state, "cloudstack_vm_hypervisor_state", vm=vm)

    def test_a_vm_that_died_unseen(self) -> None:
        vm, before = self.take_vm(), time.time()
        self.assert_value(None, "cloudstack_vm_drift", vm=vm)
        self.lab.fault("destroy", vm)
        self.assert_drift("stopped_out_of_band", vm)
        since = self.page().value("cloudstack_vm_drift_since_timestamp_seconds", vm=vm)
        self.assertTrue(before <= since <= time.time(), since)
        row, labels = self.row(_RECORD, vm), self.page().all("cloudstack_vm_drift", vm=vm)[0].labels
        self.assertEqual({name: row[name] for name in ("host", "cluster", "zone", "ha")},
                         {name: labels[name] for name in ("host", "cluster", "zone", "ha")})
        # It is one of those that are counted.
        self.eventually_page("the count of the drifted is the number of their series", lambda page: len(
            page.all("cloudstack_vm_drift", kind="stopped_out_of_band")) == page.value(
                "cloudstack_vms_drifted", zone="zone-1", cluster="cluster-1", kind="stopped_out_of_band"))

    def test_a_vm_that_runs_twice(self) -> None:
        vm = self.take_vm()
        self.lab.fault("duplicate", vm, self.other_host(vm))
        self.assert_drift("duplicate_running", vm)

    def test_a_vm_that_runs_elsewhere(self) -> None:
        vm = self.take_vm()
        self.lab.fault("migrate", vm, self.other_host(vm))
        self.assert_drift("wrong_host", vm)

    def test_a_vm_that_lives_unseen(self) -> None:
        vm = self.take_vm()
        self.stop(vm)
        self.pause_cloudstack()
        self.lab.fault("duplicate", vm, self.lab.vm(vm)["host"])
        self.assert_drift("running_recorded_stopped", vm)

    def test_a_vm_that_is_reported_missing_and_lives(self) -> None:
        vm = self.take_vm()
        self.lab.fault("destroy", vm)
        eventually("it is reported missing", 30, lambda: self.lab.record(vm)["power_state"],
                   lambda state: state == "PowerReportMissing")
        self.pause_cloudstack()
        self.lab.fault("duplicate", vm, self.lab.vm(vm)["host"])
        self.assert_drift("report_contradicted", vm)

    def test_a_transition_that_nobody_ends(self) -> None:
        vm = self.take_vm()
        self.pause_cloudstack()
        self.break_and_restore("transition", vm, "Stopping")
        self.assert_drift("stuck_transition", vm)

    def test_a_vm_whose_host_is_silent_is_unknown_and_not_dead(self) -> None:
        vm = next(vm["name"] for vm in self.lab["vms"] if vm["host"] == "host3")
        self.lab.fault("freeze", "host3")
        self.addCleanup(self.lab.fault, "thaw", "host3")
        self.assert_drift("unknown", vm)
        self.assert_value(None, "cloudstack_vm_hypervisor_state", vm=vm)
        self.assert_label("status", "unknowable", "cloudstack_vm_report_status", vm=vm)
        self.assertIsNone(self.page().value("cloudstack_vm_drift_since_timestamp_seconds", vm=vm))


if __name__ == "__main__":
    unittest.main()
