"""A lab for the tests, through its only face: lab/labctl."""

import json
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymysql
from warden_lab import guests

ROOT = Path(__file__).resolve().parent.parent.parent
LABCTL = ROOT / "lab" / "labctl"
BINARIES = Path(os.environ.get("WARDEN_BIN_DIR", ROOT / "build" / "dev" / "bin"))
_UP_SECONDS = 120
_COMMAND_SECONDS = 60

Row = dict[str, Any]


def _database_option() -> list[str]:
    """The server that WARDEN_TEST_DATABASE names: where tools/setup_database has unpacked it."""
    root = os.environ.get("WARDEN_TEST_DATABASE")
    return ["--database", Path(root).name] if root else []


class Lab:
    """Runs from up() to down(); ends with this process in any case."""

    def __init__(self, *up_options: str) -> None:
        self._options = (*_database_option(), *up_options)
        self._directory = tempfile.mkdtemp(prefix="wlab-", dir="/tmp")  # short: QEMU's socket paths have a limit
        self._status: dict[str, Any] = {}

    def up(self) -> None:
        os.rmdir(self._directory)
        self._labctl("up", "--while-pid", str(os.getpid()), "--bin-dir", str(BINARIES), *self._options, within=_UP_SECONDS)
        self.refresh()

    def down(self) -> None:
        self._labctl("down")

    def fault(self, *words: str) -> str:
        return self._labctl("fault", *words)

    def make(self, *words: str) -> str:
        """What a move of a VM can meet."""
        return self._labctl("make", *words)

    def program(self, action: str, name: str) -> None:
        self._labctl("program", action, name)

    def refresh(self) -> None:
        self._status = json.loads(self._labctl("status", "--json"))

    @property
    def status(self) -> dict[str, Any]:
        """As of the last refresh()."""
        return self._status

    def __getitem__(self, key: str) -> Any:
        return self._status[key]

    def vm(self, name: str) -> Row:
        return next(vm for vm in self["vms"] if vm["name"] == name)

    @contextmanager
    def database(self) -> Iterator[pymysql.cursors.DictCursor]:
        """The database administrator's session, with autocommit."""
        server = self["database"]
        connection = pymysql.connect(host=server["host"], port=server["port"], user=server["user"], autocommit=True,
                                     password=server["password"], database="cloud", connect_timeout=5, read_timeout=30)
        with connection, connection.cursor(pymysql.cursors.DictCursor) as cursor:
            yield cursor

    def query(self, sql: str, *values: object) -> list[Row]:
        with self.database() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def record(self, vm: str) -> Row:
        """What CloudStack records of the VM and its NIC."""
        return self.query(
            "SELECT v.state, v.power_state, v.power_state_update_count AS reports, h.name AS host, v.update_count,"
            " n.state AS nic, n.ip4_address AS address FROM vm_instance v LEFT JOIN host h ON h.id = v.host_id"
            " JOIN nics n ON n.instance_id = v.id AND n.removed IS NULL WHERE v.instance_name = %s", vm)[0]

    def is_healthy(self) -> bool:
        """Every VM has been reported as often as CloudStack counts."""
        return not self.query("SELECT id FROM vm_instance WHERE removed IS NULL"
                              " AND NOT (power_state = 'PowerOn' AND power_state_update_count >= 3)")

    def management_log(self, kind: str, **fields: str) -> list[dict[str, str]]:
        """The events of one kind in the management server's log whose fields have these values."""
        events = []
        for line in Path(self["management_server"]["log"]).read_text(encoding="utf-8").splitlines():
            words = shlex.split(line)
            event = dict(word.split("=", 1) for word in words[2:] if "=" in word)
            if words[1:2] == [kind] and fields.items() <= event.items():
                events.append({"at": words[0], **event})
        return events

    def stop_commands(self, vm: str) -> int:
        """How many StopCommands really went to an agent for this VM."""
        return len(self.management_log("stop-command", vm=vm))

    def requests(self, vm: str, command: str) -> int:
        """How many calls of this command the API has had for this VM."""
        return len(self.management_log("api-request", command=command, id=self.vm(vm)["id"]))

    def stop_requests(self, vm: str) -> int:
        return self.requests(vm, "stopVirtualMachine")

    def start_requests(self, vm: str) -> int:
        return self.requests(vm, "startVirtualMachine")

    def live_on(self, vm: str) -> list[str]:
        """The hosts whose libvirt shows a live domain of the VM; frozen ones cannot be asked."""
        return [host["name"] for host in self["hosts"] if not guests.is_frozen(host) and vm in guests.list_domains(host)]

    def log_of(self, program: str) -> str:
        return Path(self["programs"][program]["log"]).read_text(encoding="utf-8", errors="replace")

    def _labctl(self, *words: str, within: float = _COMMAND_SECONDS) -> str:
        command = [str(LABCTL), "--dir", self._directory, *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=within, stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{shlex.join(command)} failed: {done.stderr.strip()}")
        return done.stdout
