"""ha_restart, end to end: a VM with HA died unseen, and CloudStack does not restart it."""

import unittest

from lab_case import GRACE, PING_INTERVAL, LabCase
from waiting import eventually, stays
from warden import HA_ALERT, Action, alert_states, push_alert, refusing

_FIRES_WITHIN = 60
_ENDS_WITHIN = 120
_UNDER_WAY = ("intent", "executing", "verifying")


class RestartCase(LabCase):
    def take_ha_vm(self, host: str | None = None) -> str:
        return self.take_vm(host, ha=True)

    def succeeded(self, vm: str) -> Action:
        """The VM's action that succeeded. Where the test has pushed an alert, Prometheus may have raised one as well."""
        def those() -> list[Action]:
            return [action for action in self.controller.actions(vm) if action["state"] == "succeeded"]

        return eventually(f"an action on {vm} succeeds", _ENDS_WITHIN, those)[0]

    def assert_restarted_once(self, vm: str, action: Action) -> None:
        record = self.lab.record(vm)
        self.assertEqual("Running", record["state"])
        self.assertEqual([record["host"]], self.lab.live_on(vm))
        self.assertEqual((1, 1), (self.lab.stop_requests(vm), self.lab.start_requests(vm)))
        self.assertEqual(["stop", "start"], [attempt["command"].removesuffix("VirtualMachine") for attempt in action["attempts"]])
        self.assertEqual(["succeeded"] * 2, [attempt["outcome"] for attempt in action["attempts"]])

    def assert_each_call_has_its_proof(self, action: Action) -> None:
        """Stored: every host that could hold the VM was asked for that decision alone, and shows no domain of it."""
        proofs = [entry["content"] for entry in action["evidence"] if entry["kind"] == "second_decision" and entry["content"]["acts"]]
        self.assertEqual(2, len(proofs))
        self.assertEqual(2, len({attempt["evidence_id"] for attempt in action["attempts"]}))
        for proof in proofs:
            world = proof["world"]
            self.assertTrue(world["fresh"])
            self.assertEqual({host["name"] for host in self.lab["hosts"]}, {host["name"] for host in world["candidates"]})
            for host in world["candidates"]:
                self.assertEqual((True, None), (host["answered"] or host["proven_off"], host["domain"]), host)
            self.assertEqual([], [verdict for verdict in proof["verdicts"] if not verdict["passes"]])
        self.assertEqual(2, len([entry for entry in action["evidence"] if entry["kind"] == "verification"]))


class WithTheDefectOf12920(RestartCase):
    """CloudStack's HA takes a VM whose domain is missing for alive: its work is Done, and the VM stays Running."""

    up_options = ("--defect", "12920", "--vms", "10", "--ha", "10")

    def test_a_vm_with_ha_that_died_unseen_is_restarted(self):
        vm = self.take_ha_vm()
        self.lab.fault("destroy", vm)

        eventually("the alert fires", _FIRES_WITHIN, lambda: alert_states(self.lab, vm), lambda seen: "firing" in seen)
        action = self.succeeded(vm)
        eventually("the alert resolves", _ENDS_WITHIN, lambda: alert_states(self.lab, vm), lambda seen: not seen)

        self.assertEqual(("ha_restart", HA_ALERT), (action["remedy"], action["alert"]))
        self.assert_restarted_once(vm, action)
        self.assert_each_call_has_its_proof(action)
        done = self.lab.query("SELECT step FROM op_ha_work WHERE instance_id = %s", self.lab.vm(vm)["row_id"])
        self.assertEqual({"Done"}, {work["step"] for work in done}, "CloudStack's HA had its chance")
        stays("one domain, Running", 2 * PING_INTERVAL, lambda: (self.lab.live_on(vm), self.lab.record(vm)["state"]),
              lambda seen: seen == ([self.lab.record(vm)["host"]], "Running"))

    def test_held_while_a_host_that_could_hold_it_is_silent(self):
        vm = self.take_ha_vm("host1")
        self.lab.fault("freeze", "host3")
        self.addCleanup(self.lab.fault, "thaw", "host3")
        self.lab.fault("destroy", vm)
        push_alert(self.lab, vm, HA_ALERT)
        self.assert_held_by(vm, "witnesses")
        self.assertEqual(0, self.lab.stop_requests(vm))
        self.lab.fault("thaw", "host3")
        self.assert_restarted_once(vm, self.succeeded(vm))

    def test_held_while_cloudstacks_ha_is_at_work(self):
        vm = self.take_ha_vm()
        self.open_ha_work(vm)
        self.lab.fault("destroy", vm)
        self.assert_held_by(vm, "cloudstack_idle")
        self.assertEqual(0, self.lab.stop_requests(vm))
        self.end_ha_work(vm)
        self.assert_restarted_once(vm, self.succeeded(vm))

    def test_held_for_a_vm_that_somebody_wanted_stopped(self):
        vm = self.take_ha_vm()
        # A stop that CloudStack lost with the management server that had it: the request is all that is left.
        self.lab.query("INSERT INTO async_job (user_id, account_id, instance_type, instance_id, job_cmd, related, uuid, job_status,"
                       " created) VALUES (2, 2, 'VirtualMachine', %s, 'org.apache.cloudstack.api.command.user.vm.StopVMCmd', '',"
                       " UUID(), 2, UTC_TIMESTAMP())", self.lab.vm(vm)["row_id"])
        self.lab.fault("destroy", vm)
        self.assert_held_by(vm, "ha_eligible")
        self.assertEqual(0, self.lab.stop_requests(vm))

    def test_a_host_that_falls_silent_between_the_stages_holds_the_start(self):
        vm = self.stopped_by_warden("host1")
        self.lab.fault("freeze", "host2")
        self.addCleanup(self.lab.fault, "thaw", "host2")
        self.end_ha_work(vm)
        self.assert_held_by(vm, "witnesses", "unresolved")
        self.assertEqual((0, []), (self.lab.start_requests(vm), self.lab.live_on(vm)))
        self.lab.fault("thaw", "host2")
        self.assert_restarted_once(vm, self.succeeded(vm))

    def test_a_user_who_stops_it_between_the_stages_keeps_it_stopped(self):
        vm = self.stopped_by_warden()
        self.api().stopVirtualMachine(id=self.lab.vm(vm)["id"])
        self.end_ha_work(vm)
        self.assert_held_by(vm, "ha_eligible")
        self.assertEqual((0, []), (self.lab.start_requests(vm), self.lab.live_on(vm)))
        self.assertEqual("Stopped", self.lab.record(vm)["state"])

    def test_cloudstacks_ha_that_starts_it_between_the_stages_ends_the_action(self):
        vm = self.stopped_by_warden()
        # Work as CloudStack schedules it for a VM that it finds Stopped: its own worker takes it, and starts the VM.
        self.lab.query("UPDATE op_ha_work w JOIN vm_instance v ON v.id = w.instance_id SET w.taken = NULL, w.mgmt_server_id = NULL,"
                       " w.step = 'Investigating', w.state = v.state, w.updated = v.update_count"
                       " WHERE v.instance_name = %s AND w.step = 'Scheduled'", vm)
        action = self.eventually_action(vm, _ENDS_WITHIN, "cancelled")
        self.assertIn("somebody else has started the VM", action["steps"][-1]["note"])
        self.assertEqual((0, [self.lab.record(vm)["host"]]), (self.lab.start_requests(vm), self.lab.live_on(vm)))
        self.assertEqual("Running", self.lab.record(vm)["state"])

    def stopped_by_warden(self, host: str | None = None) -> str:
        """A VM that the first stage has stopped; HA work that began during the stop holds the second."""
        vm = self.take_ha_vm(host)
        self.lab.fault("api", "slow", "--seconds", "5")  # long enough to come in between
        self.addCleanup(self.lab.fault, "api", "ok")
        self.lab.fault("destroy", vm)
        self.eventually_action(vm, _ENDS_WITHIN, *_UNDER_WAY)
        self.open_ha_work(vm)
        self.lab.fault("api", "ok")
        eventually("Warden has stopped the VM", _ENDS_WITHIN, lambda: self.controller.actions(vm)[0],
                   lambda action: (action["stage"], action["state"]) == ("stopped", "held") and "cloudstack_idle" in refusing(action))
        return vm

    def open_ha_work(self, vm: str) -> None:
        """Taken by a worker that does nothing."""
        self.lab.query(
            "INSERT INTO op_ha_work (instance_id, type, vm_type, state, host_id, mgmt_server_id, created, tried, taken, step,"
            " time_to_try, updated) SELECT id, 'HA', type, state, COALESCE(host_id, last_host_id), (SELECT MIN(msid) FROM mshost),"
            " UTC_TIMESTAMP(), 1, UTC_TIMESTAMP(), 'Scheduled', 0, update_count FROM vm_instance WHERE instance_name = %s", vm)

    def end_ha_work(self, vm: str) -> None:
        self.lab.query("DELETE FROM op_ha_work WHERE instance_id = %s AND step = 'Scheduled'", self.lab.vm(vm)["row_id"])

    def assert_held_by(self, vm: str, guard: str, *others: str) -> None:
        """That guard refuses, and none but it goes on refusing once the grace is over."""
        eventually(f"{guard} holds the action", _ENDS_WITHIN, lambda: self.controller.actions(vm),
                   lambda actions: bool(actions) and guard in refusing(actions[0]))
        allowed = {guard, "grace", "still_true", "cloudstack_idle", "attempts", "ha_eligible", *others}
        stays(f"held by {guard}", GRACE + 2 * PING_INTERVAL,
              lambda: [action for action in self.controller.actions(vm) if action["state"] != "cancelled"],
              lambda actions: bool(actions) and all(action["state"] in ("held", "received") and guard in refusing(action)
                                                    and refusing(action) <= allowed for action in actions))


class OnAFencedHost(RestartCase):
    """The defect of 12922: the host is off and fenced, HA's work is Done, and the VM stays Running on it."""

    up_options = ("--defect", "12922", "--vms", "6", "--ha", "6", "--set", "cloud.proof_of_power_off=host_ha")

    def test_a_vm_of_a_host_that_is_proven_off_is_restarted_elsewhere(self):
        vm = self.take_ha_vm("host2")
        self.lab.fault("power-cut", "host2")
        eventually("CloudStack notices", _FIRES_WITHIN, lambda: self.host_status("host2"), lambda status: status != "Up")
        self.lab.fault("host-ha", "host2", "Fenced")
        stays("a fence alone proves nothing: no alert, no action", GRACE + 2 * PING_INTERVAL,
              lambda: (alert_states(self.lab, vm), self.controller.actions(vm)), lambda seen: seen == ([], []))

        self.lab.query("INSERT INTO oobm (host_id, enabled, power_state, update_time, mgmt_server_id) SELECT id, 1, 'Off',"
                       " UTC_TIMESTAMP(), (SELECT MIN(msid) FROM mshost) FROM host WHERE name = 'host2'")
        action = self.succeeded(vm)
        self.assert_restarted_once(vm, action)
        self.assert_each_call_has_its_proof(action)
        self.assertNotEqual("host2", self.lab.record(vm)["host"])

    def host_status(self, name: str) -> str:
        return self.lab.query("SELECT status FROM host WHERE name = %s", name)[0]["status"]


if __name__ == "__main__":
    unittest.main()
