"""Hosts as CloudStack sees them: Up while their agent pings, Alert after ping.timeout x ping.interval of silence.

The time of the last ping is kept in memory only, as in CloudStack: host.last_ping is written when the status changes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable

import pymysql
from pymysql.cursors import DictCursor

from . import configuration, events, power_records
from .clock import in_units, utc_now
from .cloud import Cloud
from .database import Row, all_rows, one_row

_WATCH_SECONDS = 0.5


class Hosts:
    def __init__(self, cloud: Cloud, host_ids: Iterable[int]) -> None:
        self._cloud = cloud
        self._lock = threading.Lock()  # never held while anybody is asked
        self._heard = dict.fromkeys(host_ids, time.monotonic())
        self._connected: set[int] = set()
        self._silent: set[int] = set()  # already in Alert

    def ping(self, host_id: int) -> None:
        """The host's agent answered. The first time, and after a silence, it connects."""
        with self._lock:
            self._heard[host_id] = time.monotonic()
            is_connected = host_id in self._connected
        if not is_connected:
            self._connect(host_id)

    def is_connected(self, host_id: int) -> bool:
        with self._lock:
            return host_id in self._connected

    def watch(self) -> None:
        """Finds the hosts that fell silent, until the server stops."""
        while not self._cloud.stopping.wait(_WATCH_SECONDS):
            try:
                with self._cloud.database.transaction() as sql:
                    behind_seconds = configuration.read_ping(sql).behind_seconds
                for host_id in self._behind(behind_seconds):
                    self._alert(host_id)
            except pymysql.err.MySQLError as error:
                self._cloud.log.write("database-error", where="host-watch", error=error)

    def _behind(self, seconds: float) -> list[int]:
        now = time.monotonic()
        with self._lock:
            return [id for id, heard in self._heard.items() if now - heard > seconds and id not in self._silent]

    def _connect(self, host_id: int) -> None:
        with self._cloud.database.transaction() as sql:
            host = _set_status(sql, host_id, "Up", self._cloud.management_server_id)
            power_records.reset_host(sql, host_id)
        with self._lock:
            self._connected.add(host_id)
            self._silent.discard(host_id)
        self._cloud.log.write("host", name=host["name"], was=host["status"], status="Up")

    def _alert(self, host_id: int) -> None:
        with self._cloud.database.transaction() as sql:
            host = _set_status(sql, host_id, "Alert", None)
            events.alert(
                sql, events.ALERT_HOST, host["data_center_id"], host["pod_id"],
                f"Host {host['name']} is behind on ping: its agent is in state Alert",
            )
        with self._lock:
            self._connected.discard(host_id)
            self._silent.add(host_id)
        self._cloud.log.write("host", name=host["name"], was=host["status"], status="Alert")


def routing_hosts(sql: DictCursor) -> list[Row]:
    """The hypervisors: other rows of `host` are system VMs with an agent of their own."""
    return all_rows(
        sql, "SELECT * FROM host WHERE type = 'Routing' AND hypervisor_type = 'KVM' AND removed IS NULL ORDER BY id"
    )


def _set_status(sql: DictCursor, host_id: int, status: str, management_server_id: int | None) -> Row:
    """Returns the host as it was before."""
    host = one_row(sql, "SELECT * FROM host WHERE id = %s FOR UPDATE", host_id)
    if host is None:
        raise LookupError(f"host has no row {host_id}")
    now = utc_now()
    sql.execute(
        "UPDATE host SET status = %s, mgmt_server_id = %s, last_ping = %s, disconnected = %s,"
        " update_count = update_count + 1 WHERE id = %s",
        (
            status,
            management_server_id,
            in_units(now) if status == "Up" else host["last_ping"],
            host["disconnected"] if status == "Up" else now,
            host_id,
        ),
    )
    return host
