"""The exporter's manners towards those who scrape and run it: groups, shards, zones, reloading, and why a VM is judged as it is."""

import base64
import crypt
import os
import signal
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

import web
import yaml
from exposition import Page
from facts_case import FactsCase
from lab import BINARIES
from waiting import eventually, stays

_READY_SECONDS = 40
_PASSWORD = "a long one for the lab"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Exporter:
    """One more exporter on the lab's cloud, with a configuration of its own that a test may change."""

    def __init__(self, case: FactsCase, *flags: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="wman-", dir="/tmp"))
        self._config = self._folder / "warden.yml"
        lab_config = Path(case.lab["programs"]["exporter"]["log"]).parent.parent / "config" / "warden.yml"
        self.settings: dict[str, Any] = yaml.safe_load(lab_config.read_text(encoding="utf-8"))
        self.write()
        self.url = f"http://127.0.0.1:{free_port()}"
        self._log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen(
            [str(BINARIES / "warden-exporter"), f"--config.file={self._config}",
             f"--web.listen-address={self.url.removeprefix('http://')}", *flags],
            stdin=subprocess.DEVNULL, stderr=self._log)
        case.addCleanup(self.end)

    def write(self) -> None:
        self._config.write_text(yaml.safe_dump(self.settings), encoding="utf-8")

    def spoil(self) -> None:
        self._config.write_text("exporter: {lisen: 1}\n", encoding="utf-8")

    def hang_up(self) -> None:
        self._process.send_signal(signal.SIGHUP)

    def log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8")

    def await_ready(self) -> None:
        eventually(f"{self.url} is ready", _READY_SECONDS, self._is_ready)

    def page(self, query: str = "") -> Page:
        return Page(web.get(f"{self.url}/metrics{query}").text)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._log.close()

    def _is_ready(self) -> bool:
        try:
            return web.get(f"{self.url}/-/ready").status in (200, 401)
        except OSError:
            return False


def series(page: Page) -> set[tuple[str, frozenset[tuple[str, str]]]]:
    """What the page is about, without the values (ages go on) and without what an exporter says of itself."""
    return {(sample.name, frozenset(sample.labels.items())) for sample in page.everything()
            if not sample.name.startswith("warden_exporter_")}


class Manners(FactsCase):
    up_options = ("--vms", "6")

    def start(self, *flags: str) -> Exporter:
        exporter = Exporter(self, *flags)
        exporter.await_ready()
        return exporter

    def test_two_shards_together_are_the_whole_and_share_nothing(self):
        whole, first, second = self.start(), self.start("--shard=1/2"), self.start("--shard=2/2")

        def agree() -> bool:
            parts = series(first.page()), series(second.page())
            return not parts[0] & parts[1] and parts[0] | parts[1] == series(whole.page())

        eventually("the shards are the whole", 20, agree)
        self.assertTrue(first.page().all("cloudstack_vms"))
        self.assertEqual([], second.page().all("cloudstack_vms"))
        for exporter in (whole, first, second):
            self.assertEqual(1, exporter.page().value("warden_exporter_up", source="database"))

    def test_a_scrape_may_ask_for_some_groups(self):
        exporter = self.start()
        page = exporter.page("?collect[]=host&collect[]=exporter")
        self.assertTrue(page.count("cloudstack_host_"))
        self.assertTrue(page.count("warden_exporter_"))
        self.assertEqual(0, page.count("cloudstack_vm"))
        answer = web.get(f"{exporter.url}/metrics?collect[]=hosts")
        self.assertEqual((400, True), (answer.status, "the groups are vm, host, cloudstack" in answer.text))

    def test_zones_divide_the_work_and_a_name_that_is_none_is_told(self):
        exporter = self.start()
        self.assertTrue(exporter.page().all("cloudstack_vm_state"))
        exporter.settings["cloud"]["zones"] = ["nowhere"]
        exporter.write()
        self.assertEqual(200, web.post(f"{exporter.url}/-/reload", b"").status)
        eventually("nothing of other zones is shown", _READY_SECONDS, lambda: exporter.page().all("cloudstack_vm_state"),
                   lambda shown: not shown)
        self.assertEqual(0, exporter.page().value("warden_exporter_collector_success", collector="zones"))
        self.assertIn("no zone is called so; the zones are", exporter.log())

    def test_a_wrong_file_changes_nothing_and_a_right_one_takes_over_without_a_gap(self):
        exporter = self.start()
        exporter.spoil()
        answer = web.post(f"{exporter.url}/-/reload", b"")
        self.assertEqual(500, answer.status)
        self.assertIn("exporter.lisen: unknown key; did you mean 'listen'?", answer.text)
        self.assertEqual(0, exporter.page().value("warden_exporter_config_last_reload_successful"))

        exporter.settings["exporter"]["families"] = {"disable": ["cloudstack_vm_info", "host"]}
        exporter.write()
        exporter.hang_up()

        def has_taken_over() -> bool:
            page = exporter.page()
            self.assertEqual(6, len(page.all("cloudstack_vm_state")), "a gap")
            return not page.all("cloudstack_vm_info") and not page.count("cloudstack_host_")

        eventually("the new configuration is in force", _READY_SECONDS, has_taken_over)
        self.assertEqual(1, exporter.page().value("warden_exporter_config_last_reload_successful"))

    def test_drift_goes_on_since_when_it_did(self):
        exporter = self.start()
        vm = self.lab["vms"][-1]["name"]
        self.pause_cloudstack()
        self.lab.fault("destroy", vm)
        since = eventually("the death is seen", 20, lambda: exporter.page().value(
            "cloudstack_vm_drift_since_timestamp_seconds", vm=vm), lambda seen: seen is not None)
        exporter.settings["exporter"]["families"] = {"disable": ["host"]}
        exporter.write()
        exporter.hang_up()

        def lasts(page: Page) -> bool:
            return page.value("cloudstack_vm_drift_since_timestamp_seconds", vm=vm) == since

        eventually("the new configuration is in force", _READY_SECONDS, exporter.page,
                   lambda page: not page.count("cloudstack_host_"))
        stays("the drift lasts since the same moment", 3, exporter.page, lasts)

    def test_why_a_vm_is_judged_as_it_is_is_told_to_known_users_alone(self):
        vm = self.lab["vms"][0]
        open_to_all = self.start()
        answer = web.get(f"{open_to_all.url}/debug/vm/{vm['name']}")
        self.assertEqual((403, True), (answer.status, "--web.config.file" in answer.text))

        users = Path(tempfile.mkstemp(prefix="wman-", suffix=".yml", dir="/tmp")[1])
        self.addCleanup(os.unlink, users)
        password = crypt.crypt(_PASSWORD, crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=1 << 5))
        users.write_text(yaml.safe_dump({"basic_auth_users": {"ops": password}}), encoding="utf-8")
        exporter = self.start(f"--web.config.file={users}")
        known = {"Authorization": "Basic " + base64.b64encode(f"ops:{_PASSWORD}".encode()).decode()}
        self.assertEqual(401, web.get(f"{exporter.url}/debug/vm/{vm['name']}").status)
        self.assertEqual(401, web.post(f"{exporter.url}/-/reload", b"").status)
        eventually("it has looked", _READY_SECONDS, lambda: web.get(f"{exporter.url}/-/ready", known).status,
                   lambda status: status == 200)
        for name in (vm["name"], vm["id"]):
            told = web.get(f"{exporter.url}/debug/vm/{name}?format=json", known).json
            self.assertEqual([vm["name"]], [one["vm"] for one in told])
            self.assertEqual({host["name"] for host in self.lab["hosts"]}, {one["host"] for one in told[0]["candidates"]})
        self.assertIn("<h2>Facts</h2>", web.get(f"{exporter.url}/debug/vm/{vm['id']}", known).text)
        self.assertEqual(404, web.get(f"{exporter.url}/debug/vm/nobody", known).status)


if __name__ == "__main__":
    unittest.main()
