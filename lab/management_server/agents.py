"""One agent per host, each with a thread of its own: it reports the host's domains, and carries out commands there.

A host that does not answer holds up nobody but its own thread. Commands have a deadline: when it passes, the agent
counts as unavailable, although the command may still be carried out once the host answers again.
"""

from __future__ import annotations

import datetime
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import libvirt
import pymysql

from . import configuration, hypervisor, power_records, power_sync, power_transitions
from .clock import utc_now
from .cloud import Cloud
from .database import Row
from .hosts import Hosts
from .hypervisor import Hypervisor

T = TypeVar("T")

_FIRST_INTERVAL_SECONDS = 2.0  # until ping.interval could be read


class AgentUnavailable(Exception):
    """The host's agent is not connected, or did not answer a command in time."""


class Agent(threading.Thread):
    def __init__(self, cloud: Cloud, hosts: Hosts, host: Row) -> None:
        super().__init__(name=f"agent-{host['name']}", daemon=True)
        ip = host["private_ip_address"]
        self.hypervisor = Hypervisor(host["id"], host["name"], ip, cloud.libvirt_uri.format(private_ip=ip))
        self.first_round_done = threading.Event()
        self._cloud = cloud
        self._hosts = hosts
        self._connection: libvirt.virConnect | None = None
        self._interval = _FIRST_INTERVAL_SECONDS

    def run(self) -> None:
        while not self._cloud.stopping.is_set():
            started = time.monotonic()
            try:
                self._ping()
            except libvirt.libvirtError as error:
                self._connection = None  # opened again in the next round
                self._cloud.log.write("agent-lost", host=self.hypervisor.name, error=error)
            except pymysql.err.MySQLError as error:
                self._cloud.log.write("database-error", where=self.name, error=error)
            self.first_round_done.set()
            self._cloud.stopping.wait(max(0.0, self._interval - (time.monotonic() - started)))

    def is_connected(self) -> bool:
        return self._hosts.is_connected(self.hypervisor.host_id)

    def command(self, work: Callable[[Hypervisor], T], deadline_seconds: float) -> T:
        """Carries out `work` on the host. What it returns or raises comes through."""
        if not self.is_connected():
            raise AgentUnavailable(f"the agent of host {self.hypervisor.name} is not connected")
        answer: queue.SimpleQueue[tuple[Any, Exception | None]] = queue.SimpleQueue()

        def carry_out() -> None:
            try:
                answer.put((work(self.hypervisor), None))
            except Exception as error:  # whatever it is, it belongs to the thread that asked
                answer.put((None, error))

        threading.Thread(target=carry_out, name=f"command-{self.hypervisor.name}", daemon=True).start()
        try:
            result, error = answer.get(timeout=deadline_seconds)
        except queue.Empty:
            raise AgentUnavailable(f"host {self.hypervisor.name} did not answer in {deadline_seconds:g} s") from None
        if error is not None:
            raise error
        return result

    def _ping(self) -> None:
        collected = utc_now()
        if self._connection is None:
            self._connection = self.hypervisor.open()
        report = hypervisor.powered_on(self._connection)
        self._cloud.log.write("power-report", host=self.hypervisor.name, vms=",".join(sorted(report)))
        self._hosts.ping(self.hypervisor.host_id)
        with self._cloud.database.transaction() as sql:
            ping = configuration.read_ping(sql)
        self._interval = ping.interval_seconds
        for vm_id in self._process(report, collected, ping.grace_seconds):
            power_transitions.follow(self._cloud, vm_id)
        power_transitions.resolve_stalled(self._cloud, self.hypervisor.host_id)

    def _process(self, report: set[str], collected: datetime.datetime, grace_seconds: float) -> list[int]:
        """Writes what the report changes, and returns the VMs whose listeners are to be told."""
        host_id, defect = self.hypervisor.host_id, self._cloud.defect
        with self._cloud.database.transaction() as sql:
            records = power_records.reported(sql, report)
            present = power_sync.reported(records, host_id, collected, defect)
            power_records.write(sql, present)
        with self._cloud.database.transaction() as sql:
            records = power_records.missing(sql, report, host_id)
            absent = power_sync.missing(records, host_id, grace_seconds, utc_now(), defect)
            power_records.write(sql, absent)
        for record in records:
            self._cloud.log.write("missing", vm=record.instance_name, host=self.hypervisor.name, count=record.count)
        return present.publish + absent.publish
