"""Sessions that a fault holds on purpose: locks, and others that wait for them. Each has a connection of its own."""

import math
import threading

import pymysql
from pymysql.connections import Connection

from .database import Account, Database
from .failure import LabError
from .waiting import wait_until

_WAITS_WITHIN = 10


class HeldSessions:
    """Ends what it holds after its time, or when the database is to be shut down."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._release = threading.Event()

    def hold_row(self, table: str, key: str, value: object, seconds: float) -> int:
        """A transaction that has locked one row, and does nothing any more. Returns the session's id."""
        connection = self._open(seconds)
        try:
            with connection.cursor() as cursor:
                connection.begin()
                found = cursor.execute(f"SELECT 1 FROM `{table}` WHERE `{key}` = %s FOR UPDATE", (value,))
        except pymysql.err.OperationalError as error:
            connection.close()
            raise LabError(f"cannot lock the row {value} of {table}: {error.args[-1]}") from error
        if not found:
            connection.close()
            raise LabError(f"{table} has no row whose {key} is {value}")
        self._let_go_later(connection, seconds)
        return connection.thread_id()

    def chain(self, table: str, seconds: float) -> list[int]:
        """The root has a row and is idle; the second has another and waits for the root's; the third waits for the second's."""
        key, first, second = self._two_rows(table)
        lock = f"SELECT 1 FROM `{table}` WHERE `{key}` = %s FOR UPDATE"
        root = self.hold_row(table, key, first, seconds)
        middle = self._wait(seconds, lock, first, before=(lock, second))
        leaf = self._wait(seconds, lock, second)
        return [root, middle, leaf]

    def table(self, table: str, seconds: float) -> int:
        """Locks a whole table, as a change of its columns does: every statement on it waits, and no other."""
        connection = self._open(seconds)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLES `{table}` WRITE")
        self._let_go_later(connection, seconds)
        return connection.thread_id()

    def named(self, name: str, seconds: float) -> list[int]:
        """GET_LOCK, which CloudStack's global locks are: one session has it, another waits for it."""
        holder = self._open(seconds)
        with holder.cursor() as cursor:
            cursor.execute("SELECT GET_LOCK(%s, 0)", (name,))
            if cursor.fetchone() != (1,):
                holder.close()
                raise LabError(f"another session has the named lock {name} already")
        self._let_go_later(holder, seconds)
        waiter = self._wait(seconds, f"SELECT GET_LOCK(%s, {math.ceil(seconds)})", name)
        return [holder.thread_id(), waiter]

    def occupy(self, count: int, account: Account) -> None:
        """So many connections, until they are released."""
        for _ in range(count):
            self._let_go_later(self._database.connect(account), None)

    def release_all(self) -> None:
        self._release.set()
        self._release = threading.Event()

    def _two_rows(self, table: str) -> tuple[str, object, object]:
        with self._database.connect(self._database.administrator, "cloud") as connection, connection.cursor() as cursor:
            found = cursor.execute("SELECT COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = 'cloud'"
                                   " AND TABLE_NAME = %s AND CONSTRAINT_NAME = 'PRIMARY'", (table,))
            if not found:
                raise LabError(f"CloudStack's schema in this lab has no table {table}")
            key = cursor.fetchone()[0]
            if cursor.execute(f"SELECT `{key}` FROM `{table}` ORDER BY 1 LIMIT 2") < 2:
                raise LabError(f"{table} has less than the two rows that a chain needs")
            (first,), (second,) = cursor.fetchall()
            return key, first, second

    def _open(self, seconds: float) -> Connection:
        connection = self._database.connect(self._database.administrator, "cloud")
        with connection.cursor() as cursor:
            # Who waits for us waits as long as we hold, and no fault ends by a timeout of its own.
            cursor.execute("SET SESSION innodb_lock_wait_timeout = %s, SESSION lock_wait_timeout = %s",
                           (math.ceil(seconds) + 10,) * 2)
        return connection

    def _wait(self, seconds: float, statement: str, value: object, before: tuple[str, object] | None = None) -> int:
        """A session that waits in `statement`; returns once the server shows it there."""
        connection = self._open(seconds)
        connection.begin()
        if before is not None:
            with connection.cursor() as cursor:
                cursor.execute(before[0], (before[1],))
        threading.Thread(target=_execute_and_close, args=(connection, statement, value), daemon=True).start()
        session = connection.thread_id()
        wait_until(f"session {session} to wait", _WAITS_WITHIN, lambda: self._is_executing(session))
        return session

    def _is_executing(self, session: int) -> bool:
        with self._database.connect(self._database.administrator) as connection, connection.cursor() as cursor:
            return bool(cursor.execute("SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = %s AND COMMAND = 'Query'",
                                       (session,)))

    def _let_go_later(self, connection: Connection, seconds: float | None) -> None:
        threading.Thread(target=_let_go_later, args=(connection, self._release, seconds), daemon=True).start()


def _let_go_later(connection: Connection, release: threading.Event, seconds: float | None) -> None:
    release.wait(seconds)
    connection.close()  # ends the transaction, whether or not the server is still there


def _execute_and_close(connection: Connection, statement: str, value: object) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, (value,))
    except pymysql.err.MySQLError:
        pass  # it waited in vain: the database was shut down, or the session was killed
    finally:
        if connection.open:
            connection.close()
