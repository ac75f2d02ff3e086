"""op_host_capacity: what the VMs on a host use, and what a stopped VM keeps reserved on its last host."""

from __future__ import annotations

from pymysql.cursors import DictCursor

from .clock import utc_now

_SIZE = "CAST(IF(c.capacity_type = 0, o.ram_size << 20, o.cpu * o.speed) AS SIGNED)"
_CHANGE = """
UPDATE op_host_capacity c
JOIN vm_instance v ON v.id = %s
JOIN service_offering o ON o.id = v.service_offering_id
SET {change}, c.update_time = %s
WHERE c.host_id = %s AND c.capacity_type IN (0, 1)
"""


def occupy(sql: DictCursor, vm_id: int, host_id: int) -> None:
    """The VM runs on the host from now on, in the place that was kept for it, if there is one."""
    _change(
        sql,
        f"c.used_capacity = c.used_capacity + {_SIZE}, c.reserved_capacity = GREATEST(0, c.reserved_capacity - {_SIZE})",
        vm_id,
        host_id,
    )


def vacate(sql: DictCursor, vm_id: int, host_id: int) -> None:
    """The VM left the host for another."""
    _change(sql, f"c.used_capacity = c.used_capacity - {_SIZE}", vm_id, host_id)


def reserve(sql: DictCursor, vm_id: int, host_id: int) -> None:
    """The VM was stopped on the host, which keeps its place for a while."""
    _change(
        sql,
        f"c.used_capacity = c.used_capacity - {_SIZE}, c.reserved_capacity = c.reserved_capacity + {_SIZE}",
        vm_id,
        host_id,
    )


def _change(sql: DictCursor, change: str, vm_id: int, host_id: int) -> None:
    sql.execute(_CHANGE.format(change=change), (vm_id, utc_now(), host_id))
