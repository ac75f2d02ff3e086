"""The process that owns a lab: everything of the lab runs below it, and ends with it.

Two processes, one watching the other. The inner one starts the lab and serves labctl. The outer one adopts whatever is
orphaned, waits for the inner one's end, however it comes, kills all that is left and removes the directory.

Towards the `labctl up` that started it: a line `progress ...` for each step, then `ready` or `failed ...` on stdout;
the end of stdin before that means that nobody waits any more, and the lab goes down again.
"""

import argparse
import logging
import os
import select
import signal
import socket
import sys
import threading
from pathlib import Path

from . import control, layout
from .control import Request
from .descendants import adopt_orphans, end_descendants, end_with_parent
from .failure import LabError
from .hosts import silence_libvirt
from .lab import Lab
from .layout import Layout
from .options import Options
from .processes import Processes


def _tell(line: str) -> None:
    try:
        print(line.replace("\n", " "), flush=True)
    except BrokenPipeError:
        pass  # whoever started us is gone; the end of stdin says so too


def _leave_terminal() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


class _Inner:
    """Starts the lab, then waits for a reason to end it."""

    def __init__(self, root: Path, options: Options, owner: int | None) -> None:
        self._layout = Layout(root)
        self._processes = Processes()
        self._lab = Lab(self._layout, options, self._processes)
        self._wakeups, self._wake = socket.socketpair()
        self._owner = owner
        self._started = False
        self._ending = threading.Event()

    def run(self) -> None:
        self._wake.setblocking(False)
        self._wakeups.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: self._ending.set())
        control.serve(self._layout.control_socket, self._handle)
        threading.Thread(target=self._start, daemon=True).start()
        self._wait_for_the_end()
        if self._started:
            self._lab.say_farewell()
        self._processes.close()
        end_descendants()

    def _start(self) -> None:
        try:
            self._lab.start(lambda step: _tell(f"progress {step}"))
            self._started = True
            _tell("ready")
        except LabError as error:
            _tell(f"failed {error}")
            self._end()
        except Exception as error:
            logging.exception("start")
            _tell(f"failed {type(error).__name__}: {error}")
            self._end()
        self._wake.send(b"\0")

    def _end(self) -> None:
        self._ending.set()
        self._wake.send(b"\0")

    def _wait_for_the_end(self) -> None:
        watched = [self._wakeups, sys.stdin]
        if self._owner is not None:
            watched.append(self._owner)
        while not self._ending.is_set():
            ready, _, _ = select.select(watched, [], [])
            if self._wakeups in ready:
                self._wakeups.recv(4096)
                self._processes.reap()
            if self._owner in ready:
                return
            if self._started and sys.stdin in watched:
                watched.remove(sys.stdin)
                _leave_terminal()
            elif sys.stdin in ready:
                return

    def _handle(self, request: Request) -> object:
        if request == {"do": "down"}:
            self._end()
            return {"pid": os.getppid()}
        if not self._started:
            raise LabError("the lab is still starting")
        return self._lab.handle(request)


def _watch(inner: int) -> None:
    """Waits for the inner process, reaping what was orphaned meanwhile."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: os.kill(inner, received))
    while os.wait()[0] != inner:
        pass


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Owns one lab; started by labctl.")
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--options", type=Options.from_json, required=True)
    parser.add_argument("--while-pid", type=int)
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    try:
        owner = os.pidfd_open(arguments.while_pid) if arguments.while_pid is not None else None
        lock = layout.claim(arguments.directory)
    except ProcessLookupError:
        _tell(f"failed --while-pid: no process {arguments.while_pid} runs")
        return 1
    except LabError as error:
        _tell(f"failed {error}")
        return 1
    os.set_inheritable(lock, False)
    adopt_orphans()
    watcher = os.getpid()
    inner = os.fork()
    if inner == 0:
        end_with_parent(signal.SIGTERM)
        _run_inner(arguments, owner, watcher)
    _leave_terminal()
    _watch(inner)
    end_descendants()
    layout.remove(arguments.directory)
    return 0


def _run_inner(arguments: argparse.Namespace, owner: int | None, watcher: int) -> None:
    """Never returns: what the threads of the lab are doing at the end does not matter any more."""
    log = Layout(arguments.directory).log("supervisor")
    logging.basicConfig(filename=log, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        adopt_orphans()
        silence_libvirt()
        _Inner(arguments.directory, arguments.options, owner).run()
    except LabError as error:
        _tell(f"failed {error}")
    except BaseException as error:
        logging.exception("the supervisor failed")
        _tell(f"failed {type(error).__name__}: {error}")
    finally:
        end_descendants()
        if os.getppid() != watcher:
            layout.remove(arguments.directory)  # the outer process was killed, so that it is left to us
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
