"""The queue of each VM's work in the database: sync_queue names the VM, sync_queue_item the jobs that wait or run."""

from __future__ import annotations

from pymysql.cursors import DictCursor

from .clock import utc_now
from .database import insert

_QUEUE = "VmWorkJobQueue"


def add(sql: DictCursor, vm_id: int, job_id: int) -> None:
    now = utc_now()
    sql.execute(
        "INSERT INTO sync_queue (sync_objtype, sync_objid, created, last_updated, queue_size) VALUES (%s, %s, %s, %s, 1)"
        " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), queue_size = queue_size + 1, last_updated = %s",
        (_QUEUE, vm_id, now, now, now),
    )
    insert(sql, "sync_queue_item", queue_id=sql.lastrowid, content_type="AsyncJob", content_id=job_id, created=now)


def take(sql: DictCursor, job_id: int, management_server_id: int) -> None:
    """The job's turn has come."""
    sql.execute(
        "UPDATE sync_queue_item i JOIN sync_queue q ON q.id = i.queue_id"
        " SET q.queue_proc_number = COALESCE(q.queue_proc_number, 0) + 1, i.queue_proc_number = q.queue_proc_number,"
        " i.queue_proc_msid = %s, i.queue_proc_time = %s WHERE i.content_id = %s",
        (management_server_id, utc_now(), job_id),
    )


def remove(sql: DictCursor, job_id: int) -> None:
    sql.execute(
        "UPDATE sync_queue q JOIN sync_queue_item i ON i.queue_id = q.id SET q.queue_size = q.queue_size - 1"
        " WHERE i.content_id = %s",
        (job_id,),
    )
    sql.execute("DELETE FROM sync_queue_item WHERE content_id = %s", (job_id,))


def clear(sql: DictCursor) -> None:
    sql.execute("DELETE FROM sync_queue_item")
    sql.execute("UPDATE sync_queue SET queue_size = 0")
