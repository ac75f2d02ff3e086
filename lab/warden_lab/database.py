"""The lab's database server: a private data directory, four accounts, and CloudStack's schema."""

import secrets
import signal
from dataclasses import dataclass
from pathlib import Path

import pymysql
from pymysql.connections import Connection

from . import identity
from .database_flavours import Flavour
from .failure import LabError
from .layout import PROJECT, Layout
from .processes import Command, Processes
from .waiting import wait_until

ADMINISTRATOR = "lab"
MOST_CONNECTIONS = 200
_NAME = "database"
_INSTALLER = "database-installer"
_START_DEADLINE = 60
_STOP_DEADLINE = 60

# Lock faults shall not take InnoDB's usual 50 s.
_LOCK_WAIT_TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class Account:
    user: str
    password: str


class Database:
    def __init__(self, layout: Layout, processes: Processes, port: int, flavour: Flavour) -> None:
        self.port = port
        self.flavour = flavour
        self.administrator = Account(ADMINISTRATOR, secrets.token_hex(16))
        self.management_server = Account("cloud", secrets.token_hex(16))
        self.warden = Account("warden", secrets.token_hex(16))
        self.journal = Account("warden_journal", secrets.token_hex(16))
        self._directory = layout.database
        self._processes = processes
        self._server = Command(_NAME, self._server_command(), layout.log(_NAME))
        self._installer = Command(_INSTALLER, self._installer_command(), layout.log(_INSTALLER))

    @property
    def pid(self) -> int | None:
        return self._processes.pid(_NAME)

    @property
    def log(self) -> Path:
        return self._server.log

    def create(self) -> None:
        """Makes the data directory and starts the server."""
        identity.private_directory(self._directory)
        identity.private_directory(self._directory / "tmp")
        accounts = self._accounts_file
        accounts.touch(mode=0o600)
        accounts.write_text(self._accounts_sql())
        identity.give_away(accounts)
        self._processes.run(self._installer, _START_DEADLINE)
        accounts.unlink()
        self.start()

    def start(self) -> None:
        self._processes.start(self._server)
        wait_until(f"{self.flavour.product} on 127.0.0.1:{self.port}", _START_DEADLINE, self._answers)

    def stop(self) -> None:
        """A clean shutdown, as an administrator would do it."""
        self._processes.end(_NAME, signal.SIGTERM, _STOP_DEADLINE)

    def send(self, number: signal.Signals) -> None:
        self._processes.send(_NAME, number)

    def connect(self, account: Account, name: str | None = None) -> Connection:
        return pymysql.connect(host="127.0.0.1", port=self.port, user=account.user, password=account.password,
                               database=name, connect_timeout=5)

    def grant_warden(self) -> None:
        """Runs the project's own config/grants.sql, so that Warden never has more rights here than in production."""
        text = (PROJECT / "config" / "grants.sql").read_text()
        text = text.replace("CHANGE-ME-warden-journal", self.journal.password)
        text = text.replace("CHANGE-ME-warden", self.warden.password)
        lines = [line for line in text.splitlines() if not line.startswith("--")]
        statements = [part.strip() for part in "\n".join(lines).split(";")]
        with self.connect(self.administrator) as connection, connection.cursor() as cursor:
            for statement in filter(None, statements):
                cursor.execute(statement)

    def _answers(self) -> bool:
        self._processes.must_run(self._server)
        try:
            with self.connect(self.administrator) as connection, connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return True
        except pymysql.err.OperationalError as error:
            if error.args[0] == 1045:  # access denied: waiting does not help
                raise LabError(f"the server on port {self.port} is not this lab's: {error.args[1]}") from error
            return False

    @property
    def _accounts_file(self) -> Path:
        return self._directory / "accounts.sql"

    def _accounts_sql(self) -> str:
        """One statement a line, as MySQL reads them. MariaDB's installer runs without grant tables until it is asked for them."""
        return f"""FLUSH PRIVILEGES;
CREATE DATABASE cloud CHARACTER SET utf8mb4;
CREATE USER '{ADMINISTRATOR}'@'%' IDENTIFIED BY '{self.administrator.password}';
GRANT ALL PRIVILEGES ON *.* TO '{ADMINISTRATOR}'@'%' WITH GRANT OPTION;
CREATE USER 'cloud'@'%' IDENTIFIED BY '{self.management_server.password}';
GRANT ALL PRIVILEGES ON cloud.* TO 'cloud'@'%';
{self.flavour.remove_other_accounts}
"""

    def _installer_command(self) -> list[str]:
        return identity.unprivileged_command(self.flavour.install(self._directory, self._accounts_file))

    def _server_command(self) -> list[str]:
        return identity.unprivileged_command([
            *self.flavour.serve(self._directory), f"--socket={self._directory}/sock", f"--pid-file={self._directory}/pid",
            "--bind-address=127.0.0.1", f"--port={self.port}", "--skip-name-resolve", f"--max-connections={MOST_CONNECTIONS}",
            f"--innodb-lock-wait-timeout={_LOCK_WAIT_TIMEOUT_SECONDS}"])
