"""Connections to the `cloud` schema: real InnoDB transactions, in UTC, and what to do when the database is gone."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pymysql
from pymysql.connections import Connection
from pymysql.cursors import DictCursor

Row = dict[str, Any]
T = TypeVar("T")

# What pymysql raises when the server is not there, or went away in the middle.
LOST = (pymysql.err.OperationalError, pymysql.err.InterfaceError)

# What a later try may not meet again: the server away or going, a lock wait timeout, a deadlock.
_PASSING = {0, 1040, 1053, 1205, 1213, 1927, 2003, 2006, 2013, 2014}

_CONNECT_TIMEOUT_SECONDS = 3
_ANSWER_TIMEOUT_SECONDS = 60  # longer than any innodb_lock_wait_timeout that the lab uses
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 2.0


@dataclass(frozen=True)
class DatabaseSettings:
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    name: str


class Database:
    """Hands out one connection per transaction and keeps the idle ones."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self._settings = settings
        self._idle: queue.SimpleQueue[Connection] = queue.SimpleQueue()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[DictCursor]:
        """Commits at the end of the block, rolls back when it raises."""
        connection = self._take()
        try:
            with connection.cursor(DictCursor) as cursor:
                yield cursor
            connection.commit()
        except BaseException:
            # Closing rolls back, also when the server is gone and a ROLLBACK could not be sent.
            connection.close()
            raise
        self._idle.put(connection)

    def persist(self, work: Callable[[DictCursor], T], stopping: threading.Event) -> T:
        """Runs `work` in a transaction, again and again until the database can commit it.

        For writes that must not be lost to a restart of the database. Gives up when the server stops.
        """
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                with self.transaction() as sql:
                    return work(sql)
            except LOST as error:
                if error.args[0] not in _PASSING or stopping.wait(pause):
                    raise
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _take(self) -> Connection:
        while True:
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                return self._open()
            try:
                connection.ping(reconnect=False)
                return connection
            except LOST:  # the database was restarted while it lay idle
                if connection.open:
                    connection.close()

    def _open(self) -> Connection:
        settings = self._settings
        return pymysql.connect(
            host=settings.host,
            port=settings.port,
            user=settings.user,
            password=settings.password,
            database=settings.name,
            connect_timeout=_CONNECT_TIMEOUT_SECONDS,
            read_timeout=_ANSWER_TIMEOUT_SECONDS,
            write_timeout=_ANSWER_TIMEOUT_SECONDS,
            init_command="SET time_zone = '+00:00'",
        )


def insert(sql: DictCursor, table: str, **values: Any) -> int:
    """Inserts one row and returns its id."""
    columns = ", ".join(f"`{name}`" for name in values)
    marks = ", ".join(["%s"] * len(values))
    sql.execute(f"INSERT INTO `{table}` ({columns}) VALUES ({marks})", tuple(values.values()))
    return int(values.get("id") or sql.lastrowid)


def all_rows(sql: DictCursor, query: str, *parameters: Any) -> list[Row]:
    sql.execute(query, parameters)
    return list(sql.fetchall())


def one_row(sql: DictCursor, query: str, *parameters: Any) -> Row | None:
    sql.execute(query, parameters)
    return sql.fetchone()
