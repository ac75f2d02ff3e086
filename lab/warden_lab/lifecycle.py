"""`labctl up` and `labctl down`, seen from outside the lab."""

import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from . import control, layout
from .failure import LabError
from .layout import PROJECT, Layout
from .options import Options

_END_DEADLINE = 30


def up(root: Path, options: Options, while_pid: int | None, report: Callable[[str], None]) -> None:
    """Returns when the lab is up; an interrupted start leaves nothing behind."""
    layout.check_path(root)
    command = [sys.executable, "-m", "warden_lab.supervisor", "--directory", str(root), "--options", options.to_json()]
    if while_pid is not None:
        command += ["--while-pid", str(while_pid)]
    # Out of the terminal's reach: Ctrl-C is for us, and we tell the supervisor by closing its stdin.
    supervisor = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/",
                                  env=os.environ | {"PYTHONPATH": str(PROJECT / "lab")}, start_new_session=True)
    try:
        _follow(supervisor, report)
    except BaseException:
        supervisor.stdin.close()
        _wait_for_end(os.pidfd_open(supervisor.pid), root)
        raise


def _follow(supervisor: "subprocess.Popen[str]", report: Callable[[str], None]) -> None:
    for line in supervisor.stdout:
        kind, _, text = line.strip().partition(" ")
        if kind == "ready":
            return
        if kind == "failed":
            raise LabError(text)
        report(text)
    raise LabError("the lab ended while it started")


def down(root: Path) -> None:
    supervisor = control.ask(Layout(root).control_socket, {"do": "down"})["pid"]
    try:
        process = os.pidfd_open(supervisor)
    except ProcessLookupError:
        return  # it was quick
    _wait_for_end(process, root)


def _wait_for_end(process: int, root: Path) -> None:
    ended, _, _ = select.select([process], [], [], _END_DEADLINE)
    os.close(process)
    if not ended:
        raise LabError(f"the lab in {root} did not end within {_END_DEADLINE} s")
