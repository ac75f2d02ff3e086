"""The lab's MariaDB: a private data directory, three accounts, and CloudStack's schema."""

import secrets
import signal
from dataclasses import dataclass
from pathlib import Path

import pymysql
from pymysql.connections import Connection

from . import identity
from .failure import LabError
from .layout import PROJECT, Layout
from .processes import Command, Processes
from .waiting import wait_until

ADMINISTRATOR = "lab"
_NAME = "mariadb"
_START_DEADLINE = 60
_STOP_DEADLINE = 60

# Lock faults shall not take InnoDB's usual 50 s.
_LOCK_WAIT_TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class Account:
    user: str
    password: str


class Database:
    def __init__(self, layout: Layout, processes: Processes, port: int) -> None:
        self.port = port
        self.administrator = Account(ADMINISTRATOR, secrets.token_hex(16))
        self.management_server = Account("cloud", secrets.token_hex(16))
        self.warden = Account("warden", secrets.token_hex(16))
        self.journal = Account("warden_journal", secrets.token_hex(16))
        self._directory = layout.database
        self._processes = processes
        self._server = Command(_NAME, self._server_command(), layout.log(_NAME))
        self._installer = Command("mariadb-install-db", self._installer_command(), layout.log("mariadb-install-db"))

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
        accounts = self._directory / "accounts.sql"
        accounts.touch(mode=0o600)
        accounts.write_text(self._accounts_sql())
        identity.give_away(accounts)
        self._processes.run(self._installer, _START_DEADLINE)
        accounts.unlink()
        self.start()

    def start(self) -> None:
        self._processes.start(self._server)
        wait_until(f"MariaDB on 127.0.0.1:{self.port}", _START_DEADLINE, self._answers)

    def stop(self) -> None:
        """A clean shutdown, as an administrator would do it."""
        self._processes.end(_NAME, signal.SIGTERM, _STOP_DEADLINE)

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
                raise LabError(f"MariaDB on port {self.port} is not this lab's: {error.args[1]}") from error
            return False

    def _accounts_sql(self) -> str:
        # The installer runs without grant tables until they are asked for.
        return f"""
            FLUSH PRIVILEGES;
            CREATE DATABASE cloud CHARACTER SET utf8mb4;
            CREATE USER '{ADMINISTRATOR}'@'%' IDENTIFIED BY '{self.administrator.password}';
            GRANT ALL PRIVILEGES ON *.* TO '{ADMINISTRATOR}'@'%' WITH GRANT OPTION;
            CREATE USER 'cloud'@'%' IDENTIFIED BY '{self.management_server.password}';
            GRANT ALL PRIVILEGES ON cloud.* TO 'cloud'@'%';
            DELETE FROM mysql.global_priv WHERE User IN ('', 'root');
        """

    def _installer_command(self) -> list[str]:
        return identity.unprivileged_command([
            "mariadb-install-db", "--no-defaults", f"--datadir={self._directory}/data",
            "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
            f"--extra-file={self._directory}/accounts.sql", f"--tmpdir={self._directory}/tmp",
            "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-log-file-size=16M"])

    def _server_command(self) -> list[str]:
        return identity.unprivileged_command([
            "mariadbd", "--no-defaults", f"--datadir={self._directory}/data", f"--tmpdir={self._directory}/tmp",
            f"--socket={self._directory}/sock", f"--pid-file={self._directory}/pid",
            "--bind-address=127.0.0.1", f"--port={self.port}", "--skip-name-resolve",
            f"--innodb-lock-wait-timeout={_LOCK_WAIT_TIMEOUT_SECONDS}",
            "--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0", "--innodb-log-file-size=16M",
            "--innodb-buffer-pool-size=64M", "--max-connections=200"])
