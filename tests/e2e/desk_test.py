"""The operator's desk: a held action explained on one screen, what another configuration would change, and that taken over live."""

import json
import os
import signal
import subprocess
import unittest
from pathlib import Path
from typing import Any

import web
import yaml
from lab import BINARIES
from lab_case import LabCase
from waiting import eventually
from warden import samples

_FIRES_WITHIN = 60
_ENDS_WITHIN = 90
_COMMAND_SECONDS = 20
_SCREEN_LINES = 24
_SCREEN_COLUMNS = 100


class DeskCase(LabCase):
    """An operator with wardenctl and a copy of the configuration."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.config = Path(cls.lab["config_file"])
        cls.settings: dict[str, Any] = yaml.safe_load(cls.config.read_text(encoding="utf-8"))
        cls.token_file = cls.config.with_name("desk.token")
        cls.token_file.write_text(cls.lab["operator_token"], encoding="utf-8")
        cls.url = cls.lab["controller_url"]

    def wardenctl(self, *words: str, code: int = 0, url: str | None = None) -> str:
        """What it prints; on stderr when it is to end with another code than 0."""
        done = subprocess.run([BINARIES / "wardenctl", *words], capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=False,
                              env={**os.environ, "WARDEN_CONTROLLER": url or self.url, "WARDEN_TOKEN_FILE": str(self.token_file)})
        self.assertEqual(code, done.returncode, f"wardenctl {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stderr if code else done.stdout

    def write(self, name: str, **controller: Any) -> Path:
        """The lab's configuration with other keys below `controller`, beside it: its files of secrets are found from there."""
        path = self.config.with_name(name)
        path.write_text(yaml.safe_dump({**self.settings, "controller": {**self.settings["controller"], **controller}}), encoding="utf-8")
        return path

    def with_mode(self, mode: str) -> dict[str, Any]:
        remedies = self.settings["controller"]["remedies"]
        return {**remedies, "stop_sync": {**remedies["stop_sync"], "mode": mode}}

    def metric(self, name: str) -> float:
        return samples(self.url, f"warden_controller_{name}")[0]

    def reload(self) -> web.Answer:
        return web.post(f"{self.url}/-/reload", b"", web.bearer(self.lab["operator_token"]))


class TheDesk(DeskCase):
    up_options = ("--defect", "10406", "--vms", "4", "--ha", "0", "--set", "controller.remedies.stop_sync.mode=approve")

    def test_a_held_action_is_explained_judged_again_and_released_by_another_configuration(self):
        vm = self.take_vm()
        self.lab.fault("destroy", vm)
        action = self.eventually_action(vm, _FIRES_WITHIN, "awaiting_approval")
        self.assert_one_screen(self.wardenctl("explain", vm), vm)
        self.assertEqual(action["id"], json.loads(self.wardenctl("explain", vm, "--json"))["action"]["id"])
        self.assert_replayed(action["id"], vm)
        self.assert_taken_over(vm, action["id"])

    def assert_one_screen(self, page: str, vm: str) -> None:
        lines = page.splitlines()
        self.assertLessEqual(len(lines), _SCREEN_LINES, page)
        self.assertLessEqual(max(map(len, lines)), _SCREEN_COLUMNS, page)
        for words in (vm, "What is true", "stopped_out_of_band", "Who says so", "CloudStack records", "its agent reports",
                      "libvirt shows", "What Warden will do", "Why not yet", "mode", "lifted by", "wardenctl approve"):
            self.assertIn(words, page)

    def assert_replayed(self, number: int, vm: str) -> None:
        automatic = self.write("automatic.yml", remedies=self.with_mode("auto"))
        self.assertIn("none would differ", self.wardenctl("replay", "--config", str(self.config)))
        page = self.wardenctl("replay", "--config", str(automatic))
        self.assertRegex(page, rf"{number} +{vm} +stop_sync +\S+ +holds +acts +no longer refused by mode")
        exported = self.config.with_name("exported.json")
        exported.write_text(self.wardenctl("actions", str(number), "--json"), encoding="utf-8")
        judged = json.loads(self.wardenctl("replay", "--config", str(automatic), str(exported), "--json", url="http://127.0.0.1:1"))
        self.assertTrue(judged["actions"][0]["decisions"][-1]["would_act"])
        strict = self.write("strict.yml", remedies=self.with_mode("auto"), alerts={"CloudStackHAVMNotRestarted": "ha_restart"})
        self.assertIn("would be turned away", self.wardenctl("replay", "--config", str(strict)))
        self.assertEqual("awaiting_approval", self.only_action(vm)["state"], "replay does nothing")
        self.assertEqual(0, self.lab.stop_requests(vm))

    def assert_taken_over(self, vm: str, number: int) -> None:
        """What waits goes on by the new configuration: nothing is forgotten, nothing begins anew."""
        before = self.metric("config_hash")
        self.addCleanup(self.put_back)
        self.write(self.config.name, remedies=self.with_mode("auto"))
        os.kill(self.lab["programs"]["controller"]["pid"], signal.SIGHUP)
        done = self.eventually_action(vm, _ENDS_WITHIN, "succeeded")
        self.assertEqual((number, 1), (done["id"], self.lab.stop_commands(vm)))
        self.assertNotEqual(before, self.metric("config_hash"))
        self.assertEqual([1.0], samples(self.url, "warden_controller_remedy_mode", remedy="stop_sync", mode="auto"))

    def put_back(self) -> None:
        self.write(self.config.name)
        self.assertEqual(200, self.reload().status)

    def test_a_configuration_with_a_mistake_changes_nothing(self):
        self.addCleanup(self.put_back)
        before = self.metric("config_hash")
        for keys, named in (({"remedys": {}}, "remedys"), ({"judge_interval": "7s"}, "controller.judge_interval"),
                            ({"remedies": self.with_mode("auto"), "cloudstack": {}}, "controller.cloudstack")):
            self.write(self.config.name, **keys)
            answer = self.reload()
            self.assertEqual(500, answer.status, answer.text)
            self.assertIn(named, answer.text)
            self.assertEqual((0.0, before), (self.metric("config_last_reload_successful"), self.metric("config_hash")))
            self.assertEqual([1.0], samples(self.url, "warden_controller_remedy_mode", remedy="stop_sync", mode="approve"))
        self.put_back()
        self.assertEqual(1.0, self.metric("config_last_reload_successful"))

    def test_a_reload_wants_the_operators_token_and_takes_over_a_new_one(self):
        self.assertEqual(401, web.post(f"{self.url}/-/reload", b"").status)
        file = self.config.parent / self.settings["controller"]["operator"]["token_file"]
        old = file.read_text(encoding="utf-8")

        def put_back() -> None:
            file.write_text(old, encoding="utf-8")
            os.kill(self.lab["programs"]["controller"]["pid"], signal.SIGHUP)
            eventually("the old token is in force", _FIRES_WITHIN, lambda: self.reload().status, lambda status: status == 200)

        self.addCleanup(put_back)
        file.write_text("renewed-" + old, encoding="utf-8")
        self.assertEqual(200, self.reload().status)
        self.assertEqual(401, self.reload().status, "the former token opens nothing any more")
        self.assertIn("token", self.wardenctl("actions", code=1))

    def test_how_wardenctl_ends_says_what_came_of_it(self):
        self.assertIn("has no VM", self.wardenctl("explain", "nobody", code=1))
        self.assertIn("required", self.wardenctl("explain", code=2))
        self.assertIn("127.0.0.1:1", self.wardenctl("actions", code=3, url="http://127.0.0.1:1"))
        self.assertIn(": good", self.wardenctl("check-config", str(self.config)))
        self.assertIn("remedys", self.wardenctl("check-config", str(self.write("wrong.yml", remedys={})), code=1))

    def test_the_shell_completes_commands_and_their_options(self):
        script = self.wardenctl("completion", "bash")
        for typed, expected in (("expl", ["explain"]), ("replay --conf", ["--config"]), ("--tok", ["--token-file"])):
            words = typed.split()
            asked = f"{script}\nCOMP_WORDS=(wardenctl {typed}); COMP_CWORD={len(words)}; _wardenctl; printf '%s\\n' \"${{COMPREPLY[@]}}\""
            done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=True)
            self.assertEqual(expected, done.stdout.split(), typed)


if __name__ == "__main__":
    unittest.main()
