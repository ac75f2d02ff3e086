"""The lab's CloudStack management server as a process."""

import json
import secrets
import signal
import sys
from pathlib import Path

from .database import Database
from .layout import PROJECT, Layout, write_secret
from .processes import Command, Processes
from .waiting import wait_until

NAME = "management-server"
_START_DEADLINE = 60
_STOP_DEADLINE = 10


class ManagementServer:
    def __init__(self, layout: Layout, processes: Processes, api_port: int, control_port: int) -> None:
        self.api_key = secrets.token_urlsafe(32)
        self.secret_key = secrets.token_urlsafe(32)
        self.api_url = f"http://127.0.0.1:{api_port}/client/api"
        self.control_url = f"http://127.0.0.1:{control_port}"
        self.log = layout.log(NAME)
        self._ports = (api_port, control_port)
        self._processes = processes
        self._config = layout.config / "management-server.json"
        self._command = Command(NAME, [sys.executable, "-m", "management_server", "--config", str(self._config)],
                                layout.log(f"{NAME}.out"), {"PYTHONPATH": str(PROJECT / "lab")})

    @property
    def pid(self) -> int | None:
        return self._processes.pid(NAME)

    def configure(self, database: Database, libvirt_uri: str, defect: str) -> None:
        api_port, control_port = self._ports
        write_secret(self._config, json.dumps({
            "database": {"host": "127.0.0.1", "port": database.port, "user": database.management_server.user,
                         "password": database.management_server.password, "name": "cloud"},
            "libvirt_uri": libvirt_uri,
            "api": {"host": "127.0.0.1", "port": api_port},
            "control": {"host": "127.0.0.1", "port": control_port},
            "defect": defect,
            "log": str(self.log),
        }, indent=2))

    def start(self) -> None:
        said_before = _count_ready(self._command.log)
        self._processes.start(self._command)

        def ready() -> bool:
            self._processes.must_run(self._command)
            return _count_ready(self._command.log) > said_before

        wait_until("the management server", _START_DEADLINE, ready)

    def end(self, number: signal.Signals) -> None:
        self._processes.end(NAME, number, _STOP_DEADLINE)


def _count_ready(output: Path) -> int:
    return output.read_text().splitlines().count("ready") if output.exists() else 0
