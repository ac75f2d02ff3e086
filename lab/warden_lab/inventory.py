"""Finding what a fault is about, in the lab's status and in CloudStack's database."""

from collections.abc import Sequence
from typing import Any

import pymysql

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
