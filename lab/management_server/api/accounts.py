"""The commands on domains and accounts."""

from __future__ import annotations

from ..database import Row, all_rows
from .request import Answer, Request, without_empty, written

_ACCOUNTS = (
    "SELECT a.*, d.uuid AS domain_uuid, d.name AS domain_name, d.path,"
    " (SELECT COUNT(*) FROM vm_instance v WHERE v.account_id = a.id AND v.removed IS NULL AND v.type = 'User') AS vms,"
    " (SELECT COUNT(*) FROM networks n WHERE n.account_id = a.id AND n.removed IS NULL) AS networks"
    " FROM account a JOIN domain d ON d.id = a.domain_id WHERE a.removed IS NULL AND a.id <> 1"
)
_DOMAINS = (
    "SELECT d.*, p.uuid AS parent_uuid, p.name AS parent_name FROM domain d LEFT JOIN domain p ON p.id = d.parent"
    " WHERE d.removed IS NULL"
)


def list_accounts(request: Request) -> Answer:
    query, values = _ACCOUNTS, []
    with request.cloud.database.transaction() as sql:
        for condition, value in (
            (" AND a.uuid = %s", request.text("id")),
            (" AND a.account_name = %s", request.text("name")),
            (" AND a.state = %s", request.text("state")),
            (" AND a.type = %s", request.number("accounttype")),
            (" AND a.domain_id = %s", request.optional_id(sql, "domainid", "domain")),
        ):
            if value is not None:
                query, values = query + condition, [*values, value]
        rows = all_rows(sql, query + " ORDER BY a.id", *values)
    return request.page("account", [_described_account(row) for row in rows])


def list_domains(request: Request) -> Answer:
    query, values = _DOMAINS, []
    for condition, value in (
        (" AND d.uuid = %s", request.text("id")),
        (" AND d.name = %s", request.text("name")),
        (" AND d.level = %s", request.number("level")),
    ):
        if value is not None:
            query, values = query + condition, [*values, value]
    with request.cloud.database.transaction() as sql:
        rows = all_rows(sql, query + " ORDER BY d.path", *values)
    return request.page("domain", [_described_domain(row) for row in rows])


def _path(row: Row) -> str:
    """As the API writes it: the domains from ROOT on, without a slash at the end."""
    return "ROOT" + str(row["path"]).rstrip("/")


def _described_account(row: Row) -> Answer:
    return without_empty(
        {
            "id": row["uuid"],
            "name": row["account_name"],
            "accounttype": row["type"],
            "domainid": row["domain_uuid"],
            "domain": row["domain_name"],
            "domainpath": _path(row),
            "state": row["state"],
            "vmtotal": row["vms"],
            "networktotal": row["networks"],
            "created": written(row["created"]),
        }
    )


def _described_domain(row: Row) -> Answer:
    return without_empty(
        {
            "id": row["uuid"],
            "name": row["name"],
            "level": row["level"],
            "parentdomainid": row["parent_uuid"],
            "parentdomainname": row["parent_name"],
            "haschild": bool(row["child_count"]),
            "path": _path(row),
            "state": row["state"],
        }
    )
