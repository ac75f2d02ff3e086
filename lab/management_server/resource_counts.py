"""What accounts and domains are counted for (resource_count), and what they are limited to (resource_limit)."""

from __future__ import annotations

from collections.abc import Mapping

from pymysql.cursors import DictCursor

from . import configuration
from .database import Row, all_rows, insert, one_row

UNLIMITED = -1
_ROOT_ADMIN = 1
_GIB = 1 << 30

# Each kind with the end of its settings' names (max.account.*, max.domain.*) and the unit that those are in.
KINDS = {
    "user_vm": ("user.vms", 1),
    "cpu": ("cpus", 1),
    "memory": ("memory", 1),
    "volume": ("volumes", 1),
    "primary_storage": ("primary.storage", _GIB),
}


class LimitExceeded(Exception):
    """CloudStack's ResourceAllocationException."""


def begin_account(sql: DictCursor, account_id: int) -> None:
    for kind in KINDS:
        insert(sql, "resource_count", account_id=account_id, type=kind, count=0)


def begin_domain(sql: DictCursor, domain_id: int) -> None:
    for kind in KINDS:
        insert(sql, "resource_count", domain_id=domain_id, type=kind, count=0)


def of_vm(offering: Row) -> dict[str, int]:
    return {"user_vm": 1, "cpu": int(offering["cpu"]), "memory": int(offering["ram_size"])}


def of_volume(volume: Row) -> dict[str, int]:
    return {"volume": 1, "primary_storage": int(volume["size"])}


def add(sql: DictCursor, account_id: int, amounts: Mapping[str, int], sign: int = 1) -> None:
    """To the account, its domain and every domain above; `sign` -1 takes away."""
    for kind, amount in amounts.items():
        rows = all_rows(
            sql,
            "SELECT c.id FROM resource_count c JOIN account a ON a.id = %s JOIN domain own ON own.id = a.domain_id"
            " LEFT JOIN domain d ON d.id = c.domain_id"
            " WHERE c.type = %s AND (c.account_id = a.id OR own.path LIKE CONCAT(d.path, '%%')) ORDER BY c.id",
            account_id,
            kind,
        )
        # By their ids, so that no other account's row is locked.
        sql.execute(
            "UPDATE resource_count SET count = count + %s WHERE id IN %s", (sign * amount, [row["id"] for row in rows])
        )


def check(sql: DictCursor, account: Row, amounts: Mapping[str, int]) -> None:
    """Raises LimitExceeded where the account, or a domain above it, cannot have so much more. Root administrators and
    ROOT have no limits."""
    if account["type"] == _ROOT_ADMIN:
        return
    domains = one_row(sql, "SELECT path FROM domain WHERE id = %s", account["domain_id"])
    assert domains is not None
    for kind, amount in amounts.items():
        _check(sql, "account", account["id"], kind, amount)
        for domain in all_rows(sql, "SELECT id FROM domain WHERE level > 0 AND %s LIKE CONCAT(path, '%%')", domains["path"]):
            _check(sql, "domain", domain["id"], kind, amount)


def _check(sql: DictCursor, owner: str, owner_id: int, kind: str, amount: int) -> None:
    limit = _limit(sql, owner, owner_id, kind)
    counted = one_row(sql, f"SELECT count FROM resource_count WHERE {owner}_id = %s AND type = %s", owner_id, kind)
    used = counted["count"] if counted else 0
    if limit != UNLIMITED and used + amount > limit:
        raise LimitExceeded(
            f"Maximum amount of resources of Type = '{kind}' for {owner} id={owner_id} has exceeded: Resource Limit = {limit},"
            f" Current Resource Amount = {used}, Requested Resource Amount = {amount}"
        )


def _limit(sql: DictCursor, owner: str, owner_id: int, kind: str) -> int:
    row = one_row(sql, f"SELECT max FROM resource_limit WHERE {owner}_id = %s AND type = %s", owner_id, kind)
    if row is not None:
        return int(row["max"])
    setting, unit = KINDS[kind]
    limit = int(configuration.read(sql, f"max.{owner}.{setting}"))
    return limit if limit == UNLIMITED else limit * unit
