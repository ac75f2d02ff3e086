"""kill -9 of the controller at the three worst instants: the action still ends right, with exactly one stop."""

import unittest
from collections.abc import Iterator
from contextlib import contextmanager

from lab_case import LabCase
from waiting import eventually

_ACTS_WITHIN = 60
_ENDS_WITHIN = 120
_WINDOW_SECONDS = 20


class KilledController(LabCase):
    # The journal's own deadline must not close the window before the kill.
    up_options = ("--defect", "10406", "--vms", "4", "--ha", "0", "--set", f"controller.journal.timeout={2 * _WINDOW_SECONDS}s")

    def test_killed_after_the_intent_before_the_call(self):
        vm = self.take_vm()
        with self.window_at("AFTER INSERT ON warden.action_steps", "NEW.state = 'executing'"):
            self.lab.fault("destroy", vm)
            self.kill_in_the_window()
        self.assertEqual(0, self.lab.stop_requests(vm), "the kill came too late")
        self.assert_ends_right_after_restart(vm)

    def test_killed_during_the_call(self):
        vm = self.take_vm()
        self.lab.fault("api", "slow", "--seconds", "8")
        self.addCleanup(self.lab.fault, "api", "ok")
        self.lab.fault("destroy", vm)
        eventually("the stop is under way", _ACTS_WITHIN, lambda: self.lab.stop_commands(vm) + self.lab.stop_requests(vm))
        self.assertIn(self.only_action(vm)["state"], ("intent", "executing"))
        self.lab.program("kill", "controller")
        self.lab.fault("api", "ok")
        self.assert_ends_right_after_restart(vm)

    def test_killed_before_the_outcome_is_written(self):
        vm = self.take_vm()
        with self.window_at("BEFORE UPDATE ON warden.attempts", "NEW.outcome IS NOT NULL AND OLD.outcome IS NULL"):
            self.lab.fault("destroy", vm)
            self.kill_in_the_window()
        self.assertEqual("Stopped", self.lab.record(vm)["state"])
        self.assertEqual(1, self.lab.stop_commands(vm), "the kill came too early")
        self.assert_ends_right_after_restart(vm)

    @contextmanager
    def window_at(self, instant: str, condition: str) -> Iterator[None]:
        """Makes the journal's transaction dwell at one instant, by a trigger that sleeps there."""
        with self.lab.database() as sql:
            sql.execute(f"CREATE TRIGGER warden.window {instant} FOR EACH ROW"
                        f" BEGIN IF {condition} THEN DO SLEEP({_WINDOW_SECONDS}); END IF; END")
            try:
                yield
            finally:
                # The sleeping session belongs to a dead process by now; the server only notices when it wakes.
                for session in self.dwelling_sessions():
                    sql.execute(f"KILL {session}")
                sql.execute("DROP TRIGGER warden.window")

    def kill_in_the_window(self) -> None:
        eventually("the controller's transaction dwells in the window", _ACTS_WITHIN, self.dwelling_sessions)
        self.lab.program("kill", "controller")

    def dwelling_sessions(self) -> list[int]:
        """Sessions inside the trigger; the server shows them under the trigger's definer."""
        return [row["ID"] for row in self.lab.query("SELECT ID FROM information_schema.processlist WHERE STATE = 'User sleep'")]

    def assert_ends_right_after_restart(self, vm: str) -> None:
        self.lab.program("start", "controller")
        action = self.eventually_action(vm, _ENDS_WITHIN, "succeeded")
        self.assertEqual(1, self.lab.stop_commands(vm), self.controller.action(action["id"])["steps"])
        self.assertEqual("Stopped", self.lab.record(vm)["state"])
        attempts = self.controller.action(action["id"])["attempts"]
        self.assertEqual([], [attempt for attempt in attempts if attempt["outcome"] is None])
        self.assertEqual("succeeded", attempts[-1]["outcome"])
        self.assertEqual(action["id"], self.only_action(vm)["id"])


if __name__ == "__main__":
    unittest.main()
