"""Puts the parts together, and runs them until the server is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from . import ha_work, heartbeat, high_availability, hosts, jobs
from .api.server import ApiServer, Mode
from .cloud import Cloud
from .control import ControlServer
from .database import Database
from .fleet import Fleet
from .log import Log
from .operations import Operations
from .settings import Settings

_FIRST_ROUND_SECONDS = 10.0


class ManagementServer:
    def __init__(self, settings: Settings) -> None:
        database = Database(settings.database)
        with database.transaction() as sql:
            own_id = heartbeat.own_id(sql)
            routing_hosts = hosts.routing_hosts(sql)
            jobs.cancel_unfinished(sql)
            ha_work.take_up_again(sql)
            heartbeat.begin(sql, own_id)
        self.cloud = Cloud(database, Log(settings.log), settings.libvirt_uri, own_id, settings.defect)
        self._fleet = Fleet(self.cloud, routing_hosts)
        mode = Mode()
        self._operations = Operations(self.cloud, self._fleet, jobs.Jobs(self.cloud))
        self._api = ApiServer(settings.api, self._operations, mode)
        self._control = ControlServer(settings.control, self._operations, mode)

    def start(self) -> None:
        """Returns when both ports answer and each agent has made its first round."""
        self.cloud.log.write("start", msid=self.cloud.management_server_id, defect=self.cloud.defect.value)
        self._fleet.start()
        _in_background("heartbeat", lambda: heartbeat.beat(self.cloud))
        _in_background("high-availability", lambda: high_availability.run_worker(self._operations))
        _in_background("api", self._api.serve_forever)
        _in_background("control", self._control.serve_forever)
        self._fleet.wait_for_first_round(_FIRST_ROUND_SECONDS)

    def stop(self) -> None:
        """Whatever still waits for a host or for the database is left behind: its threads end with the process."""
        self.cloud.stopping.set()
        self.cloud.log.write("stop")
        with self.cloud.database.transaction() as sql:
            heartbeat.end(sql, self.cloud.management_server_id)


def _in_background(name: str, work: Callable[[], None]) -> None:
    threading.Thread(target=work, name=name, daemon=True).start()
