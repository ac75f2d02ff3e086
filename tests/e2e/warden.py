"""Warden, Prometheus and Alertmanager of a lab, as an operator and an attacker can reach them."""

import datetime
import re
import subprocess
import tempfile
import uuid
from typing import Any

import web
from lab import BINARIES, Lab

ALERT = "CloudStackVMStoppedOutOfBand"
HA_ALERT = "CloudStackHAVMNotRestarted"
Action = dict[str, Any]


def utc(offset_seconds: float = 0) -> str:
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=offset_seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Controller:
    """One of the lab's controllers: `controller`, or `controller2` where there are two."""

    def __init__(self, lab: Lab, program: str = "controller") -> None:
        self._lab = lab
        self.program = program

    @property
    def url(self) -> str:
        return self._lab[f"{self.program}_url"]

    @property
    def webhook_url(self) -> str:
        return f"{self.url}/api/v1/alerts"

    def status(self) -> dict[str, Any]:
        """Who leads, as this one knows it."""
        return self._get(f"{self.url}/api/v1/status")

    def actions(self, vm: str) -> list[Action]:
        """Of this VM, newest first, each with its steps, verdicts, attempts and evidence."""
        url = f"{self.url}/api/v1/actions?state=all&vm={self._lab.vm(vm)['id']}"
        return [self.action(action["id"]) for action in self._get(url)["actions"]]

    def all_actions(self) -> list[Action]:
        return self._get(f"{self.url}/api/v1/actions?state=all")["actions"]

    def action(self, number: int) -> Action:
        return self._get(f"{self.url}/api/v1/actions/{number}")

    def deliver(self, batch: dict[str, Any]) -> web.Answer:
        return web.post_json(self.webhook_url, batch, web.bearer(self._lab["webhook_token"]))

    def _get(self, url: str) -> Any:
        answer = web.get(url, web.bearer(self._lab["operator_token"]))
        if answer.status != 200:
            raise AssertionError(f"{url} answers {answer.status}: {answer.text}")
        return answer.json


def wardenctl(lab: Lab, *words: str) -> str:
    """What the operator's command line prints."""
    with tempfile.NamedTemporaryFile("w", prefix="operator-", suffix=".token") as token:
        token.write(lab["operator_token"])
        token.flush()
        done = subprocess.run([str(BINARIES / "wardenctl"), "--controller", lab["controller_url"], "--token-file", token.name, *words],
                              capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise AssertionError(f"wardenctl {' '.join(words)} ends with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def refusing(action: Action) -> set[str]:
    """The guards that hold the action now."""
    return {verdict["guard"] for verdict in action["verdicts"] if not verdict["passes"]}


def batch_of(*alerts: dict[str, Any]) -> dict[str, Any]:
    """A delivery as Alertmanager makes it."""
    return {"version": "4", "groupKey": "{}:{}", "truncatedAlerts": 0, "status": "firing", "receiver": "warden-controller",
            "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://localhost",
            "alerts": list(alerts)}


def alert_on(vm_id: str | None, name: str = ALERT, **labels: str) -> dict[str, Any]:
    """One firing alert of a delivery, never seen before."""
    named = {"alertname": name, "remedy": "stop_sync", **labels, **({"vm_id": vm_id} if vm_id is not None else {})}
    return {"status": "firing", "labels": named, "annotations": {}, "startsAt": utc(), "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "", "fingerprint": uuid.uuid4().hex[:16]}


def push_alert(lab: Lab, vm: str, name: str = ALERT) -> None:
    """Gives the real Alertmanager an alert that Prometheus rightly does not raise."""
    remedy = {ALERT: "stop_sync", HA_ALERT: "ha_restart"}[name]
    labels = {"alertname": name, "remedy": remedy, "severity": "critical", "vm": vm, "vm_id": lab.vm(vm)["id"]}
    answer = web.post_json(f"{lab['alertmanager_url']}/api/v2/alerts",
                           [{"labels": labels, "annotations": {}, "startsAt": utc(), "endsAt": utc(600)}])
    if answer.status != 200:
        raise AssertionError(f"Alertmanager answers {answer.status}: {answer.text}")


def alert_states(lab: Lab, vm: str) -> list[str]:
    """Of the VM's alerts in Prometheus that ask for a remedy."""
    alerts = web.get(f"{lab['prometheus_url']}/api/v1/alerts").json["data"]["alerts"]
    return [alert["state"] for alert in alerts if alert["labels"].get("vm") == vm and "remedy" in alert["labels"]]


_SAMPLE = re.compile(r"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)", re.MULTILINE)
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def samples(url: str, name: str, **labels: str) -> list[float]:
    """The values of one metric whose labels have these values, at <url>/metrics."""
    text = web.get(f"{url}/metrics").text
    return [float(value) for found, pairs, value in _SAMPLE.findall(text)
            if found == name and labels.items() <= dict(_LABEL.findall(pairs or "")).items()]


def total(url: str, name: str, **labels: str) -> float:
    return sum(samples(url, name, **labels))
