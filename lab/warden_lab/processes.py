"""The processes that the lab started, by name."""

import os
import signal
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

from .failure import LabError


@dataclass(frozen=True)
class Command:
    """How one process is started, and started again."""

    name: str
    argv: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    directory: Path = Path("/")


class Processes:
    """Starts, signals and reaps. Children that it did not start itself (QEMU, once orphaned) are reaped as well."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._closed = False

    def close(self) -> None:
        """From now on nothing starts: the lab is going down."""
        with self._lock:
            self._closed = True

    def start(self, command: Command) -> None:
        with self._lock:
            if self._closed:
                raise LabError(f"{command.name} is not started: the lab is going down")
            if self.pid(command.name) is not None:
                raise LabError(f"{command.name} runs already")
            with command.log.open("ab") as log:
                try:
                    self._running[command.name] = subprocess.Popen(
                        command.argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=command.directory,
                        env=_environment() | command.environment)
                except FileNotFoundError as error:
                    raise LabError(f"cannot start {command.name}: {error.filename} is missing") from error

    def run(self, command: Command, deadline: float) -> None:
        """Runs a process to its end, which must be a good one."""
        self.start(command)
        child = self._running[command.name]
        try:
            status = child.wait(deadline)
        except subprocess.TimeoutExpired:
            raise LabError(f"{command.name} did not end within {deadline:g} s; its log is {command.log}") from None
        if status != 0:
            raise LabError(f"{command.name} failed: {last_line(command.log)}")

    def pid(self, name: str) -> int | None:
        with self._lock:
            child = self._running.get(name)
            return child.pid if child is not None and child.poll() is None else None

    def must_run(self, command: Command) -> None:
        """For use while waiting for a process to be ready: there is no use in waiting for a dead one."""
        if self.pid(command.name) is None:
            raise LabError(f"{command.name} ended while it started: {last_line(command.log)}")

    def send(self, name: str, number: signal.Signals) -> None:
        with self._lock:
            if self.pid(name) is None:
                raise LabError(f"{name} does not run")
            self._running[name].send_signal(number)

    def end(self, name: str, number: signal.Signals, deadline: float) -> None:
        with self._lock:
            self.send(name, number)
            child = self._running[name]
        try:
            child.wait(deadline)
        except subprocess.TimeoutExpired:
            raise LabError(f"{name} (process {child.pid}) did not end within {deadline:g} s of {number.name}") from None

    def end_all(self, names: list[str], deadline: float) -> None:
        """Asks all of them to end; who is too slow is left to those who kill."""
        with self._lock:
            children = [self._running[name] for name in names if self.pid(name) is not None]
            for child in children:
                child.terminate()
        for child in children:
            try:
                child.wait(deadline)
            except subprocess.TimeoutExpired:
                pass

    def reap(self) -> None:
        """Collects every child that has ended: our own keep their exit status, the adopted ones are let go."""
        with self._lock:
            while (ended := _peek_at_ended_child()) is not None:
                ours = next((child for child in self._running.values() if child.pid == ended), None)
                if ours is None or ours.returncode is not None:
                    os.waitpid(ended, 0)
                else:
                    ours.wait()


def _peek_at_ended_child() -> int | None:
    try:
        result = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return result.si_pid if result is not None else None


def _environment() -> dict[str, str]:
    """A known one: of the caller's only the sanitizers' options come in, no proxies, XDG directories or MYSQL_*."""
    known = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
    return known | {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}


def last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return f"{lines[-1]} (in {log})" if lines else f"it said nothing (in {log})"
