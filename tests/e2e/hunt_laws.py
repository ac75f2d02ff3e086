"""The laws that a hunt holds Warden to, judged from three sides: the journal, the management server's log, and what really ran."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from hunt_truth import Truth
from lab import Lab

_STOP, _START = "stopVirtualMachine", "startVirtualMachine"
_STATES_WITHOUT_LIFE = (None, "shutoff")
_CLOCK_STEP = 0.05  # the log has milliseconds, the journal microseconds
Row = dict[str, Any]


def breaches(lab: Lab, truth: Truth, vm: Row, since: float) -> Iterator[str]:
    """Each law that was broken for this VM since then, in a sentence."""
    attempts = lab.query("SELECT a.*, e.json, e.kind FROM warden.attempts a LEFT JOIN warden.evidence e ON e.id = a.evidence_id"
                         " WHERE a.vm_uuid = %s AND a.intent_at >= %s ORDER BY a.id", vm["id"], as_utc(since))
    for command in (_STOP, _START):
        requests = [event for event in lab.management_log("api-request", command=command, id=vm["id"])
                    if _epoch(event["at"]) >= since]
        yield from _requests_without_attempt(vm["name"], command, requests, [a for a in attempts if a["command"] == command])
    for attempt in attempts:
        yield from _lack_of_proof(truth, vm["name"], attempt)
    yield from _second_life(lab, truth, vm["name"], attempts)


def _requests_without_attempt(vm: str, command: str, requests: list[Row], attempts: list[Row]) -> Iterator[str]:
    """Every request belongs to an attempt of its own: never two for one, never one without intent; and what CloudStack took
    of them, it took before the attempt had its outcome."""
    free = list(attempts)
    for request in requests:
        at, taken = _epoch(request["at"]), request["result"] == "200"
        mine = next((a for a in free if _seconds(a["intent_at"]) <= at + _CLOCK_STEP
                     and (not taken or a["ended_at"] is None or at <= _seconds(a["ended_at"]) + _CLOCK_STEP)), None)
        if mine is None:
            yield f"{vm}: {command} at {request['at']} belongs to no attempt, or to one that has had its request"
        else:
            free.remove(mine)


def _lack_of_proof(truth: Truth, vm: str, attempt: Row) -> Iterator[str]:
    """The second decision is stored, every host that could hold the VM had answered in it, and what they said was true."""
    name = f"{vm}: attempt {attempt['id']} ({attempt['command']})"
    if attempt["kind"] != "second_decision":
        yield f"{name} has no stored proof"
        return
    candidates = json.loads(attempt["json"])["world"]["candidates"]
    if not candidates:
        yield f"{name} rests on no host at all"
    for host in candidates:
        if host["domain"] not in _STATES_WITHOUT_LIFE:
            yield f"{name}: its proof shows a domain {host['domain']} on {host['name']}"
        if not host["answered"]:
            if (host["ha_state"], host["oobm_power_state"]) != ("Fenced", "Off"):
                yield f"{name}: {host['name']} had not answered"
            continue
        asked, intent = _epoch(host["asked"]["at"]), _seconds(attempt["intent_at"])
        for life in truth.of(vm):
            if life.host == host["name"] and life.spans(asked, intent):
                yield f"{name}: QEMU {life.pid} ran on {host['name']} from before it was asked until after the intent"


def _second_life(lab: Lab, truth: Truth, vm: str, attempts: list[Row]) -> Iterator[str]:
    """What CloudStack started for us was the only life of the VM, but for what a fault brought to life after the proof."""
    starts = [attempt for attempt in attempts if attempt["command"] == _START and attempt["kind"] == "second_decision"]
    for event in lab.management_log("start-command", vm=vm, result="started"):
        started = _epoch(event["at"])
        for attempt in starts:
            if not _seconds(attempt["intent_at"]) <= started <= _end_of(attempt):
                continue
            for life in truth.of(vm):
                if life.host != event["host"] and life.spans(_asked(attempt, life.host), started):
                    yield (f"{vm}: CloudStack started it on {event['host']} at {event['at']} for attempt {attempt['id']}"
                           f" while QEMU {life.pid} ran on {life.host}, as it had when the proof was taken")


def _asked(attempt: Row, host: str) -> float:
    """When the attempt's proof was asked of the host; the intent, where it was not."""
    for candidate in json.loads(attempt["json"])["world"]["candidates"]:
        if candidate["name"] == host and candidate["answered"]:
            return _epoch(candidate["asked"]["at"])
    return _seconds(attempt["intent_at"])


def _end_of(attempt: Row) -> float:
    return float("inf") if attempt["ended_at"] is None else _seconds(attempt["ended_at"]) + _CLOCK_STEP


def _epoch(text: str) -> float:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def _seconds(moment: datetime.datetime) -> float:
    return moment.replace(tzinfo=datetime.timezone.utc).timestamp()


def as_utc(seconds: float) -> datetime.datetime:
    """As the journal stores it."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).replace(tzinfo=None)
