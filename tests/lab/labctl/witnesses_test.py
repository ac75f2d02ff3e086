import http.server
import json
import tempfile
import threading
import unittest
from pathlib import Path

from warden_lab.witnesses import Actions, Alerts, ManagementServerLog

HELD = {"guard": "grace", "claim": "the drift outlasted the grace", "passes": False, "sentence": "2 s of 8 s are over",
        "facts": {}, "lifted_by": "time"}
PASSED = {"guard": "host_up", "claim": "the VM's host is Up", "passes": True}
ACTION = {"id": 7, "remedy": "stop_sync", "vm": "i-2-41-VM", "state": "held", "verdicts": [HELD, PASSED],
          "steps": [{"at": "2026-01-01T00:00:00Z", "state": "received", "note": ""},
                    {"at": "2026-01-01T00:00:01Z", "state": "held", "note": "grace"}]}


class Answers(unittest.TestCase):
    """Against a real HTTP server that says what Warden and Prometheus say."""

    def setUp(self) -> None:
        pages = self.pages = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = self.path in pages
                self.send_response(200 if known else 404)
                self.end_headers()
                self.wfile.write(json.dumps(pages.get(self.path)).encode())

            def log_message(self, *_arguments: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}"
        self.status = {"controller_url": url, "prometheus_url": url, "operator_token": "token"}

    def test_an_action_tells_its_steps_and_every_verdict(self) -> None:
        self.pages["/api/v1/actions?state=all"] = {"actions": [{"id": 7}]}
        self.pages["/api/v1/actions/7"] = ACTION
        self.assertEqual([str(fact) for fact in Actions(self.status).facts().values()], [
            "the controller answers",
            "  guard grace holds: 2 s of 8 s are over (until: time)",
            "  guard host_up passes: the VM's host is Up",
            "action 7, stop_sync of i-2-41-VM, is received",
            "action 7, stop_sync of i-2-41-VM, is held: grace"])

    def test_an_action_that_was_not_judged_yet_has_no_verdicts(self) -> None:
        self.pages["/api/v1/actions?state=all"] = {"actions": [{"id": 7}]}
        self.pages["/api/v1/actions/7"] = ACTION | {"verdicts": None, "steps": []}
        self.assertEqual(list(Actions(self.status).facts()), ["controller"])

    def test_an_alert_fires_and_resolves(self) -> None:
        labels = {"alertname": "CloudStackVMStoppedOutOfBand", "vm": "i-2-41-VM", "vm_id": "uuid", "remedy": "stop_sync"}
        alerts = Alerts(self.status)
        self.pages["/api/v1/alerts"] = {"data": {"alerts": [{"labels": labels, "state": "firing"}]}}
        key = "alert CloudStackVMStoppedOutOfBand i-2-41-VM"
        self.assertEqual(alerts.facts()[key], "CloudStackVMStoppedOutOfBand i-2-41-VM is firing")
        self.pages["/api/v1/alerts"] = {"data": {"alerts": []}}
        self.assertEqual(alerts.facts()[key], "CloudStackVMStoppedOutOfBand i-2-41-VM is resolved")
        self.assertEqual((alerts.fired, alerts.active), ({"uuid"}, set()))

    def test_silence_of_prometheus_is_not_a_resolved_alert(self) -> None:
        alerts = Alerts(self.status | {"prometheus_url": "http://127.0.0.1:1"})
        alerts.facts()
        self.assertIsNone(alerts.active)


class LogOfTheManagementServer(unittest.TestCase):
    def test_tells_what_is_new_and_no_routine(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "log"
            path.write_text("2026-01-01T00:00:00.000Z start defect=none\n")
            log = ManagementServerLog({"management_server": {"log": str(path)}})
            with path.open("a") as file:
                file.write("2026-01-01T00:00:01.000Z power-report host=host1 vms=\n"
                           "2026-01-01T00:00:02.000Z stop-command vm=i-2-41-VM\n2026-01-01T00:00:03.000Z unfin")
            self.assertEqual(log.news(), ["stop-command vm=i-2-41-VM"])
            self.assertEqual(log.news(), [])


if __name__ == "__main__":
    unittest.main()
