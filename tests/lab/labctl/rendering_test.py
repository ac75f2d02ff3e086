import unittest

import yaml

from warden_lab import rendering
from warden_lab.failure import LabError


class Rendering(unittest.TestCase):
    def test_warden_keeps_every_key_of_the_shipped_file(self) -> None:
        rendered = yaml.safe_load(rendering.warden({"cloud.database.port": 4711}))
        self.assertEqual(_paths(rendered), _paths(rendering.shipped("warden.yml")))
        self.assertEqual(rendered["cloud"]["database"]["port"], 4711)

    def test_an_override_of_the_caller_beats_the_lab(self) -> None:
        path, value = rendering.parse_override("controller.remedies.stop_sync.mode=observe")
        rendered = yaml.safe_load(rendering.warden({path: value}))
        self.assertEqual(rendered["controller"]["remedies"]["stop_sync"]["mode"], "observe")

    def test_a_mistyped_path_is_refused_with_what_there_is(self) -> None:
        with self.assertRaisesRegex(LabError, "no section remedis there; it has .*remedies"):
            rendering.parse_override("controller.remedis.stop_sync.mode=auto")

    def test_an_override_without_value_is_refused(self) -> None:
        with self.assertRaisesRegex(LabError, "PATH=VALUE"):
            rendering.parse_override("controller.remedies")

    def test_prometheus_differs_from_the_shipped_file_only_in_addresses_and_intervals(self) -> None:
        targets = {"warden-exporter": ["127.0.0.1:1"], "warden-controller": ["127.0.0.1:2", "127.0.0.1:4"]}
        rendered = yaml.safe_load(rendering.prometheus("127.0.0.1:3", targets))
        self.assertEqual(_paths(rendered), _paths(rendering.shipped("prometheus.yml")))
        self.assertEqual([job["static_configs"][0]["targets"] for job in rendered["scrape_configs"]],
                         [["127.0.0.1:1"], ["127.0.0.1:2", "127.0.0.1:4"]])

    def test_alertmanager_differs_from_the_shipped_file_only_in_address_secret_and_intervals(self) -> None:
        rendered = yaml.safe_load(rendering.alertmanager(["http://127.0.0.1:5/api/v1/alerts", "http://127.0.0.1:6/api/v1/alerts"], "/lab/token"))
        shipped = rendering.shipped("alertmanager.yml")
        self.assertEqual([route.get("matchers") for route in rendered["route"]["routes"]],
                         [route.get("matchers") for route in shipped["route"]["routes"]])
        webhooks = rendered["receivers"][0]["webhook_configs"]
        self.assertEqual([webhook["url"] for webhook in webhooks],
                         ["http://127.0.0.1:5/api/v1/alerts", "http://127.0.0.1:6/api/v1/alerts"])
        for webhook in webhooks:
            self.assertEqual(webhook["http_config"]["authorization"]["credentials_file"], "/lab/token")
            self.assertEqual(webhook["max_alerts"], 0)


def _paths(tree: object, prefix: str = "") -> set[str]:
    if not isinstance(tree, dict):
        return {prefix}
    return {path for key, value in tree.items() for path in _paths(value, f"{prefix}.{key}")}


if __name__ == "__main__":
    unittest.main()
