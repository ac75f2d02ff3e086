"""The commands on what happened, and on what is under way: events and asynchronous jobs."""

from __future__ import annotations

import json

from ..database import Row, all_rows, one_row
from .request import Answer, Request, without_empty, written


def list_events(request: Request) -> Answer:
    query, values = (
        "SELECT e.*, u.username, a.account_name, d.uuid AS domain_uuid, d.name AS domain_name, v.uuid AS vm_uuid,"
        " s.uuid AS start_uuid FROM event e JOIN user u ON u.id = e.user_id JOIN account a ON a.id = e.account_id"
        " JOIN domain d ON d.id = e.domain_id"
        " LEFT JOIN vm_instance v ON v.id = e.resource_id AND e.resource_type = 'VirtualMachine'"
        " LEFT JOIN event s ON s.id = e.start_id WHERE e.archived = 0",
        [],
    )
    for condition, value in (
        (" AND e.uuid = %s", request.text("id")),
        (" AND e.type = %s", request.text("type")),
        (" AND e.level = %s", request.text("level")),
        (" AND v.uuid = %s", request.text("resourceid")),
        (" AND s.uuid = %s", request.text("startid")),
        (" AND e.created >= %s", request.moment("startdate")),
        (" AND e.created <= %s", request.moment("enddate")),
    ):
        if value is not None:
            query, values = query + condition, [*values, value]
    with request.cloud.database.transaction() as sql:
        rows = all_rows(sql, query + " ORDER BY e.id DESC", *values)
    return request.page("event", [_described_event(row) for row in rows])


def query_async_job_result(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        job = one_row(
            sql,
            "SELECT j.*, a.uuid AS account_uuid, u.uuid AS user_uuid, v.uuid AS vm_uuid FROM async_job j"
            " JOIN account a ON a.id = j.account_id JOIN user u ON u.id = j.user_id"
            " LEFT JOIN vm_instance v ON v.id = j.instance_id AND j.instance_type = 'VirtualMachine' WHERE j.uuid = %s",
            request.required("jobid"),
        )
        if job is None:
            raise request.wrong("jobid", "the entity does not exist")
        sql.execute("UPDATE async_job SET last_polled = UTC_TIMESTAMP() WHERE id = %s", (job["id"],))
    return without_empty(
        {
            "accountid": job["account_uuid"],
            "userid": job["user_uuid"],
            "cmd": job["job_cmd"],
            "jobstatus": job["job_status"],
            "jobprocstatus": job["job_process_status"],
            "jobresultcode": job["job_result_code"],
            "jobresulttype": "object" if job["job_result"] else None,
            "jobresult": json.loads(job["job_result"]) if job["job_result"] else None,
            "jobinstancetype": job["instance_type"],
            "jobinstanceid": job["vm_uuid"],
            "created": written(job["created"]),
            "completed": written(job["last_updated"]) if job["job_status"] else None,
            "jobid": job["uuid"],
        }
    )


def _described_event(row: Row) -> Answer:
    return without_empty(
        {
            "id": row["uuid"],
            "username": row["username"],
            "type": row["type"],
            "level": row["level"],
            "description": row["description"],
            "account": row["account_name"],
            "domainid": row["domain_uuid"],
            "domain": row["domain_name"],
            "created": written(row["created"]),
            "state": row["state"],
            "parentid": row["start_uuid"],
            "resourceid": row["vm_uuid"],
            "resourcetype": row["resource_type"],
        }
    )
