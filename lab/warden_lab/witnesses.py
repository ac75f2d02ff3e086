"""What everybody says about the lab's VMs: each witness answers with facts, key to sentence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pymysql

from . import guests, web
from .failure import LabError
from .timeline import Fact, Facts

Status = dict[str, Any]

_LIBVIRT_STATES = {
    libvirt.VIR_DOMAIN_RUNNING: "running", libvirt.VIR_DOMAIN_BLOCKED: "running", libvirt.VIR_DOMAIN_PAUSED: "paused",
    libvirt.VIR_DOMAIN_SHUTDOWN: "shutting down", libvirt.VIR_DOMAIN_SHUTOFF: "shut off",
    libvirt.VIR_DOMAIN_CRASHED: "crashed", libvirt.VIR_DOMAIN_PMSUSPENDED: "suspended",
}

_VMS = """
    SELECT v.instance_name, v.state, h.name AS host, v.power_state, v.power_state_update_count AS reports,
           n.state AS nic, n.ip4_address AS address
    FROM vm_instance v LEFT JOIN host h ON h.id = v.host_id LEFT JOIN nics n ON n.instance_id = v.id AND n.removed IS NULL
    WHERE v.removed IS NULL ORDER BY v.id"""


class Records:
    """CloudStack's database: what is recorded, and what the agents last reported."""

    source = "cloudstack"

    def __init__(self, status: Status) -> None:
        self._server = status["database"]
        self.rows: dict[str, dict[str, Any]] = {}

    def facts(self) -> Facts:
        try:
            self.rows = {row["instance_name"]: row for row in self._read()}
        except pymysql.err.MySQLError as error:
            return {"database": f"the database does not answer: {error.args[-1]}"}
        facts = {"database": "the database answers"}
        for vm, row in self.rows.items():
            where = f" on {row['host']}" if row["host"] else ""
            address = f" with {row['address']}" if row["address"] else ", no address"
            facts[f"record {vm}"] = f"{vm} is recorded {row['state']}{where}"
            facts[f"report {vm}"] = f"{vm} was last reported {row['power_state']}, {row['reports']} times in a row"
            facts[f"nic {vm}"] = f"the NIC of {vm} is {row['nic']}{address}"
        return facts

    def _read(self) -> list[dict[str, Any]]:
        server = self._server
        with pymysql.connect(host=server["host"], port=server["port"], user=server["user"], connect_timeout=2,
                             password=server["password"], database="cloud", read_timeout=2) as connection:
            with connection.cursor(pymysql.cursors.DictCursor) as cursor:
                cursor.execute(_VMS)
                return list(cursor.fetchall())


class Hypervisors:
    """libvirt on every host."""

    source = "libvirt"

    def __init__(self, status: Status) -> None:
        self._hosts = status["hosts"]
        self._seen: set[str] = set()

    def facts(self) -> Facts:
        facts: Facts = {}
        for host in self._hosts:
            facts |= self._facts_of(host)
        return facts

    def _facts_of(self, host: dict[str, Any]) -> Facts:
        name = host["name"]
        if guests.is_frozen(host):
            return {f"host {name}": f"libvirtd of {name} does not answer"}
        try:
            domains = guests.list_domains(host)
        except LabError as error:
            return {f"host {name}": str(error)}
        facts = {f"host {name}": f"libvirtd of {name} answers"}
        states = {f"domain {vm} {name}": f"{vm} is {_LIBVIRT_STATES.get(state, 'in no known state')} on {name}"
                  for vm, state in domains.items()}
        gone = {key: f"{key.split()[1]} is not on {name}" for key in self._seen - states.keys() if key.endswith(f" {name}")}
        self._seen |= states.keys()
        return facts | states | gone


class Alerts:
    """Prometheus: which alerts are pending or firing."""

    source = "prometheus"

    def __init__(self, status: Status) -> None:
        self._url = f"{status['prometheus_url']}/api/v1/alerts"
        self._seen: dict[str, str] = {}
        self.fired: set[str] = set()
        self.active: set[str] | None = None

    def facts(self) -> Facts:
        """An alert's fact; `fired` and `active` hold the ids of VMs whose remedy was asked for."""
        try:
            answer = json.loads(web.request(self._url)[1])
        except (OSError, ValueError):
            self.active = None
            return {"prometheus": "Prometheus does not answer"}
        alerts = {_key(alert["labels"]): alert for alert in answer["data"]["alerts"]}
        asking = [alert for alert in alerts.values() if "remedy" in alert["labels"]]
        self.active = {alert["labels"].get("vm_id", "") for alert in asking}
        self.fired |= {alert["labels"].get("vm_id", "") for alert in asking if alert["state"] == "firing"}
        resolved = {key: f"{key.removeprefix('alert ')} is resolved" for key in self._seen if key not in alerts}
        self._seen |= {key: "" for key in alerts}
        return {"prometheus": "Prometheus answers"} | resolved | {
            key: f"{key.removeprefix('alert ')} is {alert['state']}" for key, alert in alerts.items()}


def _key(labels: dict[str, str]) -> str:
    subject = labels.get("vm") or labels.get("host") or labels.get("instance", "")
    return f"alert {labels['alertname']} {subject}".rstrip()


class Actions:
    """The controller: its actions, and what each guard says."""

    source = "controller"

    def __init__(self, status: Status) -> None:
        self._url = f"{status['controller_url']}/api/v1/actions"
        self._authorization = {"Authorization": f"Bearer {status['operator_token']}"}

    def facts(self) -> Facts:
        try:
            actions = [self._get(f"/{action['id']}") for action in self._get("?state=all")["actions"]]
        except (OSError, ValueError):
            return {"controller": "the controller does not answer"}
        except LabError as error:
            return {"controller": str(error)}
        facts: Facts = {"controller": "the controller answers"}
        for action in actions:
            facts |= dict(_action_facts(action))
        return facts

    def _get(self, path: str) -> dict[str, Any]:
        code, body = web.request(self._url + path, headers=self._authorization)
        if code != 200:
            raise LabError(f"the controller answers {code}: {body.strip()}")
        return json.loads(body)


def _action_facts(action: dict[str, Any]) -> Iterator[tuple[str, str | Fact]]:
    name = f"action {action['id']}"
    for verdict in action["verdicts"] or []:
        yield f"{name} {verdict['guard']}", _verdict(verdict)
    for number, step in enumerate(action["steps"]):
        note = f": {step['note']}" if step["note"] else ""
        yield f"{name} step {number}", f"{name}, {action['remedy']} of {action['vm']}, is {step['state']}{note}"


def _verdict(verdict: dict[str, Any]) -> Fact:
    """A guard's sentence counts seconds; it is news only when the guard changes its mind."""
    if verdict["passes"]:
        return Fact(f"  guard {verdict['guard']} passes: {verdict['claim']}", True)
    return Fact(f"  guard {verdict['guard']} holds: {verdict['sentence']} (until: {verdict['lifted_by']})", False)


class ManagementServerLog:
    """What the management server wrote since the last look: API calls, jobs, commands to agents, transitions."""

    source = "cloudstack"
    _ROUTINE = ("power-report", "api-request command=list", "api-request command=queryAsyncJobResult")

    def __init__(self, status: Status) -> None:
        self._path = Path(status["management_server"]["log"])
        self._offset = self._path.stat().st_size if self._path.exists() else 0

    def news(self) -> list[str]:
        if not self._path.exists():
            return []
        with self._path.open() as log:
            log.seek(self._offset)
            text = log.read()
        complete = text[:text.rfind("\n") + 1]
        self._offset += len(complete.encode())
        events = [line.partition(" ")[2] for line in complete.splitlines()]
        return [event for event in events if not event.startswith(self._ROUTINE)]
