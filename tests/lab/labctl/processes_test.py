import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from warden_lab.descendants import process_state
from warden_lab.failure import LabError
from warden_lab.processes import Command, Processes
from warden_lab.waiting import wait_until


class ProcessesOfALab(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.log = Path(directory.name) / "log"
        self.processes = Processes()

    def _command(self, *argv: str) -> Command:
        return Command("sleeper", list(argv), self.log)

    def test_runs_until_it_is_ended(self) -> None:
        self.processes.start(self._command("sleep", "60"))
        pid = self.processes.pid("sleeper")
        self.processes.end("sleeper", signal.SIGTERM, 5)
        self.assertIsNone(self.processes.pid("sleeper"))
        self.assertIsNone(process_state(pid))

    def test_is_not_started_twice(self) -> None:
        self.processes.start(self._command("sleep", "60"))
        self.addCleanup(self.processes.end, "sleeper", signal.SIGKILL, 5)
        with self.assertRaisesRegex(LabError, "runs already"):
            self.processes.start(self._command("sleep", "60"))

    def test_a_missing_program_is_named(self) -> None:
        with self.assertRaisesRegex(LabError, "no-such-program is missing"):
            self.processes.start(self._command("no-such-program"))

    def test_a_failed_run_quotes_the_log(self) -> None:
        with self.assertRaisesRegex(LabError, "the disk is full"):
            self.processes.run(self._command("sh", "-c", "echo the disk is full; exit 1"), 5)

    def test_after_the_close_nothing_starts(self) -> None:
        self.processes.close()
        with self.assertRaisesRegex(LabError, "going down"):
            self.processes.start(self._command("sleep", "60"))

    def test_reaping_keeps_the_status_of_our_own_and_lets_others_go(self) -> None:
        self.processes.start(self._command("sh", "-c", "exit 3"))
        stranger = subprocess.Popen([sys.executable, "-c", ""])
        stranger_pid = stranger.pid
        wait_until("both to end", 10, lambda: process_state(stranger_pid) == "Z")
        wait_until("both to be reaped", 10, lambda: self.processes.reap() or process_state(stranger_pid) is None)
        self.assertIsNone(self.processes.pid("sleeper"))
        stranger.wait()


class EndOfDescendants(unittest.TestCase):
    def test_nothing_below_survives_not_even_what_was_orphaned_or_stopped(self) -> None:
        script = ("import subprocess, sys, time\n"
                  "from warden_lab.descendants import adopt_orphans, descendants, end_descendants\n"
                  "adopt_orphans()\n"
                  "shell = subprocess.Popen(['sh', '-c', 'setsid sleep 60 & setsid sleep 60 & kill -STOP $! ; exit 0'])\n"
                  "shell.wait()\n"
                  "print(*descendants(), flush=True)\n"
                  "end_descendants()\n")
        lab = str(Path(__file__).resolve().parents[3] / "lab")
        result = subprocess.run([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": lab}, timeout=20,
                                capture_output=True, text=True, check=True)
        pids = [int(pid) for pid in result.stdout.split()]
        self.assertEqual(len(pids), 2)
        self.assertEqual([pid for pid in pids if process_state(pid) is not None], [])


if __name__ == "__main__":
    unittest.main()
