"""The first incident, whole: a VM dies unseen on a real hypervisor."""

import unittest

from lab_case import GRACE, PING_INTERVAL, LabCase
from waiting import eventually, stays
from warden import alert_states

_FIRES_WITHIN = 30
_ENDS_WITHIN = 90


class WithTheDefectOf10406(LabCase):
    """The management server notes PowerReportMissing and tells nobody."""

    up_options = ("--defect", "10406", "--vms", "5")

    def test_a_vm_that_died_unseen_ends_stopped(self):
        vm = self.take_vm()
        before = self.lab.record(vm)
        self.lab.fault("destroy", vm)

        eventually("the alert fires", _FIRES_WITHIN, lambda: alert_states(self.lab, vm), lambda seen: "firing" in seen)
        action = self.eventually_action(vm, _ENDS_WITHIN, "succeeded")
        eventually("the alert resolves", _ENDS_WITHIN, lambda: alert_states(self.lab, vm), lambda seen: not seen)

        after = self.lab.record(vm)
        self.assertEqual(("Stopped", None), (after["state"], after["host"]))
        self.assertEqual(("Allocated", None), (after["nic"], after["address"]))
        self.assertGreater(after["update_count"], before["update_count"])
        self.assertEqual(1, self.lab.stop_commands(vm))
        self.assertEqual(1, self.lab.stop_requests(vm))
        self.assertEqual(action["id"], self.only_action(vm)["id"])

    def test_the_journal_tells_the_whole_story(self):
        vm = self.take_vm()
        self.lab.fault("crash", vm)
        number = self.eventually_action(vm, _ENDS_WITHIN, "succeeded")["id"]

        action = self.controller.action(number)
        states = [step["state"] for step in action["steps"]]
        for earlier, later in (("intent", "executing"), ("executing", "verifying"), ("verifying", "succeeded")):
            self.assertLess(states.index(earlier), states.index(later), states)
        kinds = [entry["kind"] for entry in action["evidence"]]
        for kind in ("first_decision", "second_decision", "verification"):
            self.assertIn(kind, kinds)
        self.assertEqual(["succeeded"], [attempt["outcome"] for attempt in action["attempts"]])
        self.assertEqual([], [verdict for verdict in action["verdicts"] if not verdict["passes"]])


class WithoutADefect(LabCase):
    """CloudStack heals itself, and gets the time that it needs."""

    up_options = ("--defect", "none", "--vms", "3", "--ha", "0")

    def test_warden_holds_while_cloudstack_heals_itself(self):
        vm = self.take_vm()
        self.lab.fault("destroy", vm)

        self.eventually_action(vm, _FIRES_WITHIN)
        eventually("CloudStack stops the record itself", 10 * PING_INTERVAL, lambda: self.lab.record(vm)["state"],
                   lambda state: state == "Stopped")
        action = self.eventually_action(vm, _ENDS_WITHIN, "cancelled")
        self.assertNotIn("intent", [step["state"] for step in self.controller.action(action["id"])["steps"]])
        stays("no stop by Warden", GRACE, lambda: self.lab.stop_requests(vm), lambda count: count == 0)


class WithoutTheController(LabCase):
    """The control: what the incident is without Warden."""

    up_options = ("--defect", "10406", "--vms", "3", "--ha", "0", "--programs", "exporter,prometheus,alertmanager")

    def test_the_vm_stays_running_with_its_report_missing(self):
        vm = self.take_vm()
        self.lab.fault("destroy", vm)

        def witnesses() -> tuple[str, str]:
            record = self.lab.record(vm)
            return record["state"], record["power_state"]

        dead = ("Running", "PowerReportMissing")
        eventually("the report is missing", 10 * PING_INTERVAL, witnesses, lambda seen: seen == dead)
        stays("Running, with its report missing", 10 * PING_INTERVAL, witnesses, lambda seen: seen == dead)
        self.assertIn("firing", alert_states(self.lab, vm))
        self.assertEqual(0, self.lab.stop_commands(vm))


if __name__ == "__main__":
    unittest.main()
