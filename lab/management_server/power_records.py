"""Power reports in the database: reads the rows that a report concerns, and writes what power_sync made of it."""

from __future__ import annotations

from collections.abc import Collection

from pymysql.cursors import DictCursor

from .clock import utc_now
from .database import all_rows
from .power_sync import Changes, PowerRecord

_SELECT = (
    "SELECT id AS vm_id, instance_name, state, power_state, power_host, COALESCE(power_state_update_count, 0) AS count,"
    " power_state_update_time AS power_time, update_time, created FROM vm_instance WHERE removed IS NULL AND "
)
# Migrating is left out on purpose: a VM under migration may be missing from the report of either host.
_HAS_DOMAIN = ("Starting", "Running", "Stopping")
_NOBODY = ("",)  # IN () is no SQL


def reported(sql: DictCursor, names: Collection[str]) -> list[PowerRecord]:
    """The rows of the reported domains. A domain without a row is nobody's: CloudStack notes it nowhere."""
    rows = all_rows(sql, _SELECT + "instance_name IN %s ORDER BY id", tuple(names) or _NOBODY)
    return [PowerRecord(**row) for row in rows]


def missing(sql: DictCursor, names: Collection[str], host_id: int) -> list[PowerRecord]:
    """The rows that should have a domain on the host, but are not among the reported names."""
    rows = all_rows(
        sql,
        _SELECT + "host_id = %s AND state IN %s AND instance_name NOT IN %s ORDER BY id",
        host_id,
        _HAS_DOMAIN,
        tuple(names) or _NOBODY,
    )
    return [PowerRecord(**row) for row in rows]


def write(sql: DictCursor, changes: Changes) -> None:
    # The time of a report is the database's own, in its session's zone; the time of a reset comes from here.
    sql.executemany(
        "UPDATE vm_instance SET power_state = %s, power_host = %s, power_state_update_count = %s,"
        " power_state_update_time = NOW() WHERE id = %s",
        [(write.power_state, write.power_host, write.count, write.vm_id) for write in changes.writes],
    )
    reset(sql, changes.resets)


def reset(sql: DictCursor, vm_ids: list[int]) -> None:
    """Begins the tracking of these VMs anew."""
    if vm_ids:
        sql.execute(
            "UPDATE vm_instance SET power_state_update_count = 0, power_state_update_time = %s WHERE id IN %s",
            (utc_now(), vm_ids),
        )


def reset_host(sql: DictCursor, host_id: int) -> None:
    """Begins the tracking of all VMs that the host reported last: its agent has just connected."""
    sql.execute(
        "UPDATE vm_instance SET power_state_update_count = 0, power_state_update_time = %s"
        " WHERE power_host = %s AND removed IS NULL",
        (utc_now(), host_id),
    )
