"""A group of tests that share one lab."""

import unittest
from typing import ClassVar

from cs import CloudStack
from lab import Lab
from waiting import eventually
from warden import Controller

# CloudStack's own tempo in the lab, and what follows from it: Warden waits for CloudStack's grace and its own margin.
PING_INTERVAL = 2.0
GRACE = (2 + 2) * PING_INTERVAL
_HEALTHY_SECONDS = 60


class LabCase(unittest.TestCase):
    up_options: ClassVar[tuple[str, ...]] = ()
    lab: ClassVar[Lab]
    controller: ClassVar[Controller]
    _unused: ClassVar[list[str]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.lab = Lab(*cls.up_options)
        cls.lab.up()
        cls.addClassCleanup(cls.lab.down)
        cls.controller = Controller(cls.lab)
        cls._unused = [vm["name"] for vm in cls.lab["vms"]]
        eventually("every VM reported three times", _HEALTHY_SECONDS, cls.lab.is_healthy)

    def take_vm(self, host: str | None = None, ha: bool = False) -> str:
        """A VM, with HA or without, that no other test of this lab has touched."""
        for vm in self._unused:
            if self.lab.vm(vm)["ha"] == ha and host in (None, self.lab.vm(vm)["host"]):
                self._unused.remove(vm)
                return vm
        raise AssertionError(f"no untouched VM is left{f' on {host}' if host else ''}; give up_options more --vms or --ha")

    def api(self) -> CloudStack:
        """CloudStack's API, as a client that is not ours speaks it."""
        return CloudStack(endpoint=self.lab["api_url"], key=self.lab["api_key"], secret=self.lab["secret_key"])

    def other_host(self, vm: str) -> str:
        return next(host["name"] for host in self.lab["hosts"] if host["name"] != self.lab.vm(vm)["host"])

    def only_action(self, vm: str) -> dict:
        actions = self.controller.actions(vm)
        self.assertEqual(1, len(actions), actions)
        return actions[0]

    def eventually_action(self, vm: str, within: float, *states: str) -> dict:
        """Waits until the VM has an action, in one of the states where any is named."""
        actions = eventually(f"an action on {vm}{' in ' + ' or '.join(states) if states else ''}", within,
                             lambda: self.controller.actions(vm),
                             lambda seen: bool(seen) and (not states or seen[0]["state"] in states))
        return actions[0]
