"""What others rely on: the names and form of metrics, the configuration files, and the lab's likeness to CloudStack."""

import re
import subprocess
import unittest

import web
from lab import ROOT
from lab_case import LabCase
from waiting import eventually

_PROGRAMS = ("exporter", "controller")


def catalogue() -> set[str]:
    """The names in docs/metrics.md: the first cell of each row of its tables."""
    text = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z_]+)`", text, re.MULTILINE))


class Contracts(LabCase):
    up_options = ("--vms", "4")

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # One VM drifts, so that the families of drift have something to show.
        cls.lab.fault("migrate", cls.lab["vms"][-1]["name"], "host2")

    def metrics(self, program: str) -> web.Answer:
        return web.get(f"{self.lab[f'{program}_url']}/metrics")

    def test_promtool_has_nothing_to_say_about_our_metrics(self):
        for program in _PROGRAMS:
            with self.subTest(program=program):
                done = subprocess.run(["promtool", "check", "metrics"], input=self.metrics(program).body, capture_output=True,
                                      check=False, timeout=20)
                self.assertEqual((0, b""), (done.returncode, done.stdout + done.stderr))

    def test_every_name_is_in_the_catalogue(self):
        known = catalogue()
        self.assertGreater(len(known), 40)
        for program in _PROGRAMS:
            with self.subTest(program=program):
                names = set(re.findall(r"^# TYPE (\S+)", self.metrics(program).text, re.MULTILINE))
                self.assertGreater(len(names), 5)
                self.assertEqual(set(), names - known)

    def test_metrics_are_of_the_text_format(self):
        for program in _PROGRAMS:
            with self.subTest(program=program):
                self.assertEqual("text/plain; version=0.0.4; charset=utf-8", self.metrics(program).headers["Content-Type"])

    def test_both_programs_are_healthy_and_ready(self):
        for program in _PROGRAMS:
            for path in ("/-/healthy", "/-/ready"):
                with self.subTest(program=program, path=path):
                    self.assertEqual(200, web.get(f"{self.lab[f'{program}_url']}{path}").status)

    def test_prometheus_scrapes_both_and_knows_our_rules(self):
        def health() -> dict[str, str]:
            targets = web.get(f"{self.lab['prometheus_url']}/api/v1/targets").json["data"]["activeTargets"]
            return {target["labels"]["job"]: target["health"] for target in targets}

        expected = {f"warden-{program}": "up" for program in _PROGRAMS}
        eventually("both programs are scraped", 15, health, lambda seen: seen == expected)
        groups = web.get(f"{self.lab['prometheus_url']}/api/v1/rules").json["data"]["groups"]
        rules = [rule for group in groups for rule in group["rules"]]
        self.assertIn("CloudStackVMStoppedOutOfBand", [rule["name"] for rule in rules])
        self.assertEqual({"ok"}, {rule["health"] for rule in rules if rule["health"] != "unknown"})

    def test_the_client_cs_lists_and_stops_a_vm(self):
        vm = self.take_vm()
        api = self.api()
        listed = api.listVirtualMachines(listall=True)
        self.assertEqual(len(self.lab["vms"]), listed["count"])
        found = [machine for machine in listed["virtualmachine"] if machine["id"] == self.lab.vm(vm)["id"]]
        self.assertEqual(["Running"], [machine["state"] for machine in found])

        job = api.stopVirtualMachine(id=self.lab.vm(vm)["id"])["jobid"]
        result = eventually("the job ends", 30, lambda: api.queryAsyncJobResult(jobid=job), lambda seen: seen["jobstatus"] != 0)
        self.assertEqual(1, result["jobstatus"], result)
        self.assertEqual("Stopped", self.lab.record(vm)["state"])
        self.assertEqual(1, self.lab.stop_commands(vm))


class Documents(unittest.TestCase):
    def test_the_catalogue_names_no_metric_that_no_source_has(self):
        sources = "\n".join(path.read_text(encoding="utf-8") for folder in ("exporter", "controller")
                            for path in (ROOT / folder).rglob("*.cpp"))
        for name in catalogue():
            unprefixed = name.removeprefix("warden_controller_").removeprefix("warden_exporter_")
            self.assertTrue(f'"{name}"' in sources or f'"{unprefixed}"' in sources, name)

    def test_every_alert_has_a_runbook(self):
        rules = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "alerts").glob("*.rules.yml"))
        runbooks = re.findall(r"runbook_url: (\S+)", rules)
        self.assertEqual(len(re.findall(r"- alert:", rules)), len(runbooks))
        for runbook in runbooks:
            self.assertTrue((ROOT / runbook).is_file(), runbook)


if __name__ == "__main__":
    unittest.main()
