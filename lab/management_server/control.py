"""The lab's own port, for what no cloud has: to make the API slow, to put a job in a VM's way, to choose a defect, to let a
move fail."""

from __future__ import annotations

import http.server
import json
import threading
import urllib.parse
from collections.abc import Callable

from . import events, sequences
from .api.server import Mode
from .database import Row, one_row
from .defects import Defect
from .operations import Operations
from .reassignment import move
from .settings import Address

_MODES = ("ok", "slow", "fail", "off")
_LONGEST_WAIT_SECONDS = 5.0


class ControlServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: Address, operations: Operations, mode: Mode) -> None:
        super().__init__((address.host, address.port), _Handler)
        self._operations = operations
        self._mode = mode
        self.paths: dict[str, Callable[[dict[str, str]], dict[str, object]]] = {
            "/control/api": self._set_mode,
            "/control/job": self._add_job,
            "/control/defect": self._set_defect,
            "/control/take-mac": self._take_mac,
            "/control/failed-move": self._fail_to_move,
        }

    def _set_mode(self, parameters: dict[str, str]) -> dict[str, object]:
        mode = parameters.get("mode", "")
        if mode not in _MODES:
            raise ValueError(f"mode is one of {', '.join(_MODES)}, not {mode!r}")
        self._mode.seconds = float(parameters.get("seconds", "5"))
        self._mode.name = mode
        return {"mode": mode, "seconds": self._mode.seconds}

    def _set_defect(self, parameters: dict[str, str]) -> dict[str, object]:
        defect = Defect(parameters.get("name", ""))
        self._operations.cloud.defect = defect
        return {"defect": defect.value}

    def _add_job(self, parameters: dict[str, str]) -> dict[str, object]:
        """Answers once the job's rows are there."""
        vm, seconds = self._vm(parameters), float(parameters.get("seconds", "5"))
        name = vm["instance_name"]
        filed = threading.Event()
        threading.Thread(
            target=self._operations.occupy, args=(vm["id"], events.SYSTEM, seconds, filed), name=f"occupy-{name}", daemon=True
        ).start()
        if not filed.wait(_LONGEST_WAIT_SECONDS):
            raise ValueError(f"the job for {name} could not be written within {_LONGEST_WAIT_SECONDS:g} s")
        return {"vm": name, "seconds": seconds}

    def _take_mac(self, parameters: dict[str, str]) -> dict[str, object]:
        """Answers at once: whoever has locked the sequence makes it wait."""
        name = parameters.get("network", "")
        with self._operations.cloud.database.transaction() as sql:
            network = one_row(sql, "SELECT * FROM networks WHERE name = %s AND removed IS NULL", name)
        if network is None:
            raise ValueError(f"there is no network {name!r}")
        threading.Thread(target=self._next_mac_address, args=(name, network), name=f"take-mac-{name}", daemon=True).start()
        return {"network": name}

    def _next_mac_address(self, name: str, network: Row) -> None:
        cloud = self._operations.cloud
        try:
            address = sequences.next_mac_address(cloud, network)
        except sequences.NullSequence as error:
            cloud.log.write("mac-address-failed", network=name, error=error)
        else:
            cloud.log.write("mac-address", network=name, address=address)

    def _fail_to_move(self, parameters: dict[str, str]) -> dict[str, object]:
        """Answers when the move has failed, after InnoDB's lock wait timeout."""
        vm = self._vm(parameters)
        error = move.fail_for_want_of_a_network(self._operations.cloud, vm, events.SYSTEM)
        return {"vm": vm["instance_name"], "error": error}

    def _vm(self, parameters: dict[str, str]) -> Row:
        name = parameters.get("vm", "")
        with self._operations.cloud.database.transaction() as sql:
            vm = one_row(sql, "SELECT * FROM vm_instance WHERE instance_name = %s AND removed IS NULL", name)
        if vm is None:
            raise ValueError(f"there is no VM {name!r}")
        return vm


class _Handler(http.server.BaseHTTPRequestHandler):
    server: ControlServer
    timeout = 10

    def do_POST(self) -> None:
        url = urllib.parse.urlsplit(self.path)
        action = self.server.paths.get(url.path)
        if action is None:
            self._send(404, {"error": f"there is no {url.path}; there are {', '.join(self.server.paths)}"})
            return
        try:
            self._send(200, action(dict(urllib.parse.parse_qsl(url.query))))
        except ValueError as error:
            self._send(400, {"error": str(error)})
        except Exception as error:  # whoever asked is told, and the port stays open
            self._send(500, {"error": repr(error)})

    def log_message(self, format: str, *args: object) -> None:
        """What it changes shows in the log by itself."""

    def _send(self, status: int, body: dict[str, object]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
