"""`./run --config FILE`: both programs against a real cloud, without the lab."""

import argparse
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from .descendants import adopt_orphans, end_descendants
from .options import BINARIES

_PROGRAMS = ("warden-exporter", "warden-controller")
_FAREWELL_SECONDS = 10


def _follow(children: dict[str, "subprocess.Popen[bytes]"]) -> int:
    """Returns as soon as one of them ends: alone neither is of use."""
    waits = {os.pidfd_open(child.pid): name for name, child in children.items()}
    ended, _, _ = select.select(list(waits), [], [])
    name = waits[ended[0]]
    print(f"run: {name} ended with status {children[name].wait()}; it says why above", file=sys.stderr)
    return 1


def _end(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(_FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            pass  # killed below
    end_descendants()


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt(signal.Signals(number).name)


def main() -> int:
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("--config", type=Path, required=True)
    config = parser.parse_args().config.absolute()
    if not config.is_file():
        print(f"run: there is no file {config}; config/warden.yml is an example", file=sys.stderr)
        return 1
    adopt_orphans()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in _PROGRAMS:
            # setpriv: they end with us even if we are killed. A group of their own: Ctrl-C is passed on in order.
            command = ["setpriv", "--pdeathsig", "TERM", "--", str(BINARIES / name), "--config.file", str(config)]
            children[name] = subprocess.Popen(command, process_group=0)
        return _follow(children)
    except KeyboardInterrupt:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _end(children)


if __name__ == "__main__":
    sys.exit(main())
