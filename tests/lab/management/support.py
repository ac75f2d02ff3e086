"""A lab of their own for the tests that need hosts, guests and a database, and words to ask it with."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest
import urllib.request
from collections.abc import Callable
from typing import Any

import cs
import pymysql
from pymysql.cursors import DictCursor

LABCTL = pathlib.Path(__file__).resolve().parents[3] / "lab" / "labctl"
PATIENCE_SECONDS = 30.0
PING_SECONDS = 2.0


class LabCase(unittest.TestCase):
    """One lab for all tests of a class; every test works on VMs of its own."""

    VMS = 8
    HA = 0
    DEFECT = "none"

    @classmethod
    def setUpClass(cls) -> None:
        cls.directory = tempfile.mkdtemp(prefix="wms", dir="/tmp")
        cls.labctl(
            "up", "--hosts", "2", "--vms", str(cls.VMS), "--ha", str(cls.HA), "--defect", cls.DEFECT,
            "--programs", "none", "--while-pid", str(os.getpid()),
        )
        cls.addClassCleanup(cls.labctl, "down")
        cls.status: dict[str, Any] = json.loads(cls.labctl("status", "--json"))
        cls.api = cls.new_client()

    @classmethod
    def new_client(cls) -> cs.CloudStack:
        return cs.CloudStack(
            endpoint=cls.status["api_url"], key=cls.status["api_key"], secret=cls.status["secret_key"], timeout=60,
            poll_interval=0.2,
        )

    @classmethod
    def labctl(cls, *arguments: str) -> str:
        done = subprocess.run([LABCTL, "--dir", cls.directory, *arguments], capture_output=True, text=True, timeout=180)
        if done.returncode != 0:
            raise AssertionError(f"labctl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def fault(self, *arguments: str) -> None:
        self.labctl("fault", *arguments)

    def control(self, path: str) -> None:
        url = self.status["management_server"]["control_url"] + path
        with urllib.request.urlopen(urllib.request.Request(url, method="POST"), timeout=10) as answer:
            self.assertEqual(answer.status, 200)

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        account = self.status["database"]
        connection = pymysql.connect(
            host=account["host"], port=account["port"], user=account["user"], password=account["password"],
            database="cloud", cursorclass=DictCursor, autocommit=True,
        )
        with connection, connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return list(cursor.fetchall())

    def vm(self, name: str) -> dict[str, Any]:
        return self.rows("SELECT * FROM vm_instance WHERE instance_name = %s", name)[0]

    def nic(self, name: str) -> dict[str, Any]:
        return self.rows("SELECT * FROM nics WHERE instance_id = %s AND removed IS NULL", self.vm(name)["id"])[0]

    def host(self, name: str) -> dict[str, Any]:
        return self.rows("SELECT * FROM host WHERE name = %s", name)[0]

    def log(self, *words: str) -> list[str]:
        """The lines of the management server's log that hold all of these words."""
        lines = pathlib.Path(self.status["management_server"]["log"]).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if all(word in line for word in words)]

    def wait_until(self, what: str, holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> float:
        """How long it took."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > seconds:
                self.fail(f"not within {seconds:g} s: {what}")
            time.sleep(0.1)
        return time.monotonic() - began

    def settle(self, name: str) -> None:
        """Until the VM's row is frozen, as a healthy VM's is."""
        self.wait_until(f"{name} is reported three times", lambda: self.vm(name)["power_state_update_count"] == 3)
