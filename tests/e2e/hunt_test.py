"""Hunting for split brain: random faults on a whole lab with two controllers in auto, and no law of safety may break.

WARDEN_HUNT_SEQUENCES tells how many sequences of faults are played (each on one VM, several VMs at a time), WARDEN_HUNT_SEED
from which seed. A breach names the seed of its round and what was done; the same seed plays the same faults again.
"""

import itertools
import os
import random
import time
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from hunt import Cloud, for_cloud, for_vm
from hunt_laws import as_utc, breaches
from hunt_truth import Truth
from lab_case import LabCase
from waiting import eventually

_SEQUENCES = int(os.environ.get("WARDEN_HUNT_SEQUENCES", "8"))
_SEED = int(os.environ.get("WARDEN_HUNT_SEED", str(time.time_ns() // 1_000_000)))
_VMS = 8
_ROUNDS_THAT_MUST_ACT = 5  # one alone may happen to leave Warden nothing to do
_SETTLES_WITHIN = 240
_BACK_WITHIN = 180
_QUIET_SECONDS = 15
# The brakes are off: what acts as often as it can has the most chances to go wrong.
_SETTINGS = ("controller.lease.ttl=6s", "controller.lease.renew=1s",
             *(f"controller.storm.{group}.count=1000" for group in ("host", "cluster", "zone")),
             *(f"controller.concurrency.{group}={_VMS}" for group in ("host", "cluster", "zone", "all")),
             *(f"controller.remedies.{remedy}.{limit}" for remedy in ("stop_sync", "ha_restart")
               for limit in ("attempts=100", "flapping={actions: 1000, within: 24h}")))


class Hunt(LabCase):
    up_options = ("--defect", "10406", "--vms", str(_VMS), "--ha", str(_VMS // 2),
                  "--programs", "exporter,controller,controller2,prometheus,alertmanager",
                  *itertools.chain.from_iterable(("--set", setting) for setting in _SETTINGS))

    def setUp(self) -> None:
        self.cloud = Cloud(self.lab)
        self.truth = Truth(self.lab["hosts"])
        self.truth.start()
        self.addCleanup(self.truth.stop)

    def test_no_law_breaks(self):
        calls: Counter[str] = Counter()
        rounds = -(-_SEQUENCES // _VMS)
        for seed in range(_SEED, _SEED + rounds):
            done = self.play_round(seed)
            print(f"\n    seed {seed}: {_VMS} sequences, no law broken; {told(done)}", flush=True)
            calls += done
        if rounds >= _ROUNDS_THAT_MUST_ACT:
            self.assertGreater(calls.total(), 0, "nothing was ever done, so nothing was shown")

    def play_round(self, seed: int) -> Counter[str]:
        dice = random.Random(seed)
        hosts = [host["name"] for host in self.lab["hosts"]]
        sequences = [for_vm(dice, vm["name"], hosts) for vm in self.lab["vms"]] + [for_cloud(dice, hosts)]
        self.lab.fault("defect", dice.choice(("10406", "12920")))
        since = time.time()
        with ThreadPoolExecutor(len(sequences)) as pool:
            stories = list(pool.map(self.cloud.play, sequences))
        self.cloud.heal()
        self.settle()
        found = [breach for vm in self.lab["vms"] for breach in breaches(self.lab, self.truth, vm, since)]
        self.assertEqual([], found, f"WARDEN_HUNT_SEED={seed} WARDEN_HUNT_SEQUENCES={_VMS}\n" +
                         "\n".join(line for story in stories for line in story))
        done = self.lab.query("SELECT command, outcome, COUNT(*) AS count FROM warden.attempts WHERE intent_at >= %s"
                              " GROUP BY command, outcome", as_utc(since))
        self.bring_all_back()
        return Counter({f"{row['command']} {row['outcome']}": row["count"] for row in done})

    def settle(self) -> None:
        """Nothing has been under way for longer than the grace and the back-off: what can be done has been done."""
        quiet_since = time.monotonic()

        def is_quiet() -> bool:
            nonlocal quiet_since
            if self.lab.query("SELECT id FROM warden.actions WHERE state IN ('decided', 'intent', 'executing', 'verifying')"
                              " UNION SELECT id FROM warden.attempts WHERE outcome IS NULL"):
                quiet_since = time.monotonic()
            return time.monotonic() - quiet_since > _QUIET_SECONDS

        eventually("the controllers have nothing under way", _SETTLES_WITHIN, is_quiet)

    def bring_all_back(self) -> None:
        """Every VM runs once again, where CloudStack records it."""
        self.lab.fault("defect", "none")
        for vm in self.lab["vms"]:
            self.cloud.end_every_life(vm["name"])
        eventually("every VM is recorded as what it is: stopped, or restarted", _BACK_WITHIN, self.all_recorded_right)
        for vm in self.lab["vms"]:
            if self.lab.record(vm["name"])["state"] == "Stopped":
                self.api().startVirtualMachine(id=vm["id"])
        eventually("every VM runs again", _BACK_WITHIN, self.lab.is_healthy)
        self.lab.refresh()

    def all_recorded_right(self) -> bool:
        wanted = {vm["name"]: "Running" if self.truth.running(vm["name"]) else "Stopped" for vm in self.lab["vms"]}
        return all(self.lab.record(vm)["state"] == state for vm, state in wanted.items())


def told(calls: Counter[str]) -> str:
    return ", ".join(f"{count} x {call}" for call, count in sorted(calls.items())) or "nothing was done"


if __name__ == "__main__":
    unittest.main()
