"""Asynchronous jobs: rows of async_job, and threads that do the work.

Two kinds. The job of an API request, whose uuid the caller polls. And the work on a VM (vm_work_job), which waits in
the VM's queue, so that one VM sees one operation at a time. The API's job joins the work and takes its outcome.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pymysql.cursors import DictCursor

from . import sync_queue
from .clock import utc_now
from .cloud import Cloud
from .database import insert, one_row
from .events import Caller

IN_PROGRESS, SUCCEEDED, FAILED = 0, 1, 2

_INTERNAL_ERROR = 530
_CANCELLED = "job cancelled because of management server restart or shutdown"


class JobFailed(Exception):
    """The work could not be done. The sentence becomes the job's errortext."""


@dataclass
class _Work:
    """One operation in a VM's queue."""

    name: str
    done: threading.Event = field(default_factory=threading.Event)
    job_id: int = 0
    failure: Exception | None = None


def has_pending_work(sql: DictCursor, vm_id: int) -> bool:
    pending = one_row(
        sql,
        "SELECT w.id FROM vm_work_job w JOIN async_job j ON j.id = w.id"
        " WHERE w.vm_type = 'Instance' AND w.vm_instance_id = %s AND j.job_status = %s LIMIT 1",
        vm_id,
        IN_PROGRESS,
    )
    return pending is not None


def cancel_unfinished(sql: DictCursor) -> None:
    """At the start: what was in progress ended with the process that did it. The VMs' states stay as they are."""
    now = utc_now()
    sql.execute(
        "UPDATE async_job SET job_status = %s, job_result_code = %s, job_result = %s, last_updated = %s, removed = %s"
        " WHERE job_status = %s",
        (FAILED, _INTERNAL_ERROR, _as_result(JobFailed(_CANCELLED)), now, now, IN_PROGRESS),
    )
    sync_queue.clear(sql)


class Jobs:
    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._filing = threading.Lock()  # held while work is put into a queue, so that a second stop sees the first
        self._queues: dict[int, list[_Work]] = {}  # by VM; each waits for the one before

    def submit(
        self, command: str, caller: Caller, vm_id: int, parameters: dict[str, str], body: Callable[[int], Any]
    ) -> str:
        """Starts the job of an API request and returns its uuid. `body` gets the job's id and returns its result."""
        job_uuid = str(uuid.uuid4())
        with self._cloud.database.transaction() as sql:
            job_id = self._insert(
                sql, command, caller, vm_id, uuid=job_uuid, job_dispatcher="ApiAsyncJobDispatcher",
                job_cmd_info=json.dumps(parameters),
            )
        self._cloud.log.write("job", id=job_id, uuid=job_uuid, command=command, status="started")
        threading.Thread(target=self._run, args=(job_id, body), name=f"job-{job_id}", daemon=True).start()
        return job_uuid

    def work(
        self, name: str, vm_id: int, caller: Caller, body: Callable[[], None], *, joined_by: int = 0, once: bool = False
    ) -> None:
        """Does `body` when its turn comes in the VM's queue, returns when it is done, raises what it raised.

        `once`: pending work of the same name is awaited instead, and its outcome taken.
        """
        with self._filing:
            queue = self._queues.setdefault(vm_id, [])
            pending = next((work for work in queue if once and work.name == name), None)
            work = pending or self._file(name, vm_id, caller)
            before = queue[-1] if queue else None
            if pending is None:
                queue.append(work)
        self._join(joined_by, work)
        if pending is None:
            self._carry_out(work, before, vm_id, body)
        else:
            self._cloud.log.write("job-joined", id=work.job_id, command=name, vm_id=vm_id, by=joined_by)
        work.done.wait()
        if work.failure is not None:
            raise work.failure

    def _file(self, name: str, vm_id: int, caller: Caller) -> _Work:
        with self._cloud.database.transaction() as sql:
            job_id = self._insert(
                sql, f"com.cloud.vm.{name}", caller, vm_id, uuid=str(uuid.uuid4()), job_dispatcher="VmWorkJobDispatcher"
            )
            insert(sql, "vm_work_job", id=job_id, step="Filed", vm_type="Instance", vm_instance_id=vm_id)
            sync_queue.add(sql, vm_id, job_id)
        self._cloud.log.write("job", id=job_id, command=name, vm_id=vm_id, status="filed")
        return _Work(name, job_id=job_id)

    def _carry_out(self, work: _Work, before: _Work | None, vm_id: int, body: Callable[[], None]) -> None:
        try:
            if before is not None:
                before.done.wait()
            with self._cloud.database.transaction() as sql:
                sync_queue.take(sql, work.job_id, self._cloud.management_server_id)
            body()
        except Exception as error:  # kept for everybody who joined this work
            work.failure = error
        try:
            self._cloud.database.persist(lambda sql: self._close_work(sql, work), self._cloud.stopping)
        finally:
            with self._filing:
                self._queues[vm_id].remove(work)
            work.done.set()
        self._cloud.log.write("job", id=work.job_id, command=work.name, vm_id=vm_id, status=_word(work.failure))

    def _close_work(self, sql: DictCursor, work: _Work) -> None:
        self._complete(sql, work.job_id, _as_result(work.failure) if work.failure else None, work.failure is None)
        sql.execute("UPDATE vm_work_job SET step = %s WHERE id = %s", ("Error" if work.failure else "Done", work.job_id))
        sql.execute(
            "UPDATE async_job_join_map SET join_status = %s, complete_msid = %s, last_updated = %s WHERE join_job_id = %s",
            (FAILED if work.failure else SUCCEEDED, self._cloud.management_server_id, utc_now(), work.job_id),
        )
        sync_queue.remove(sql, work.job_id)

    def _join(self, job_id: int, work: _Work) -> None:
        if not job_id:
            return
        with self._cloud.database.transaction() as sql:
            insert(
                sql, "async_job_join_map", job_id=job_id, join_job_id=work.job_id, join_status=IN_PROGRESS,
                join_msid=self._cloud.management_server_id, created=utc_now(),
            )

    def _run(self, job_id: int, body: Callable[[int], Any]) -> None:
        failure: Exception | None = None
        result = ""
        try:
            result = json.dumps(body(job_id))
        except Exception as error:  # the caller reads it when it polls the job
            failure, result = error, _as_result(error)
        succeeded = failure is None
        self._cloud.database.persist(lambda sql: self._complete(sql, job_id, result, succeeded), self._cloud.stopping)
        self._cloud.log.write("job", id=job_id, status=_word(failure), error=failure)

    def _insert(self, sql: DictCursor, command: str, caller: Caller, vm_id: int, **columns: Any) -> int:
        now, server = utc_now(), self._cloud.management_server_id
        return insert(
            sql, "async_job", job_cmd=command, user_id=caller.user_id, account_id=caller.account_id,
            instance_type="VirtualMachine", instance_id=vm_id, related="", job_cmd_ver=0, job_status=IN_PROGRESS,
            job_process_status=0, job_result_code=0, job_init_msid=server, job_executing_msid=server, created=now,
            last_updated=now, **columns,
        )

    def _complete(self, sql: DictCursor, job_id: int, result: str | None, succeeded: bool) -> None:
        sql.execute(
            "UPDATE async_job SET job_status = %s, job_result_code = %s, job_result = %s, job_complete_msid = %s,"
            " job_executing_msid = NULL, last_updated = %s WHERE id = %s",
            (
                SUCCEEDED if succeeded else FAILED,
                0 if succeeded else _INTERNAL_ERROR,
                result,
                self._cloud.management_server_id,
                utc_now(),
                job_id,
            ),
        )


def _as_result(failure: Exception) -> str:
    text = str(failure) if isinstance(failure, JobFailed) else f"{type(failure).__name__}: {failure}"
    return json.dumps({"uuidList": [], "errorcode": _INTERNAL_ERROR, "errortext": text})


def _word(failure: Exception | None) -> str:
    return "failed" if failure else "succeeded"
