"""A cloud without hosts: a private database with the lab's world in it, and the API in this process. For everything that
needs no guest. WARDEN_TEST_DATABASE chooses the server, as for all tests."""

from __future__ import annotations

import os
import pathlib
import tempfile
import threading
import unittest
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import cs
import pymysql
from pymysql.cursors import DictCursor

from management_server import nics, vm_state, world
from management_server.api.server import ApiServer, Mode
from management_server.cloud import Cloud
from management_server.database import Database, DatabaseSettings
from management_server.fleet import Fleet
from management_server.jobs import Jobs
from management_server.log import Log
from management_server.operations import Operations
from management_server.settings import Address
from management_server.tenants import AccountRow
from management_server.world import HostSpec, VmSpec, World
from warden_lab import addresses, database_flavours, layout
from warden_lab.database import Database as DatabaseServer
from warden_lab.layout import Layout
from warden_lab.processes import Processes

_API_KEY, _SECRET_KEY = "key", "secret"
_END_SECONDS = 60


class CloudCase(unittest.TestCase):
    """One cloud for all tests of a class; every test works on VMs of its own. The VMs are Stopped."""

    VMS = 8
    SCHEMA = "4.20"

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = cls._start_database()
        account = cls.server.management_server
        with cls.server.connect(account, "cloud") as connection:
            created = world.create(connection, World(
                hosts=[HostSpec("host1", "127.0.0.2")], vms=[VmSpec(0) for _ in range(cls.VMS)], api_key=_API_KEY,
                secret_key=_SECRET_KEY, schema=cls.SCHEMA))
        cls.accounts: dict[str, AccountRow] = {row.name: row for row in created.accounts}
        settings = DatabaseSettings("127.0.0.1", cls.server.port, account.user, account.password, "cloud")
        cls.log_file = pathlib.Path(cls.root, "management-server.log")
        cls.cloud = Cloud(Database(settings), Log(cls.log_file), "", world.MANAGEMENT_SERVER_ID)
        cls.api = cls._start_api()
        cls._stop_vms()

    @classmethod
    def _start_database(cls) -> DatabaseServer:
        cls.root = tempfile.mkdtemp(prefix="wcc", dir="/tmp")
        cls.addClassCleanup(layout.remove, pathlib.Path(cls.root))
        layout.claim(pathlib.Path(cls.root))
        processes = Processes()
        server = DatabaseServer(Layout(pathlib.Path(cls.root)), processes, addresses.free_ports(1)[0],
                                database_flavours.find(pathlib.Path(os.environ.get("WARDEN_TEST_DATABASE", "mariadb")).name))
        cls.addClassCleanup(processes.end_all, ["database"], _END_SECONDS)
        server.create()
        return server

    @classmethod
    def _start_api(cls) -> cs.CloudStack:
        operations = Operations(cls.cloud, Fleet(cls.cloud, []), Jobs(cls.cloud))
        api = ApiServer(Address("127.0.0.1", 0), operations, Mode())
        threading.Thread(target=api.serve_forever, daemon=True).start()
        cls.addClassCleanup(api.server_close)
        cls.addClassCleanup(api.shutdown)
        cls.endpoint = f"http://127.0.0.1:{api.server_port}/client/api"
        return cls.client(_API_KEY, _SECRET_KEY)

    @classmethod
    def client(cls, key: str, secret: str) -> cs.CloudStack:
        return cs.CloudStack(endpoint=cls.endpoint, key=key, secret=secret, timeout=60)

    @classmethod
    def _stop_vms(cls) -> None:
        with cls.cloud.database.transaction() as sql:
            for vm_id in range(world.FIRST_VM_ID, world.FIRST_VM_ID + cls.VMS):
                vm_state.change(sql, vm_state.read(sql, vm_id), vm_state.Event.AgentReportStopped, None)
                nics.release(sql, vm_id)

    @contextmanager
    def session(self) -> Iterator[DictCursor]:
        """A foreign session, with its transaction open until the end of the block."""
        administrator = self.server.administrator
        connection = pymysql.connect(host="127.0.0.1", port=self.server.port, user=administrator.user,
                                     password=administrator.password, database="cloud")
        with connection, connection.cursor(DictCursor) as sql:
            yield sql

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        with self.cloud.database.transaction() as sql:
            sql.execute(query, parameters)
            return list(sql.fetchall())

    def value(self, query: str, *parameters: Any) -> Any:
        rows = self.rows(query, *parameters)
        return next(iter(rows[0].values())) if rows else None

    def vm(self, vm_id: int) -> dict[str, Any]:
        return self.rows("SELECT * FROM vm_instance WHERE id = %s", vm_id)[0]

    def live_nics(self, vm_id: int) -> list[dict[str, Any]]:
        return self.rows("SELECT i.*, n.name AS network FROM nics i JOIN networks n ON n.id = i.network_id"
                         " WHERE i.instance_id = %s AND i.removed IS NULL ORDER BY i.device_id", vm_id)

    def network(self, name: str) -> dict[str, Any]:
        return self.rows("SELECT * FROM networks WHERE name = %s AND removed IS NULL", name)[0]

    def log(self, *words: str) -> list[str]:
        """The lines of the management server's log that hold all of these words, with plain quotes."""
        lines = self.log_file.read_text(encoding="utf-8").replace("'\"'\"'", "'").splitlines()
        return [line for line in lines if all(word in line for word in words)]

    def error_of(self, ask: Callable[[], object]) -> dict[str, Any]:
        """What the API refuses with."""
        with self.assertRaises(cs.CloudStackApiException) as refused:
            ask()
        return dict(refused.exception.error)
