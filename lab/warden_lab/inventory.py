"""Finding what a fault is about, in the lab's status and in CloudStack's database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pymysql
from pymysql.cursors import DictCursor

from .failure import LabError

Status = dict[str, Any]
Row = dict[str, Any]


def find(kind: str, entries: Sequence[Row], name: str) -> Row:
    for entry in entries:
        if entry["name"] == name:
            return entry
    raise LabError(f"the lab has no {kind} {name}; it has {', '.join(entry['name'] for entry in entries)}")


def check_network(status: Status, network: str) -> None:
    find("network", [{"name": name} for name in status["networks"]], network)


def connect(status: Status) -> pymysql.connections.Connection:
    """The administrator's session on CloudStack's schema."""
    server = status["database"]
    try:
        return pymysql.connect(host=server["host"], port=server["port"], user=server["user"],
                               password=server["password"], database="cloud", connect_timeout=5)
    except pymysql.err.OperationalError as error:
        raise LabError(f"the lab's database does not answer ({error.args[-1]}); "
                       "`labctl fault database start` starts it") from error


@contextmanager
def records(status: Status) -> Iterator[DictCursor]:
    """What is written in the block is committed at its end."""
    with connect(status) as connection, connection.cursor(DictCursor) as sql:
        try:
            yield sql
        except pymysql.err.MySQLError as error:
            raise LabError(f"the database refuses: {error.args[-1]}") from error
        connection.commit()


def vm_row(sql: DictCursor, status: Status, name: str) -> Row:
    find("VM", status["vms"], name)
    sql.execute("SELECT * FROM vm_instance WHERE instance_name = %s AND removed IS NULL", (name,))
    row = sql.fetchone()
    if row is None:
        raise LabError(f"vm_instance has no live row of {name} any more")
    return row


def account_row(sql: DictCursor, status: Status, name: str) -> Row:
    find("account", status["accounts"], name)
    sql.execute("SELECT * FROM account WHERE account_name = %s AND removed IS NULL", (name,))
    row = sql.fetchone()
    if row is None:
        raise LabError(f"account has no live row of {name} any more")
    return row
