"""Sequences of faults out of a seed: what happens to one VM, and to the whole cloud around it."""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lab import Lab
from warden_lab import faults, guests
from warden_lab.failure import LabError

# A VM's faults come at once; those of the cloud go on until Warden acts, which it does once the grace is over.
_LONGEST_PAUSE_SECONDS = 4.0
_LONGEST_PAUSE_OF_THE_CLOUD_SECONDS = 8.0

CONTROLLERS = ("controller", "controller2")


@dataclass(frozen=True)
class Step:
    """After a pause, one fault."""

    pause: float
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"+{self.pause:.1f}s {' '.join(self.words)}"


def for_vm(dice: random.Random, vm: str, hosts: list[str]) -> list[Step]:
    """One to three faults of the VM; most begin with its death, or nothing would be decided."""
    steps = [_step(dice, dice.choice(("destroy", "destroy", "destroy", "crash", "pause", "migrate")), vm, hosts)]
    for _ in range(dice.choice((0, 0, 1, 2))):
        steps.append(_step(dice, dice.choice(("destroy", "duplicate", "duplicate", "migrate", "resume", "job")), vm, hosts))
    return steps


def for_cloud(dice: random.Random, hosts: list[str]) -> list[Step]:
    """Three to six faults that meet every VM at once."""
    kinds = (
        lambda: ("freeze", dice.choice(hosts)),
        lambda: ("thaw", dice.choice(hosts)),
        lambda: ("kill", dice.choice(CONTROLLERS)),
        lambda: ("hang", dice.choice(CONTROLLERS)),
        lambda: ("go-on", dice.choice(CONTROLLERS)),
        lambda: ("start", dice.choice(CONTROLLERS)),
        lambda: ("database", dice.choice(("stop", "slow"))),
        lambda: ("database", "start"),
        lambda: ("api", dice.choice(("slow", "fail", "off"))),
        lambda: ("api", "ok"),
        lambda: ("kill-connections",),
    )
    return [Step(dice.uniform(0, _LONGEST_PAUSE_OF_THE_CLOUD_SECONDS), dice.choice(kinds)()) for _ in range(dice.randint(3, 6))]


def _step(dice: random.Random, fault: str, vm: str, hosts: list[str]) -> Step:
    words = {"duplicate": (fault, vm, dice.choice(hosts)), "migrate": (fault, vm, dice.choice(hosts)),
             "job": (fault, vm, f"{dice.randint(2, 9)}")}.get(fault, (fault, vm))
    return Step(dice.uniform(0, _LONGEST_PAUSE_SECONDS), words)


class Cloud:
    """A lab that faults are played on, and that can be made well again."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._on_vms_and_hosts: dict[str, Callable[..., str]] = {
            "destroy": faults.destroy, "crash": faults.crash, "pause": faults.pause, "resume": faults.resume,
            "duplicate": faults.duplicate, "migrate": faults.migrate, "freeze": faults.freeze, "thaw": faults.thaw,
            "kill-connections": faults.kill_connections}

    def play(self, steps: list[Step]) -> list[str]:
        """What came of each step: some are not possible by then (the VM is gone already, the host is frozen)."""
        told = []
        for step in steps:
            time.sleep(step.pause)  # the pauses are the sequence
            try:
                told.append(f"{step}: {self._do(*step.words)}")
            except (LabError, AssertionError, ProcessLookupError) as error:
                told.append(f"{step}: not possible: {error}")
        return told

    def heal(self) -> None:
        """Everything answers again; the controllers are new processes."""
        for host in self._lab["hosts"]:
            faults.thaw(self._status(), host["name"])
        self._lab.refresh()
        if self._status()["database"]["pid"] is None:
            self._lab.fault("database", "start")
        self._lab.fault("database", "ok")
        self._lab.fault("api", "ok")
        for program in CONTROLLERS:
            self._lab.refresh()
            if self._pid(program) is not None:
                self._lab.program("kill", program)
            self._lab.program("start", program)
        self._lab.refresh()

    def end_every_life(self, vm: str) -> None:
        for place in guests.places_of(self._status(), vm):
            guests.destroy(place, vm)

    def _do(self, fault: str, *words: str) -> str:
        if fault in ("kill", "start"):
            self._lab.program(fault, *words)
            return "done"
        if fault in ("hang", "go-on"):
            return self._signal(words[0], signal.SIGSTOP if fault == "hang" else signal.SIGCONT)
        if fault in self._on_vms_and_hosts:
            return self._on_vms_and_hosts[fault](self._status(), *words)
        return self._lab.fault(fault, *words).strip()

    def _signal(self, program: str, number: signal.Signals) -> str:
        self._lab.refresh()
        pid = self._pid(program)
        if pid is None:
            raise LabError(f"{program} does not run")
        os.kill(pid, number)
        return f"{program} has had {number.name}"

    def _pid(self, program: str) -> int | None:
        return self._lab["programs"][program]["pid"]

    def _status(self) -> dict[str, Any]:
        return self._lab.status
