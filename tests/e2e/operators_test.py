"""What an operator says, end to end: an approval lets an action act, a pause and a silence hold it."""

import os
import subprocess
import tempfile
import unittest

import web
from lab import BINARIES
from lab_case import PING_INTERVAL, LabCase
from waiting import eventually, stays
from warden import Action, refusing, samples, utc

_HELD_WITHIN = 60
_ENDS_WITHIN = 90
_COMMAND_SECONDS = 20


def _held_by(action: Action) -> set[str]:
    return {verdict["guard"] for verdict in action["verdicts"] if not verdict["passes"] and not verdict.get("lifted")}


def _sentence(action: Action, guard: str) -> str:
    return " ".join(verdict.get("sentence", "") for verdict in action["verdicts"] if verdict["guard"] == guard)


class OperatorCase(LabCase):
    """An operator with wardenctl and amtool."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        handle, cls._token_file = tempfile.mkstemp()
        with os.fdopen(handle, "w") as token:
            token.write(cls.lab["operator_token"])
        cls.addClassCleanup(os.unlink, cls._token_file)

    def wardenctl(self, *words: str, code: int = 0) -> str:
        done = subprocess.run([BINARIES / "wardenctl", "--controller", self.lab["controller_url"], "--token-file", self._token_file,
                               *words], capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=False,
                              env={**os.environ, "SUDO_USER": "alice"})
        self.assertEqual(code, done.returncode, f"wardenctl {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout if code == 0 else done.stderr

    def paused(self, scope: str) -> float:
        return sum(samples(self.lab["controller_url"], "warden_controller_paused", scope=scope))

    def eventually_held_by(self, vm: str, *guards: str) -> Action:
        return eventually(f"held by {guards}", _HELD_WITHIN, lambda: self.only_action_or_none(vm),
                          lambda action: action is not None and _held_by(action) == set(guards))

    def only_action_or_none(self, vm: str) -> Action | None:
        return next(iter(self.controller.actions(vm)), None)

    def assert_stays_held(self, vm: str, state: str, guard: str) -> None:
        stays(f"{state}, held by {guard}", 3 * PING_INTERVAL, lambda: self.only_action(vm),
              lambda action: action["state"] == state and _held_by(action) == {guard})
        self.assertEqual((0, 0), (self.lab.stop_requests(vm), self.lab.stop_commands(vm)))

    def assert_stopped_once(self, vm: str) -> None:
        self.eventually_action(vm, _ENDS_WITHIN, "succeeded")
        self.assertEqual("Stopped", self.lab.record(vm)["state"])
        self.assertEqual(1, self.lab.stop_commands(vm))

    def notes(self, vm: str) -> str:
        return "\n".join(step["note"] for step in self.only_action(vm)["steps"])


class ModeApprove(OperatorCase):
    up_options = ("--defect", "10406", "--vms", "4", "--ha", "0", "--set", "controller.remedies.stop_sync.mode=approve")

    def test_an_action_waits_until_it_is_approved(self):
        vm = self.take_vm()
        self.lab.fault("destroy", vm)
        action = self.eventually_action(vm, _ENDS_WITHIN, "awaiting_approval")
        self.assert_stays_held(vm, "awaiting_approval", "mode")
        self.assertEqual(1.0, sum(samples(self.lab["controller_url"], "warden_controller_actions", state="awaiting_approval")))

        said = self.wardenctl("approve", str(action["id"]), "--reason", "looked at it", "--for", "2m")

        self.assertIn(f"attempt 1 of action {action['id']} approved until", said)
        self.assert_stopped_once(vm)
        self.assertRegex(self.notes(vm), "attempt 1 approved until .* by alice: looked at it")
        second = [entry for entry in self.only_action(vm)["evidence"] if entry["kind"] == "second_decision"]
        self.assertEqual(["alice"], [word["operator"] for word in second[-1]["content"]["world"]["operators"]["approvals"]])

    def test_an_approval_that_expired_lets_nothing_act(self):
        vm = self.take_vm()
        self.wardenctl("pause", "vm", vm, "--for", "10m", "--reason", "test")
        self.lab.fault("destroy", vm)
        action = self.eventually_held_by(vm, "mode", "pause")
        self.wardenctl("approve", str(action["id"]), "--reason", "too early", "--for", "15s")
        self.eventually_held_by(vm, "pause")
        self.eventually_held_by(vm, "mode", "pause")
        self.wardenctl("lift", str(action["id"]), "pause", "--reason", "test")
        self.assert_stays_approvable(vm)
        self.wardenctl("cancel", str(action["id"]), "--reason", "enough")
        self.assertEqual("cancelled", self.only_action(vm)["state"])
        self.assertIn("is cancelled", self.wardenctl("approve", str(action["id"]), "--reason", "late", code=1))

    def assert_stays_approvable(self, vm: str) -> None:
        eventually("it waits for an approval alone", _HELD_WITHIN, lambda: self.only_action(vm)["state"],
                   lambda state: state == "awaiting_approval")
        self.assert_stays_held(vm, "awaiting_approval", "mode")
        self.assertEqual({"mode", "pause"}, refusing(self.only_action(vm)), "a lifted refusal stays visible")


class ModeAuto(OperatorCase):
    up_options = ("--defect", "10406", "--vms", "5", "--ha", "0")

    def test_a_pause_holds_and_resume_releases(self):
        vm = self.take_vm()
        said = self.wardenctl("pause", "vm", vm, "--for", "10m", "--reason", "somebody looks at it")
        number = said.split()[1].rstrip(":")
        self.lab.fault("destroy", vm)
        self.eventually_held_by(vm, "pause")
        self.assert_stays_held(vm, "held", "pause")
        self.assertIn("alice has paused vm", _sentence(self.only_action(vm), "pause"))
        self.assertEqual(1.0, self.paused("vm"))
        self.assertIn("somebody looks at it", self.wardenctl("pauses"))

        self.wardenctl("resume", number, "--reason", "done")

        self.assert_stopped_once(vm)
        self.assertIn("nothing is paused", self.wardenctl("pauses"))
        eventually("no pause is counted", _HELD_WITHIN, lambda: self.paused("vm"), lambda count: count == 0.0)

    def test_a_silence_in_alertmanager_holds(self):
        vm = self.take_vm()
        # A silenced alert is not delivered: the silence comes while the action is held by something else.
        number = self.wardenctl("pause", "vm", vm, "--for", "10m", "--reason", "test").split()[1].rstrip(":")
        self.lab.fault("destroy", vm)
        self.eventually_held_by(vm, "pause")
        silence = self.silence(vm)
        eventually("the silence is seen", _HELD_WITHIN, lambda: self.explained_pause(vm),
                   lambda sentence: "bob has silenced the alert" in sentence)
        self.wardenctl("resume", number, "--reason", "the silence holds it")
        self.assert_stays_held(vm, "held", "pause")

        self.amtool("silence", "expire", silence)

        self.assert_stopped_once(vm)

    def test_a_silence_of_others_holds_nothing(self):
        vm = self.take_vm()
        self.silence("another-vm")
        self.lab.fault("destroy", vm)
        self.assert_stopped_once(vm)

    def test_what_cannot_be_meant_is_refused_with_what_is_right(self):
        self.assertIn("known are", self.wardenctl("pause", "zone", "nowhere", "--for", "1h", "--reason", "test", code=1))
        self.assertIn("'for' must say", self.wardenctl("pause", "all", "--for", "soon", "--reason", "test", code=1))
        self.assertIn("there is no action", self.wardenctl("cancel", "999", "--reason", "test", code=1))
        self.assertIn("--reason is required", self.wardenctl("pause", "all", "--for", "1h", code=2))

    def explained_pause(self, vm: str) -> str:
        answer = web.get(f"{self.lab['controller_url']}/api/v1/explain/{vm}", web.bearer(self.lab["operator_token"]))
        return _sentence(answer.json, "pause")

    def silence(self, vm: str) -> str:
        answer = web.post_json(f"{self.lab['alertmanager_url']}/api/v2/silences",
                               {"matchers": [{"name": "vm", "value": vm, "isRegex": False}, {"name": "zone", "value": ".*", "isRegex": True}],
                                "startsAt": utc(), "endsAt": utc(600), "createdBy": "bob", "comment": "known"})
        self.assertEqual(200, answer.status, answer.text)
        return answer.json["silenceID"]

    def amtool(self, *words: str) -> None:
        subprocess.run(["amtool", "--alertmanager.url", self.lab["alertmanager_url"], *words], timeout=_COMMAND_SECONDS, check=True,
                       capture_output=True)


if __name__ == "__main__":
    unittest.main()
