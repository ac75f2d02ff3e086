"""What the exporter says while the database is away, slow, full, read-only, or kills its statements.

Each time: the metrics say so, nothing false is shown, the exporter is the same process, and it recovers by itself.
"""

import time
import unittest
from collections.abc import Callable

import web
from exposition import Page
from facts_case import FactsCase
from waiting import eventually, stays

_FRESH_SECONDS = 5  # cloud.freshness in the lab
# What may be said of a VM that runs, whatever the database does.
_NEVER = ("stopped_out_of_band", "running_recorded_stopped", "duplicate_running", "wrong_host", "stuck_transition")


class DatabaseFacts(FactsCase):
    up_options = ("--hosts", "2", "--vms", "4", "--ha", "0")

    def setUp(self) -> None:
        self.lab.refresh()
        self.exporter = self.lab["programs"]["exporter"]["pid"]
        self.addCleanup(self.lab.fault, "database", "ok")
        self.assert_well()

    def assert_well(self) -> None:
        """By itself, without a restart."""
        self.eventually_page("the exporter is well", lambda page: (
            page.value("warden_exporter_up", source="database") == 1 and page.value("warden_exporter_snapshot_age_seconds") < 3
            and all(sample.value == 1 for sample in page.all("warden_exporter_collector_success"))))
        self.lab.refresh()
        self.assertEqual(self.exporter, self.lab["programs"]["exporter"]["pid"])
        self.assertEqual(4, len(self.page().all("cloudstack_vm_state", state="Running")))

    def assert_nothing_false(self, page: Page) -> None:
        for kind in _NEVER:
            self.assertEqual([], page.all("cloudstack_vm_drift", kind=kind))
        for vm in page.all("cloudstack_vm_state"):
            self.assertEqual("Running", vm.labels["state"])
        self.assertNotIn(0, [sample.value for sample in page.all("cloudstack_vms")])

    def assert_says_so(self, what: str, holds: Callable[[Page], bool], within: float = 20) -> None:
        """Until it does, and when it does, nothing false is said; and every scrape is answered at once."""
        def look() -> Page:
            began = time.monotonic()
            page = self.page()
            self.assertLess(time.monotonic() - began, 2, "the scrape waited for the database")
            self.assert_nothing_false(page)
            return page

        eventually(what, within, look, holds)
        stays("nothing false is shown", 3, look, lambda page: True)

    @staticmethod
    def database_is_down(page: Page) -> bool:
        return page.value("warden_exporter_up", source="database") == 0

    def assert_old_facts_age_and_are_not_called_new(self) -> None:
        page = self.eventually_page("the snapshot grows old",
                                    lambda page: page.value("warden_exporter_snapshot_age_seconds") > _FRESH_SECONDS)
        self.assert_nothing_false(page)
        self.assertEqual(1, page.value("warden_exporter_up", source="libvirt"))
        self.assertEqual(200, web.get(f"{self.lab['exporter_url']}/-/healthy").status)

    def test_it_is_restarted(self) -> None:
        self.lab.fault("database", "stop")
        self.addCleanup(self.assert_well)
        try:
            self.assert_says_so("the database is down", self.database_is_down)
            self.assert_old_facts_age_and_are_not_called_new()
        finally:
            self.lab.fault("database", "start")

    def test_a_statement_is_killed_in_the_middle(self) -> None:
        self.lab.fault("lock-table", "vm_instance", "60")
        eventually("a statement is under way and killed", 20, lambda: self.lab.fault("kill-queries"), lambda told: not told.startswith("0 "))
        self.assert_says_so("the reading of VMs has failed", lambda page: page.value("warden_exporter_collector_success", collector="vms") == 0)
        self.lab.fault("database", "ok")
        self.assert_well()

    def test_its_connections_are_killed(self) -> None:
        for _ in range(3):
            self.lab.fault("kill-connections")
            self.assert_nothing_false(self.page())
        self.assert_well()

    def test_one_statement_hangs_and_holds_up_no_other(self) -> None:
        self.lab.fault("lock-table", "op_ha_work", "60")
        self.assert_says_so("the reading of HA work has failed", lambda page: page.value("warden_exporter_collector_success", collector="ha_work") == 0)
        page = self.page()
        self.assertEqual([], page.all("cloudstack_ha_work"))
        self.assertEqual((1, 1), (page.value("warden_exporter_up", source="database"), page.value("warden_exporter_collector_success", collector="vms")))
        self.lab.fault("database", "ok")
        self.assert_well()

    def test_it_is_read_only(self) -> None:
        """No difference to one who only reads; CloudStack's heartbeat stops, and that is seen."""
        self.lab.fault("database", "read-only")
        self.assert_says_so("the heartbeat of the management server grows old", lambda page: page.value(
            "cloudstack_management_server_heartbeat_age_seconds", name="management-1") > 8)
        self.assertEqual(1, self.page().value("warden_exporter_up", source="database"))
        self.lab.fault("database", "ok")
        self.assert_value(1, "cloudstack_management_server_up", name="management-1")
        self.eventually_page("the heartbeat is young again", lambda page: page.value(
            "cloudstack_management_server_heartbeat_age_seconds", name="management-1") < 5)

    def test_it_is_out_of_connections(self) -> None:
        self.lab.fault("database", "full")
        # Who has a connection keeps it: the exporter has, and reads on.
        stays("the exporter's own connection lasts", 3, self.page, lambda page: not self.database_is_down(page))
        self.lab.fault("kill-connections")
        self.assert_says_so("the database is down", self.database_is_down)
        self.assert_old_facts_age_and_are_not_called_new()
        self.lab.fault("database", "ok")
        self.assert_well()

    def test_it_is_slow_for_ten_seconds(self) -> None:
        self.lab.fault("database", "slow", "--seconds", "10")
        self.assert_says_so("the database is down", self.database_is_down, within=9)
        self.assert_well()


if __name__ == "__main__":
    unittest.main()
