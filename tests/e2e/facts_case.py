"""Facts are made in the lab, and the exporter's page is asked for them.

Every fact is also run on the other database servers: ./test mysql, ./test mariadb-11.8.
"""

import unittest
from collections.abc import Callable
from typing import Any, ClassVar

import web
from cs import CloudStack
from exposition import Page
from lab import Lab
from waiting import eventually

_HEALTHY_SECONDS = 60
# A few of the exporter's intervals, and of CloudStack's.
_SEEN_SECONDS = 30


class FactsCase(unittest.TestCase):
    up_options: ClassVar[tuple[str, ...]] = ()
    lab: ClassVar[Lab]

    @classmethod
    def setUpClass(cls) -> None:
        cls.lab = Lab("--programs", "exporter", *cls.up_options)
        cls.lab.up()
        cls.addClassCleanup(cls.lab.down)
        eventually("every VM reported three times", _HEALTHY_SECONDS, cls.lab.is_healthy)

    def page(self) -> Page:
        return Page(web.get(f"{self.lab['exporter_url']}/metrics").text)

    def break_and_restore(self, *fault: str) -> str:
        """A fault in the records; at the end of the test what was there is there again."""
        did, _, restore = self.lab.fault(*fault).partition("; to restore it: ")
        self.addCleanup(self.lab.query, restore.strip())
        return did

    def pause_cloudstack(self) -> None:
        """Nobody heals anything until the end of the test."""
        self.lab.program("kill", "management-server")
        self.addCleanup(self.lab.program, "start", "management-server")

    def api(self) -> CloudStack:
        return CloudStack(endpoint=self.lab["api_url"], key=self.lab["api_key"], secret=self.lab["secret_key"])

    def row(self, sql: str, *values: object) -> dict[str, Any]:
        return self.lab.query(sql, *values)[0]

    def assert_value(self, expected: float | None, name: str, /, **labels: str) -> None:
        """Sooner or later the only series of that name and these labels has the value; None: there is no series."""
        eventually(f"{name}{labels or ''} is {expected}", _SEEN_SECONDS, lambda: self.page().value(name, **labels),
                   lambda seen: seen == expected)

    def assert_label(self, label: str, expected: str | None, name: str, /, **labels: str) -> None:
        """Likewise for a label: of a state series, its state."""
        eventually(f"{label} of {name}{labels or ''} is {expected}", _SEEN_SECONDS,
                   lambda: self.page().label(label, name, **labels), lambda seen: seen == expected)

    def eventually_page(self, what: str, holds: Callable[[Page], Any], within: float = _SEEN_SECONDS) -> Page:
        return eventually(what, within, self.page, holds)
