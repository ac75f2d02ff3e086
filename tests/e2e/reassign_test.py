"""Moving VMs to other accounts: the sequence really locked and really dropped, what preflight says and what the management
server then does, and a file of VMs with a fault in its middle, killed and started again."""

import json
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, ClassVar

import cs
import web
from lab import BINARIES
from lab_case import LabCase
from waiting import eventually, stays
from warden import refusing

_AS_EVE = {**os.environ, "SUDO_USER": "eve"}


class Ctl:
    """wardenctl of a lab."""

    def __init__(self, lab: Any) -> None:
        self._lab = lab
        self._token = Path(tempfile.mkstemp(prefix="wctl-", dir="/tmp")[1])
        self._token.write_text(lab["operator_token"])

    def close(self) -> None:
        self._token.unlink()

    def command(self, *words: str) -> list[str]:
        return [str(BINARIES / "wardenctl"), "--controller", self._lab["controller_url"], "--token-file", str(self._token),
                *words]

    def run(self, *words: str, within: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), capture_output=True, text=True, timeout=within,
                              stdin=subprocess.DEVNULL, check=False, env=_AS_EVE)


class ReassignCase(LabCase):
    ctl: ClassVar[Ctl]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.ctl = Ctl(cls.lab)
        cls.addClassCleanup(cls.ctl.close)

    def account(self, name: str) -> dict[str, Any]:
        return next(account for account in self.lab["accounts"] if account["name"] == name)

    def api(self) -> cs.CloudStack:
        return cs.CloudStack(endpoint=self.lab["api_url"], key=self.lab["api_key"],
                             secret=self.lab["secret_key"], timeout=180)

    def stopped(self, vm: str) -> str:
        self.api().stopVirtualMachine(id=self.lab.vm(vm)["id"], forced=True, fetch_result=True)
        eventually("the VM is stopped", 30, lambda: self.lab.record(vm)["state"], lambda state: state == "Stopped")
        return vm

    def owner(self, vm: str) -> str:
        return self.lab.query("SELECT a.account_name AS name FROM vm_instance v JOIN account a ON a.id = v.account_id"
                              " WHERE v.instance_name = %s", vm)[0]["name"]

    def move_events(self, vm: str) -> list[str]:
        """Levels of its VM.MOVE events, oldest first."""
        return [event["level"] for event in self.lab.query(
            "SELECT e.level FROM event e JOIN vm_instance v ON v.id = e.resource_id WHERE e.type = 'VM.MOVE'"
            " AND e.resource_type = 'VirtualMachine' AND v.instance_name = %s ORDER BY e.id", vm)]

    def target(self, vm: str, account: str) -> tuple[str, ...]:
        return "--vm", vm, "--account", account, "--domain", self.account(account)["domain_id"]

    def ask(self, vm: str, account: str, *words: str) -> dict[str, Any]:
        asked = self.ctl.run("--json", "reassign", *self.target(vm, account), "--reason", "end-to-end", *words)
        self.assertEqual(0, asked.returncode, asked.stderr)
        return json.loads(asked.stdout)["move"]


class Retries(ReassignCase):
    up_options = ("--vms", "6", "--ha", "0", "--hosts", "2")
    lock_wait: ClassVar[int]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.lock_wait = cls.lab.query("SELECT @@GLOBAL.innodb_lock_wait_timeout AS seconds")[0]["seconds"]

    def test_a_locked_sequence_fails_with_1205_and_is_tried_again_once_it_is_free(self) -> None:
        vm = self.stopped("i-2-41-VM")
        self.lab.fault("lock-sequence", "alice-net", str(self.lock_wait + 4))
        began = time.monotonic()
        move = self.ask(vm, "alice")
        held = eventually("the first try failed", self.lock_wait + 30, lambda: self.controller.action(move["action_id"]),
                          lambda action: bool(action["attempts"]) and action["attempts"][0]["outcome"] is not None)
        self.assertEqual("failed", held["attempts"][0]["outcome"])
        self.assertIn("transient", held["attempts"][0]["note"])
        self.assertGreater(time.monotonic() - began, self.lock_wait - 1)
        self.assertTrue(any("1205" in event.get("error", "") for event in
                            self.lab.management_log("sequence-failed", table="op_networks")))
        eventually("the alert fires", 30, self._alerts_on, lambda states: "firing" in states)
        done = eventually("the move succeeded", 90, lambda: self.controller.action(move["action_id"]),
                          lambda action: action["state"] in ("succeeded", "failed", "unverified", "cancelled"))
        self.assertEqual("alice", self.owner(vm))
        self.assertEqual(["ERROR", "INFO"], self.move_events(vm))
        attempts = [attempt for action in self.controller.actions(vm) for attempt in action["attempts"]]
        self.assertEqual(["failed", "succeeded"], sorted(attempt["outcome"] for attempt in attempts), done)
        eventually("the alert is resolved", 30, self._alerts_on, lambda states: not states)
        for step in done["steps"]:
            print(f"      {step['at']} {step['state']:<10} {step['note'][:110]}")

    def test_a_dropped_sequence_holds_the_move_until_it_is_restored(self) -> None:
        vm = self.stopped("i-2-42-VM")
        _, _, restore = self.lab.fault("drop-sequence", "bob-net").partition("; to restore it: ")
        checked = self.ctl.run("reassign", "--check", *self.target(vm, "bob"))
        self.assertEqual(1, checked.returncode)
        self.assertIn("op_networks", checked.stdout)
        move = self.ask(vm, "bob", "--no-check")
        self.eventually_action(vm, 20, "held")
        eventually("sequence_ready holds it alone", 20, lambda: refusing(self.controller.action(move["action_id"])),
                   lambda guards: guards == {"sequence_ready"})
        stays("nothing is sent", 5, lambda: self.move_events(vm), lambda events: not events)
        self.lab.query(restore)
        eventually("the move succeeded", 30, lambda: self.controller.action(move["action_id"])["state"],
                   lambda state: state == "succeeded")
        self.assertEqual("bob", self.owner(vm))

    def test_a_move_that_was_made_elsewhere_waits_for_its_target(self) -> None:
        vm = self.stopped("i-2-43-VM")
        self.lab.query("INSERT INTO event (type, description, user_id, account_id, domain_id, resource_id, resource_type,"
                       " created, level) SELECT 'VM.MOVE', 'Error while move VM to another user', 2, 2, 1, id,"
                       " 'VirtualMachine', UTC_TIMESTAMP(), 'ERROR' FROM vm_instance WHERE instance_name = %s", vm)
        held = self.eventually_action(vm, 40, "held")
        self.assertEqual("reassign_retry", held["remedy"])
        verdict = next(verdict for verdict in held["verdicts"] if verdict["guard"] == "ownership")
        self.assertIn("wardenctl reassign --vm", verdict["lifted_by"])
        self.ask(vm, "carol")
        eventually("it is moved", 30, lambda: self.owner(vm), lambda owner: owner == "carol")

    def test_a_move_in_pieces_is_reported_and_never_tried_again(self) -> None:
        vm = self.stopped("i-2-44-VM")
        self.lab.fault("defect", "10854")
        self.addCleanup(self.lab.fault, "defect", "none")
        self.lab.fault("lock-sequence", "gina-net", str(self.lock_wait + 4))
        move = self.ask(vm, "gina")
        failed = eventually("the try failed", self.lock_wait + 40, lambda: self.controller.action(move["action_id"]),
                            lambda action: action["state"] in ("failed", "succeeded", "unverified"))
        self.assertEqual("failed", failed["state"], failed["steps"])
        self.assertIn("no live NIC", failed["attempts"][0]["note"])
        self.assertEqual("gina", self.owner(vm))
        stays("nothing is sent again", 15, lambda: self.move_events(vm), lambda events: events == ["ERROR"])

    def _alerts_on(self) -> list[str]:
        alerts = web.get(f"{self.lab['prometheus_url']}/api/v1/alerts").json["data"]["alerts"]
        return [alert["state"] for alert in alerts if alert["labels"]["alertname"] == "CloudStackVMReassignmentFailed"
                and alert["labels"]["vm"] == "i-2-41-VM"]


class Scenarios(ReassignCase):
    """Must-show 2: what preflight says, and what the management server then does."""

    up_options = ("--vms", "12", "--ha", "0", "--hosts", "2", "--programs", "controller",
                  "--set", "controller.remedies.reassign_retry.mode=observe")

    def test_preflight_against_the_management_server(self) -> None:
        rows = []
        for number, (name, account, prepare, words) in enumerate(self._scenarios(), 41):
            vm = f"i-2-{number}-VM"
            if name != "a running VM":
                self.stopped(vm)
            if prepare:
                prepare(vm)
            with self.subTest(scenario=name):
                said = self._preflight(vm, account, *words)
                did = self._assign(vm, account, *words)
                rows.append((name, said, did))
                self.assertEqual(said.startswith("fails"), did.startswith("refused"), (name, said, did))
        for row in rows:
            print("      | " + " | ".join(row) + " |")

    def _scenarios(self) -> list[Any]:
        make = self.lab.make
        bobs = self.lab.query("SELECT uuid FROM networks WHERE name = 'bob-net'")[0]["uuid"]
        return [
            ("across domains", "bob", None, ()),
            ("into a sub-domain", "carol", None, ()),
            ("with its network named", "bob", None, ("--network", bobs)),
            ("a running VM", "alice", None, ()),
            ("with port forwarding", "alice", lambda vm: make("port-forwarding", vm, "22"), ()),
            ("with a data volume", "alice", lambda vm: make("volume", vm), ()),
            ("with a snapshot", "alice", lambda vm: make("snapshot", vm), ()),
            ("into an account without a network", "dave", None, ()),
            ("into a disabled account", "erin", None, ()),
            ("into a locked account", "frank", None, ()),
            ("with static NAT", "alice", lambda vm: make("static-nat", vm), ()),
            ("from a template that is private", "alice", lambda vm: make("private-template", vm), ()),
        ]

    def _preflight(self, vm: str, account: str, *words: str) -> str:
        checked = self.ctl.run("--json", "reassign", "--check", *self.target(vm, account), *words)
        answer = json.loads(checked.stdout)
        self.assertEqual(0 if answer["standing"] == "holds" else 1, checked.returncode)
        open_ones = [f"{each['name']}: {each['sentence']}" for each in answer["preconditions"]
                     if each["standing"] != "holds"]
        return answer["standing"] + (f" ({'; '.join(open_ones)})" if open_ones else "")

    def _assign(self, vm: str, account: str, *words: str) -> str:
        networks = {"networkids": words[1]} if words else {}
        try:
            answer = self.api().assignVirtualMachine(virtualmachineid=self.lab.vm(vm)["id"], account=account,
                                                     domainid=self.account(account)["domain_id"], **networks)
        except cs.CloudStackApiException as refused:
            return f"refused ({refused.error['errorcode']})"
        self.assertEqual(account, answer["virtualmachine"]["account"])
        return "moved"


class Bulk(ReassignCase):
    up_options = ("--vms", "20", "--ha", "0", "--hosts", "2", "--programs", "controller,alertmanager")
    VMS = 20
    FAULTY = 15

    def test_twenty_vms_with_a_fault_in_the_middle_killed_and_resumed(self) -> None:
        vms = [f"i-2-{number}-VM" for number in range(41, 41 + self.VMS)]
        for vm in vms:
            self.api().stopVirtualMachine(id=self.lab.vm(vm)["id"], forced=True, fetch_result=True)
        eventually("all are stopped", 60, lambda: self.lab.query(
            "SELECT COUNT(*) AS n FROM vm_instance WHERE state = 'Stopped'")[0]["n"], lambda n: n == self.VMS)
        domain = self.account("bob")["domain_id"]
        moves = Path(tempfile.mkstemp(prefix="wmoves-", suffix=".csv", dir="/tmp")[1])
        self.addCleanup(moves.unlink)
        moves.write_text("vm,account,domain\n" + "".join(f"{vm},bob,{domain}\n" for vm in vms))
        words = ("reassign", "--file", str(moves), "--at-once", "3", "--reason", "sold")

        killed = self._start(*words)
        eventually("four are moved", 180, self._moved, lambda moved: moved >= 4)
        killed.kill()
        killed.wait()

        stopping = self._start(*words)
        self.addCleanup(stopping.kill)
        eventually("it has gone on", 180, self._moved, lambda moved: moved >= 7)
        self.lab.make("snapshot", vms[self.FAULTY])
        stopping.wait(300)
        self.assertEqual(1, stopping.returncode)
        left = self.VMS - self._moved()
        self.assertGreater(left, 1)
        print(f"      stopped at {vms[self.FAULTY]}: {self._moved()} moved, {left} left")

        refused = self.ctl.run(*words, within=300)
        self.assertEqual(1, refused.returncode)
        self.assertIn("snapshot", refused.stdout)
        self.assertEqual(left, self.VMS - self._moved(), "while the preflight of one fails nothing is moved")

        self.lab.query("UPDATE snapshots SET removed = UTC_TIMESTAMP(), status = 'Destroyed'")
        resumed = self.ctl.run(*words, within=300)
        self.assertEqual(0, resumed.returncode, resumed.stdout + resumed.stderr)
        print("      " + resumed.stdout.strip().splitlines()[-1])
        self.assertEqual(self.VMS, self._moved())
        done = self.lab.query("SELECT resource_id, COUNT(*) AS n FROM event WHERE type = 'VM.MOVE' AND level = 'INFO'"
                              " GROUP BY resource_id")
        self.assertEqual({1}, {row["n"] for row in done}, "nothing is done twice")
        self.assertEqual(self.VMS, len(done))

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.ctl.command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                stdin=subprocess.DEVNULL, env=_AS_EVE)

    def _moved(self) -> int:
        return self.lab.query("SELECT COUNT(*) AS n FROM vm_instance v JOIN account a ON a.id = v.account_id"
                              " WHERE a.account_name = 'bob'")[0]["n"]


if __name__ == "__main__":
    unittest.main()
