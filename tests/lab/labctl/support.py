"""One lab for all the tests of a class, and words to ask it with."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

import pymysql
from pymysql.cursors import DictCursor

LABCTL = Path(__file__).resolve().parents[3] / "lab" / "labctl"


def labctl(root: str, *arguments: str, expect: int = 0) -> str:
    result = subprocess.run([LABCTL, "--dir", root, *arguments], capture_output=True, text=True, timeout=180)
    if result.returncode != expect:
        raise AssertionError(f"labctl {' '.join(arguments)}: {result.returncode}, {result.stderr.strip()}")
    return result.stdout if expect == 0 else result.stderr


def new_directory() -> str:
    return tempfile.mkdtemp(prefix="wl", dir="/tmp")


def database_option() -> list[str]:
    """The server that WARDEN_TEST_DATABASE names, as for all tests."""
    root = os.environ.get("WARDEN_TEST_DATABASE")
    return ["--database", Path(root).name] if root else []


class FaultCase(unittest.TestCase):
    VMS = 6
    root: str
    status: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        cls.root = new_directory()
        labctl(cls.root, "up", "--hosts", "2", "--vms", str(cls.VMS), "--ha", "0", "--programs", "none", "--while-pid",
               str(os.getpid()), *database_option())
        cls.addClassCleanup(labctl, cls.root, "down")
        cls.status = json.loads(labctl(cls.root, "status", "--json"))

    def fault(self, *arguments: str) -> str:
        return labctl(self.root, "fault", *arguments)

    def break_and_restore(self, *arguments: str) -> str:
        """The fault, and at the end of the test what it says restores it. Returns what it did."""
        did, _, restore = self.fault(*arguments).partition("; to restore it: ")
        self.assertTrue(restore)
        self.addCleanup(self.query, restore.strip())
        return did

    def connect(self, user: str | None = None, password: str | None = None) -> pymysql.connections.Connection:
        server = self.status["database"]
        return pymysql.connect(host=server["host"], port=server["port"], user=user or server["user"], autocommit=True,
                               password=password or server["password"], database="cloud", connect_timeout=5, read_timeout=20)

    def connect_as_warden(self) -> pymysql.connections.Connection:
        password = Path(self.status["config_file"]).parent / "database.password"
        return self.connect("warden", password.read_text().strip())

    def query(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with self.connect() as connection, connection.cursor(DictCursor) as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def value(self, sql: str, *values: object) -> Any:
        rows = self.query(sql, *values)
        return next(iter(rows[0].values())) if rows else None
