"""The state machine of a virtual machine, and the only code that writes vm_instance.state."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from pymysql.cursors import DictCursor

from . import events
from .clock import utc_now
from .cloud import Cloud
from .database import Row, one_row


class Event(enum.Enum):
    StartRequested = enum.auto()
    StopRequested = enum.auto()
    MigrationRequested = enum.auto()
    RecoveryRequested = enum.auto()
    OperationSucceeded = enum.auto()
    OperationFailed = enum.auto()
    AgentReportStopped = enum.auto()
    FollowAgentPowerOnReport = enum.auto()
    FollowAgentPowerOffReport = enum.auto()


# The states in which a VM has, or may have, a domain on its host.
WITH_DOMAIN = ("Starting", "Running", "Stopping", "Migrating")
IN_TRANSITION = ("Starting", "Stopping", "Migrating")

_NEXT: dict[tuple[str, Event], str] = {
    ("Stopped", Event.StartRequested): "Starting",
    ("Starting", Event.OperationSucceeded): "Running",
    ("Starting", Event.OperationFailed): "Stopped",
    ("Running", Event.StopRequested): "Stopping",
    ("Stopping", Event.StopRequested): "Stopping",
    ("Stopping", Event.OperationSucceeded): "Stopped",
    ("Stopping", Event.OperationFailed): "Running",
    ("Running", Event.MigrationRequested): "Migrating",
    ("Migrating", Event.OperationSucceeded): "Running",
    ("Migrating", Event.OperationFailed): "Running",
    ("Destroyed", Event.RecoveryRequested): "Stopped",
    **{(state, Event.AgentReportStopped): "Stopped" for state in (*WITH_DOMAIN, "Stopped")},
    **{(state, Event.FollowAgentPowerOffReport): "Stopped" for state in (*WITH_DOMAIN, "Stopped")},
    **{(state, Event.FollowAgentPowerOnReport): "Running" for state in (*WITH_DOMAIN, "Stopped")},
}


class NoTransition(Exception):
    """The state machine knows no such step."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the VM's state since it was read: the optimistic lock refuses."""


@dataclass(frozen=True)
class Transition:
    vm: str
    before: str
    after: str
    event: str

    def fields(self) -> dict[str, object]:
        return {"vm": self.vm, "from": self.before, "to": self.after, "event": self.event}


def read(sql: DictCursor, vm_id: int) -> Row:
    vm = one_row(sql, "SELECT * FROM vm_instance WHERE id = %s", vm_id)
    if vm is None:
        raise LookupError(f"vm_instance has no row {vm_id}")
    return vm


def change(sql: DictCursor, vm: Row, event: Event, host_id: int | None) -> Transition | None:
    """Moves the VM, as it was read, along `event` to `host_id`. None: it is there already, and nothing is written."""
    before, after = vm["state"], _NEXT.get((vm["state"], event))
    if after is None:
        raise NoTransition(f"{vm['instance_name']} is {before}: {event.name} is not possible")
    if after == before and vm["host_id"] == host_id:
        return None
    host = one_row(sql, "SELECT pod_id FROM host WHERE id = %s", host_id)
    sql.execute("SELECT id FROM vm_instance WHERE id = %s FOR UPDATE", (vm["id"],))
    changed = sql.execute(
        "UPDATE vm_instance SET state = %s, host_id = %s, last_host_id = %s, update_time = %s,"
        " pod_id = %s, update_count = update_count + 1"
        " WHERE id = %s AND state = %s AND host_id <=> %s AND update_count = %s",
        (
            after,
            host_id,
            _last_host(vm, after, event, host_id),
            utc_now(),
            host["pod_id"] if host else vm["pod_id"],
            vm["id"],
            before,
            vm["host_id"],
            vm["update_count"],
        ),
    )
    if changed == 0:
        _accept_if_already_there(sql, vm, after)
        return None
    if usage := _usage(before, after, event):
        events.usage(sql, usage, vm)
    return Transition(vm["instance_name"], before, after, event.name)


def move(cloud: Cloud, vm: Row, event: Event, host_id: int | None) -> Row:
    """The change in a transaction of its own. Returns the VM as it is then."""
    with cloud.database.transaction() as sql:
        moved = change(sql, vm, event, host_id)
        changed = read(sql, vm["id"])
    if moved:
        cloud.log.write("transition", **moved.fields())
    return changed


def _accept_if_already_there(sql: DictCursor, vm: Row, after: str) -> None:
    now = read(sql, vm["id"])
    if now["state"] != after:
        raise ChangedMeanwhile(
            f"{vm['instance_name']} was {vm['state']} (update_count {vm['update_count']}) when it was read, "
            f"and is {now['state']} (update_count {now['update_count']}) now"
        )


def _last_host(vm: Row, after: str, event: Event, host_id: int | None) -> int | None:
    """Power reports do not touch last_host_id: after a migration it names the source."""
    match (vm["state"], event):
        case ("Starting", Event.OperationSucceeded):
            return host_id
        case ("Starting", Event.OperationFailed):
            return None
        case ("Stopping", Event.OperationSucceeded) | ("Running", Event.MigrationRequested):
            return vm["host_id"]
        case _:
            return vm["last_host_id"]


def _usage(before: str, after: str, event: Event) -> str | None:
    if after == "Running" and (before, event) in (
        ("Starting", Event.OperationSucceeded),
        ("Stopped", Event.FollowAgentPowerOnReport),
    ):
        return "VM.START"
    if after == "Stopped" and before in ("Running", "Stopping"):
        return "VM.STOP"
    return "VM.CREATE" if event is Event.RecoveryRequested else None
