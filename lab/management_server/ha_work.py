"""The table op_ha_work: what HA still has to do."""

from __future__ import annotations

from pymysql.cursors import DictCursor

from .clock import in_units, utc_now
from .database import Row, insert, one_row

CLOSED = ("Done", "Cancelled", "Error")


def has_pending_work(sql: DictCursor, vm_id: int) -> bool:
    pending = one_row(
        sql,
        "SELECT id FROM op_ha_work WHERE instance_id = %s AND type = 'HA' AND step NOT IN %s LIMIT 1",
        vm_id,
        CLOSED,
    )
    return pending is not None


def schedule_restart(sql: DictCursor, vm: Row) -> None:
    now = utc_now()
    insert(
        sql, "op_ha_work", instance_id=vm["id"], type="HA", vm_type=vm["type"], state=vm["state"],
        host_id=vm["host_id"], created=now, tried=0, step="Investigating", time_to_try=in_units(now),
        updated=vm["update_count"],
    )


def give_back(sql: DictCursor, work_id: int) -> None:
    """A worker could not go on with it: any worker may take it again."""
    sql.execute("UPDATE op_ha_work SET taken = NULL, mgmt_server_id = NULL WHERE id = %s", (work_id,))


def take_up_again(sql: DictCursor) -> None:
    """At the start: work that a worker had taken when the server ended."""
    sql.execute(
        "UPDATE op_ha_work SET taken = NULL, mgmt_server_id = NULL, step = 'Investigating' WHERE step NOT IN %s",
        (CLOSED,),
    )
