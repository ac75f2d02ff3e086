"""What can happen to the database server itself. Every function says in a sentence what it did."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pymysql.connections import Connection
from pymysql.cursors import Cursor

from .database import MOST_CONNECTIONS, Database
from .failure import LabError
from .locks import HeldSessions

MODES = ["stop", "start", "slow", "read-only", "full", "ok"]
# The least that MariaDB takes for max_connections.
_FEWEST_CONNECTIONS = 10


class DatabaseFaults:
    """Runs in the supervisor, which is the server's parent and outlives every labctl."""

    def __init__(self, database: Database, sessions: HeldSessions) -> None:
        self._database = database
        self._sessions = sessions
        self._going_on: threading.Timer | None = None
        self._reserve: Connection | None = None  # the way back in when no connection is left

    def apply(self, mode: str, seconds: float) -> str:
        """`mode` is one of MODES."""
        name = self._database.flavour.product
        match mode:
            case "stop":
                self._let_go()
                self._database.stop()
                return f"{name} is shut down"
            case "start":
                self._database.start()
                return f"{name} runs again, with the same port and data"
            case "slow":
                self._freeze(seconds)
                return f"{name} answers nobody for {seconds:g} s, and then everybody"
            case "read-only":
                with self._administrator() as sql:
                    sql.execute("SET GLOBAL read_only = 1")
                return f"{name} is read-only for all but administrators, until `labctl fault database ok`"
            case "full":
                return self._fill(name)
            case "ok":
                with self._administrator() as sql:
                    sql.execute(f"SET GLOBAL read_only = 0, GLOBAL max_connections = {MOST_CONNECTIONS}")
                self._let_go()
                return f"{name} is well"
        raise LabError(f"the database has no mode {mode}; there are {', '.join(MODES)}")

    def kill(self, what: str, user: str) -> str:
        """`what` is QUERY or CONNECTION."""
        with self._administrator() as cursor:
            condition = " AND COMMAND = 'Query'" if what == "QUERY" else ""
            cursor.execute(f"SELECT ID FROM information_schema.PROCESSLIST WHERE USER = %s{condition}", (user,))
            sessions = [row[0] for row in cursor.fetchall()]
            for session in sessions:
                cursor.execute(f"KILL {what} {session}")
        kind = "statements" if what == "QUERY" else "connections"
        return f"{len(sessions)} {kind} of {user} are killed"

    def _freeze(self, seconds: float) -> None:
        pid = self._database.pid
        if pid is None:
            raise LabError("the database does not run; `labctl fault database start` starts it")
        self._go_on()
        self._database.send(signal.SIGSTOP)
        self._going_on = threading.Timer(seconds, self._go_on)
        self._going_on.daemon = True
        self._going_on.start()

    def _go_on(self) -> None:
        timer, self._going_on = self._going_on, None
        if timer is not None:
            timer.cancel()
            self._database.send(signal.SIGCONT)

    def _fill(self, name: str) -> str:
        """Who has a connection keeps it."""
        if self._reserve is None:
            self._reserve = self._database.connect(self._database.administrator)
        self._sessions.occupy(_FEWEST_CONNECTIONS, self._database.management_server)
        with self._administrator() as sql:
            sql.execute(f"SET GLOBAL max_connections = {_FEWEST_CONNECTIONS}")
        return f"{name} has no connection left for anybody new, until `labctl fault database ok`"

    @contextmanager
    def _administrator(self) -> Iterator[Cursor]:
        self._go_on()
        if self._reserve is not None:
            with self._reserve.cursor() as sql:
                yield sql
            return
        with self._database.connect(self._database.administrator) as connection, connection.cursor() as sql:
            yield sql

    def _let_go(self) -> None:
        self._go_on()
        self._sessions.release_all()
        reserve, self._reserve = self._reserve, None
        if reserve is not None:
            reserve.close()
