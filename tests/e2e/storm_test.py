"""A host loses most of its VMs at once: Warden keeps its hands off, or repairs them a few at a time."""

import itertools
import unittest

from lab_case import GRACE, PING_INTERVAL, LabCase
from waiting import eventually, stays
from warden import refusing, wardenctl

_HELD_WITHIN = 60
_ENDS_WITHIN = 120
_HOST = "host1"


class StormCase(LabCase):
    def vms_of(self, host: str) -> list[str]:
        return [vm["name"] for vm in self.lab["vms"] if vm["host"] == host and not vm["ha"]]

    def destroy_most_of(self, host: str) -> list[str]:
        """Every VM of the host but one."""
        dead = self.vms_of(host)[1:]
        self.assertGreaterEqual(len(dead), 3, "give up_options more --vms")
        for vm in dead:
            self.lab.fault("destroy", vm)
        return dead

    def actions_on(self, vms: list[str]) -> list[dict]:
        return [action for vm in vms for action in self.controller.actions(vm)[:1]]


class Storm(StormCase):
    up_options = ("--defect", "10406", "--vms", "12", "--ha", "0")

    def test_a_storm_holds_every_vm_of_the_host(self):
        dead = self.destroy_most_of(_HOST)
        eventually("the storm holds every one of them", _HELD_WITHIN, lambda: self.actions_on(dead),
                   lambda actions: len(actions) == len(dead) and all("storm" in refusing(action) for action in actions))
        stays("held by the storm, long after the grace", 2 * GRACE + 2 * PING_INTERVAL, lambda: self.actions_on(dead),
              lambda actions: all(action["state"] == "held" and "storm" in refusing(action) for action in actions))
        self.assertEqual([], self.lab.management_log("stop-command"))
        self.assertEqual([], self.lab.management_log("api-request", command="stopVirtualMachine"))
        self.assertEqual({"Running"}, {self.lab.record(vm)["state"] for vm in dead})

        said = " ".join(wardenctl(self.lab, "explain", dead[0]).split())
        self.assertIn("storm", said)
        self.assertIn(f"on host {_HOST} {len(dead)} of {len(dead) + 1} VMs died unseen", said)


class WithoutAStorm(StormCase):
    """With a limit that nothing reaches, the same deaths are repaired one at a time on the host."""

    up_options = ("--defect", "10406", "--vms", "12", "--ha", "0", "--set", "controller.storm.host.count=1000",
                  "--set", "controller.storm.cluster.count=1000", "--set", "controller.storm.zone.count=1000")

    def test_they_are_repaired_one_at_a_time(self):
        dead = self.destroy_most_of(_HOST)
        for vm in dead:
            self.eventually_action(vm, _ENDS_WITHIN, "succeeded")
        self.assertEqual({"Stopped"}, {self.lab.record(vm)["state"] for vm in dead})
        self.assertEqual([1] * len(dead), [self.lab.stop_commands(vm) for vm in dead])

        spans = sorted(self.span_of(self.controller.actions(vm)[0]) for vm in dead)
        for (_, ended), (begun, _) in itertools.pairwise(spans):
            self.assertLessEqual(ended, begun, spans)

    def span_of(self, action: dict) -> tuple[str, str]:
        """From the intent of its one attempt to its outcome."""
        (attempt,) = action["attempts"]
        return attempt["intent_at"], attempt["ended_at"]


class OptedOut(StormCase):
    up_options = ("--defect", "10406", "--vms", "3", "--ha", "0")

    def test_a_tag_of_its_owner_keeps_warden_away(self):
        vm = self.take_vm()
        with self.lab.database() as cursor:
            cursor.execute("INSERT INTO resource_tags (uuid, `key`, value, resource_id, resource_uuid, resource_type, domain_id,"
                           " account_id) SELECT UUID(), 'warden', 'OFF', id, uuid, 'UserVm', domain_id, account_id"
                           " FROM vm_instance WHERE instance_name = %s", vm)
        self.lab.fault("destroy", vm)
        eventually("its scope holds it", _HELD_WITHIN, lambda: self.actions_on([vm]),
                   lambda actions: bool(actions) and refusing(actions[0]) == {"scope"})
        stays("held by scope", GRACE, lambda: self.actions_on([vm]), lambda actions: refusing(actions[0]) == {"scope"})
        self.assertEqual(0, self.lab.stop_requests(vm))

        with self.lab.database() as cursor:
            cursor.execute("DELETE FROM resource_tags")
        self.eventually_action(vm, _ENDS_WITHIN, "succeeded")


if __name__ == "__main__":
    unittest.main()
