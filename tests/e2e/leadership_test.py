"""Two controllers on one journal: one acts, and when it dies or freezes while it acts, the other finishes the work."""

import os
import signal
import time
import unittest
from collections.abc import Iterator
from contextlib import contextmanager

from lab_case import LabCase
from waiting import eventually
from warden import Controller, samples, total

_TTL_SECONDS = 6
_FROZEN_SECONDS = 60
_LEADS_WITHIN = 30
_ACTS_WITHIN = 60
_ENDS_WITHIN = 120


class TwoControllers(LabCase):
    up_options = ("--defect", "10406", "--vms", "5", "--ha", "0",
                  "--programs", "exporter,controller,controller2,prometheus,alertmanager",
                  "--set", f"controller.lease.ttl={_TTL_SECONDS}s", "--set", "controller.lease.renew=1s")

    def setUp(self) -> None:
        self.controllers = [Controller(self.lab, program) for program in ("controller", "controller2")]

    def leader_and_follower(self) -> tuple[Controller, Controller]:
        """Once exactly one of the two leads, and both agree on who."""

        def leaders() -> list[Controller]:
            statuses = [controller.status() for controller in self.controllers]
            agreed = len({status["holder"] for status in statuses}) == 1
            return [controller for controller, status in zip(self.controllers, statuses, strict=True)
                    if status["leader"] and agreed]

        leading = eventually("one controller leads, and both know which", _LEADS_WITHIN, leaders, lambda seen: len(seen) == 1)
        return leading[0], next(controller for controller in self.controllers if controller is not leading[0])

    def eventually_ends(self, controller: Controller, vm: str) -> dict:
        return eventually(f"the action on {vm} has succeeded", _ENDS_WITHIN, lambda: controller.actions(vm),
                          lambda seen: bool(seen) and seen[0]["state"] == "succeeded")[0]

    def assert_ended_right(self, vm: str, action: dict) -> None:
        self.assertEqual(1, self.lab.stop_commands(vm), action["steps"])
        self.assertEqual("Stopped", self.lab.record(vm)["state"])
        self.assertEqual("succeeded", action["attempts"][-1]["outcome"])
        self.assertEqual([], [attempt for attempt in action["attempts"] if attempt["outcome"] is None])

    def assert_taken_over(self, heir: Controller, token_before: int) -> None:
        status = eventually("the other leads", _LEADS_WITHIN, heir.status, lambda seen: seen["leader"])
        self.assertGreater(status["token"], token_before)
        self.assertEqual(status["controller"], status["holder"])

    @contextmanager
    def jobs_that_end_late(self, seconds: int) -> Iterator[None]:
        """CloudStack does what it is asked for, but the job of the request goes on for some time."""
        with self.lab.database() as sql:
            sql.execute("CREATE TRIGGER cloud.late_end BEFORE UPDATE ON cloud.async_job FOR EACH ROW BEGIN"
                        " IF OLD.job_status = 0 AND NEW.job_status <> 0 AND OLD.job_dispatcher = 'ApiAsyncJobDispatcher'"
                        f" THEN DO SLEEP({seconds}); END IF; END")
            try:
                yield
            finally:
                sql.execute("DROP TRIGGER cloud.late_end")

    def test_one_acts_on_what_both_were_told(self):
        leader, follower = self.leader_and_follower()
        vm = self.take_vm()
        self.lab.fault("destroy", vm)
        action = self.eventually_ends(follower, vm)
        self.assert_ended_right(vm, action)
        self.assertEqual(1, len(leader.actions(vm)))
        self.assertEqual(1, self.lab.stop_requests(vm))
        for controller, leads in ((leader, 1), (follower, 0)):
            self.assertEqual([leads], samples(controller.url, "warden_controller_leader"))
            self.assertGreater(total(controller.url, "warden_controller_alerts_received_total"), 0)
        self.assertEqual([], samples(follower.url, "warden_controller_lease_left_seconds"))

    def test_the_leader_is_killed_while_it_executes(self):
        leader, follower = self.leader_and_follower()
        token = leader.status()["token"]
        vm = self.take_vm()
        self.lab.fault("api", "slow", "--seconds", "8")
        self.addCleanup(self.lab.fault, "api", "ok")
        self.lab.fault("destroy", vm)
        eventually("the stop is under way", _ACTS_WITHIN, lambda: self.lab.stop_commands(vm) + self.lab.stop_requests(vm))
        self.assertIn(follower.actions(vm)[0]["state"], ("intent", "executing"))
        self.lab.program("kill", leader.program)
        self.addCleanup(self.lab.program, "start", leader.program)
        self.lab.fault("api", "ok")

        self.assert_taken_over(follower, token)
        self.assert_ended_right(vm, self.eventually_ends(follower, vm))
        self.assertEqual(1, self.lab.stop_requests(vm))

    def test_the_leader_is_frozen_for_a_minute_while_it_executes(self):
        leader, follower = self.leader_and_follower()
        token = leader.status()["token"]
        vm = self.take_vm()
        pid = self.lab_pid(leader)
        with self.jobs_that_end_late(2 * _TTL_SECONDS):
            self.lab.fault("destroy", vm)
            eventually("the leader follows the job of its stop", _ACTS_WITHIN,
                       lambda: [attempt for action in follower.actions(vm) for attempt in action["attempts"]],
                       lambda attempts: bool(attempts) and attempts[0]["job_id"] is not None)
            os.kill(pid, signal.SIGSTOP)
            frozen_at = time.monotonic()
            self.addCleanup(os.kill, pid, signal.SIGCONT)
            self.assert_taken_over(follower, token)
            action = self.eventually_ends(follower, vm)
        self.assert_ended_right(vm, action)
        self.assertNotIn("fenced", self.lab.log_of(leader.program))
        eventually("a minute is over", 2 * _FROZEN_SECONDS, time.monotonic, lambda now: now - frozen_at >= _FROZEN_SECONDS)

        os.kill(pid, signal.SIGCONT)
        eventually("the late write is refused by its token", _LEADS_WITHIN, lambda: self.lab.log_of(leader.program),
                   lambda log: "fenced: another controller holds the lease since" in log)
        eventually("it follows", _LEADS_WITHIN, leader.status,
                   lambda seen: not seen["leader"] and seen["holder"] == follower.status()["controller"])
        self.assertEqual(action, follower.action(action["id"]), "what was frozen has changed nothing")
        self.assert_ended_right(vm, action)
        self.assertEqual(1, self.lab.stop_requests(vm))

    def test_a_leader_that_freezes_in_the_middle_of_a_write_blocks_nobody(self):
        leader, follower = self.leader_and_follower()
        token = leader.status()["token"]
        vm = self.take_vm()
        pid = self.lab_pid(leader)
        self.addCleanup(os.kill, pid, signal.SIGCONT)
        with self.lab.database() as sql:
            # The write stays open on the server, with its lock on the lease's row: nobody commits it.
            sql.execute("CREATE TRIGGER warden.middle AFTER INSERT ON warden.action_steps FOR EACH ROW BEGIN"
                        " IF NEW.state = 'executing' THEN DO SLEEP(2); END IF; END")
            self.lab.fault("destroy", vm)
            eventually("the leader's transaction dwells in its write", _ACTS_WITHIN, lambda: self.lab.query(
                "SELECT ID FROM information_schema.processlist WHERE STATE = 'User sleep'"))
            os.kill(pid, signal.SIGSTOP)
            sql.execute("DROP TRIGGER warden.middle")
        self.assert_taken_over(follower, token)
        action = self.eventually_ends(follower, vm)
        os.kill(pid, signal.SIGCONT)
        self.assert_ended_right(vm, action)

    def lab_pid(self, controller: Controller) -> int:
        self.lab.refresh()
        return self.lab["programs"][controller.program]["pid"]


if __name__ == "__main__":
    unittest.main()
