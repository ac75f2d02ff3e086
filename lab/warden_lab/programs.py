"""The programs that watch and repair: Prometheus, Alertmanager and the two of Warden."""

import http.client
import signal
from dataclasses import dataclass
from pathlib import Path

from . import web
from .failure import LabError
from .layout import Layout
from .processes import Command, Processes
from .waiting import wait_until

EXPORTER = "exporter"
CONTROLLER = "controller"
PROMETHEUS = "prometheus"
ALERTMANAGER = "alertmanager"
CONTROLLER2 = "controller2"  # a second one on the same journal, only where it is asked for
ORDINARY = [EXPORTER, CONTROLLER, PROMETHEUS, ALERTMANAGER]
CONTROLLERS = [CONTROLLER, CONTROLLER2]
NAMES = [*ORDINARY, CONTROLLER2]

_START_DEADLINE = 60
_STOP_DEADLINE = 20


def parse_list(text: str) -> list[str]:
    if text in ("all", "none"):
        return ORDINARY if text == "all" else []
    wanted = text.split(",")
    for name in wanted:
        if name not in NAMES:
            raise LabError(f"--programs {text}: {name!r} is none of all, none, {', '.join(NAMES)}")
    return [name for name in NAMES if name in wanted]


@dataclass(frozen=True)
class Program:
    url: str
    command: Command


class Programs:
    def __init__(self, layout: Layout, processes: Processes, ports: list[int], binaries: Path) -> None:
        self._processes = processes
        addresses = {name: f"127.0.0.1:{port}" for name, port in zip(NAMES, ports, strict=True)}
        commands = {
            EXPORTER: _warden_command("warden-exporter", binaries, layout, addresses[EXPORTER]),
            **{name: _warden_command("warden-controller", binaries, layout, addresses[name]) for name in CONTROLLERS},
            PROMETHEUS: [
                "prometheus", f"--config.file={layout.config}/prometheus.yml",
                f"--storage.tsdb.path={layout.data}/prometheus", f"--web.listen-address={addresses[PROMETHEUS]}",
                # An interval like the others: an alert that fires is told again after this time.
                "--rules.alert.resend-delay=5s"],
            ALERTMANAGER: [
                "prometheus-alertmanager", f"--config.file={layout.config}/alertmanager.yml",
                f"--storage.path={layout.data}/alertmanager", f"--web.listen-address={addresses[ALERTMANAGER]}",
                "--cluster.listen-address="],
        }
        self._all = {name: Program(f"http://{addresses[name]}", Command(name, commands[name], layout.log(name)))
                     for name in NAMES}

    def url(self, name: str) -> str:
        return self._all[name].url

    def log(self, name: str) -> Path:
        return self._all[name].command.log

    def pid(self, name: str) -> int | None:
        return self._processes.pid(name)

    def start(self, name: str) -> None:
        program = self._all[name]
        self._processes.start(program.command)

        def ready() -> bool:
            self._processes.must_run(program.command)
            return _says_ready(program.url)

        wait_until(f"{name} to be ready at {program.url}/-/ready (its log is {program.command.log})",
                   _START_DEADLINE, ready)

    def end(self, name: str, number: signal.Signals) -> None:
        self._processes.end(name, number, _STOP_DEADLINE)


def check_binaries(names: list[str], directory: Path) -> None:
    for name in names:
        binary = directory / f"warden-{CONTROLLER if name in CONTROLLERS else name}"
        if name in (EXPORTER, *CONTROLLERS) and not binary.is_file():
            raise LabError(f"{binary} is missing: `./run` builds it, --bin-dir names another directory, "
                           "--programs none does without")


def _warden_command(name: str, binaries: Path, layout: Layout, address: str) -> list[str]:
    return [str(binaries / name), "--config.file", f"{layout.config}/warden.yml", "--web.listen-address", address]


def _says_ready(url: str) -> bool:
    try:
        return web.request(f"{url}/-/ready", timeout=1)[0] == 200
    except (OSError, http.client.HTTPException):
        return False
