"""The tree of processes below this one, and its end."""

import ctypes
import os
import signal
import time
from pathlib import Path

from .failure import LabError

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def adopt_orphans() -> None:
    """Whatever daemonizes below this process becomes its child, not init's: QEMU does."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(number: signal.Signals) -> None:
    """Asks for a signal when the parent dies, even by SIGKILL."""
    _prctl(_PR_SET_PDEATHSIG, number)


def process_state(pid: int) -> str | None:
    """One letter as in ps (R, S, T stopped, Z zombie), or None when there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return stat.rpartition(")")[2].split()[0]


def _parents() -> dict[int, int]:
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            stat = Path(entry.path, "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return parents


def descendants() -> set[int]:
    parents = _parents()
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def _reap_all() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass  # no children are left


def end_descendants(deadline: float = 10) -> None:
    """Kills every descendant, those included that are forked or orphaned meanwhile."""
    end = time.monotonic() + deadline
    while found := descendants():
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # it ended by itself
        _reap_all()
        if time.monotonic() > end:
            raise LabError(f"these processes of the lab do not die: {sorted(found)}")
        time.sleep(0.005)
