"""The tables that tell what happened: event, usage_event and alert."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from pymysql.cursors import DictCursor

from .clock import utc_now
from .database import Row, insert, one_row

ALERT_SYNC = 27
ALERT_HOST = 7
ALERT_USERVM = 8
# CloudStack writes an alert of these types every time; of any other type only while none is open in the pod.
_ALWAYS_WRITTEN = (7, 8, 9, 10, 12, 14, 19, 26, 28, 29, 30, 31)
_ALERT_NAMES = {ALERT_SYNC: "ALERT.TYPE.SYNC", ALERT_HOST: "ALERT.COMPUTE.HOST", ALERT_USERVM: "ALERT.USERVM"}


@dataclass(frozen=True)
class Caller:
    """Whose key signed the request."""

    user_id: int
    account_id: int
    domain_id: int


SYSTEM = Caller(user_id=1, account_id=1, domain_id=1)


def action(
    sql: DictCursor, kind: str, state: str, caller: Caller, vm: Row, text: str, start_id: int = 0, level: str = "INFO"
) -> int:
    """One row of `event`. The rows of one operation share the id of its first as start_id."""
    return insert(
        sql, "event", uuid=str(uuid.uuid4()), type=kind, state=state, description=text, user_id=caller.user_id,
        account_id=caller.account_id, domain_id=caller.domain_id, resource_id=vm["id"], resource_type="VirtualMachine",
        created=utc_now(), level=level, start_id=start_id,
    )


def move(sql: DictCursor, caller: Caller, vm: Row, succeeded: bool) -> int:
    """The one row that a call of assignVirtualMachine leaves. It names neither the old owner nor the new one."""
    if succeeded:
        return action(sql, "VM.MOVE", "Completed", caller, vm, "Successfully completed move VM to another user")
    return action(sql, "VM.MOVE", "Completed", caller, vm, "Error while move VM to another user", level="ERROR")


def usage(sql: DictCursor, kind: str, vm: Row) -> None:
    insert(
        sql, "usage_event", type=kind, account_id=vm["account_id"], created=utc_now(), zone_id=vm["data_center_id"],
        resource_id=vm["id"], resource_name=vm["name"], offering_id=vm["service_offering_id"],
        template_id=vm["vm_template_id"], resource_type="KVM",
    )


def volume_usage(sql: DictCursor, kind: str, volume: Row) -> None:
    insert(
        sql, "usage_event", type=kind, account_id=volume["account_id"], created=utc_now(), zone_id=volume["data_center_id"],
        resource_id=volume["id"], resource_name=volume["name"], offering_id=volume["disk_offering_id"],
        template_id=volume["template_id"], size=volume["size"],
    )


def alert(sql: DictCursor, kind: int, zone_id: int, pod_id: int | None, subject: str) -> None:
    if kind not in _ALWAYS_WRITTEN and one_row(
        sql,
        "SELECT id FROM alert WHERE type = %s AND data_center_id = %s AND pod_id <=> %s AND archived = 0 LIMIT 1",
        kind,
        zone_id,
        pod_id,
    ):
        return
    now = utc_now()
    insert(
        sql, "alert", uuid=str(uuid.uuid4()), type=kind, data_center_id=zone_id, pod_id=pod_id, subject=subject,
        content=subject, sent_count=1, created=now, last_sent=now, name=_ALERT_NAMES[kind],
    )
