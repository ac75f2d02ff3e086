"""The database servers that a lab can have: how each is installed into an empty directory, and how it is started.

All but Debian's own are fetched by tools/setup_database, and run from where they were unpacked.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .failure import LabError
from .layout import PROJECT

MARIADB = "mariadb"
NAMES = [MARIADB, "mysql", "mariadb-11.8"]

_ROOTS = PROJECT / "build" / "roots"

# The lab's data is worth nothing: what would make it durable only makes it slow.
_CARELESS = ["--innodb-doublewrite=0", "--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=64M"]


@dataclass(frozen=True)
class Flavour:
    """The statements and words that differ from one server to the other; `sql` is a file of statements, one in a line."""

    name: str
    product: str
    remove_other_accounts: str
    install: Callable[[Path, Path], list[str]]
    serve: Callable[[Path], list[str]]


def find(name: str) -> Flavour:
    root = _ROOTS / name
    if name == MARIADB:
        return _mariadb(name, "mariadb-install-db", "mariadbd", [])
    if not root.is_dir():
        raise LabError(f"{root} is missing: `tools/setup_database {name}` fetches it")
    closed = next((parent for parent in (root, *root.parents) if not parent.stat().st_mode & 0o001), None)
    if os.geteuid() == 0 and closed is not None:
        raise LabError(f"{closed} is closed to the unprivileged account that {name} runs as: `chmod o+x {closed}` opens it")
    if name == "mysql":
        return _mysql(name, root / "usr")
    usr = root / "usr"
    return _mariadb(name, f"{usr}/bin/mariadb-install-db", f"{usr}/sbin/mariadbd", [f"--basedir={usr}"])


def _mariadb(name: str, installer: str, server: str, where: list[str]) -> Flavour:
    def install(directory: Path, sql: Path) -> list[str]:
        return [installer, "--no-defaults", *where, f"--datadir={directory}/data", "--skip-test-db", "--skip-name-resolve",
                "--auth-root-authentication-method=normal", f"--extra-file={sql}", f"--tmpdir={directory}/tmp",
                "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-log-file-size=16M"]

    def serve(directory: Path) -> list[str]:
        return [server, "--no-defaults", *where, f"--datadir={directory}/data", f"--tmpdir={directory}/tmp", *_CARELESS,
                "--innodb-log-file-size=16M"]

    return Flavour(name, "MariaDB", "DELETE FROM mysql.global_priv WHERE User IN ('', 'root');", install, serve)


def _mysql(name: str, usr: Path) -> Flavour:
    def command(directory: Path) -> list[str]:
        return [f"{usr}/sbin/mysqld", "--no-defaults", f"--basedir={usr}", f"--datadir={directory}/data",
                f"--tmpdir={directory}/tmp", "--secure-file-priv=NULL", "--mysqlx=OFF", "--skip-log-bin", *_CARELESS,
                "--innodb-redo-log-capacity=64M"]

    def install(directory: Path, sql: Path) -> list[str]:
        return [*command(directory), "--initialize-insecure", f"--init-file={sql}"]

    return Flavour(name, "MySQL", "DROP USER 'root'@'localhost';", install, command)
