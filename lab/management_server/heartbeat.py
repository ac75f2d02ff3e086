"""The management server's own row in mshost: Up, with a heartbeat, until it stops."""

from __future__ import annotations

import time

import pymysql
from pymysql.cursors import DictCursor

from . import configuration
from .clock import utc_now
from .cloud import Cloud
from .database import one_row

_INTERVAL_SECONDS = 1.5  # cluster.heartbeat.interval, until it could be read


def own_id(sql: DictCursor) -> int:
    row = one_row(sql, "SELECT msid FROM mshost WHERE removed IS NULL ORDER BY id LIMIT 1")
    if row is None:
        raise LookupError("mshost has no row: the schema was not filled by world.create")
    return int(row["msid"])


def begin(sql: DictCursor, management_server_id: int) -> None:
    _set_state(sql, management_server_id, "Up")
    sql.execute("UPDATE mshost SET runid = %s WHERE msid = %s", (int(time.time() * 1000), management_server_id))


def end(sql: DictCursor, management_server_id: int) -> None:
    _set_state(sql, management_server_id, "Down")


def beat(cloud: Cloud) -> None:
    """Until the server stops."""
    interval = _INTERVAL_SECONDS
    while not cloud.stopping.wait(interval):
        try:
            with cloud.database.transaction() as sql:
                interval = float(configuration.read(sql, "cluster.heartbeat.interval")) / 1000
                _set_state(sql, cloud.management_server_id, "Up")
        except pymysql.err.MySQLError as error:
            cloud.log.write("database-error", where="heartbeat", error=error)


def _set_state(sql: DictCursor, management_server_id: int, state: str) -> None:
    sql.execute(
        "UPDATE mshost SET state = %s, last_update = %s WHERE msid = %s", (state, utc_now(), management_server_id)
    )
