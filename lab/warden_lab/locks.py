"""InnoDB locks that a fault holds on purpose, each on a connection of its own."""

import threading

import pymysql

from .database import Database
from .failure import LabError


class SequenceLocks:
    """Holds the row that a network's MAC addresses are counted in, as a transaction that takes too long."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._release = threading.Event()

    def hold(self, network: str, seconds: float) -> None:
        """Returns as soon as the lock is held; it is let go after `seconds`."""
        connection = self._database.connect(self._database.administrator, "cloud")
        try:
            with connection.cursor() as cursor:
                connection.begin()
                found = cursor.execute("SELECT o.id FROM op_networks o JOIN networks n ON n.id = o.id"
                                       " WHERE n.name = %s FOR UPDATE", (network,))
        except pymysql.err.OperationalError as error:
            connection.close()
            raise LabError(f"cannot lock the sequence of {network}: {error.args[-1]}") from error
        if not found:
            connection.close()
            raise LabError(f"{network} has no row in op_networks")
        release = self._release
        threading.Thread(target=_let_go_later, args=(connection, release, seconds), daemon=True).start()

    def release_all(self) -> None:
        self._release.set()
        self._release = threading.Event()


def _let_go_later(connection: pymysql.connections.Connection, release: threading.Event, seconds: float) -> None:
    release.wait(seconds)
    connection.close()  # ends the transaction, whether or not the server is still there
