"""What can be done to a VM. Each operation waits for its turn in the VM's queue."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from . import migrate, start, stop
from .cloud import Cloud
from .events import Caller
from .fleet import Fleet
from .jobs import Jobs


@dataclass(frozen=True)
class Operations:
    """`joined_by` is the job of the API request that waits for the operation; 0: nobody's."""

    cloud: Cloud
    fleet: Fleet
    jobs: Jobs

    def stop(self, vm_id: int, caller: Caller, forced: bool, joined_by: int = 0) -> None:
        """A stop that is pending is joined, with the first one's `forced`."""
        self.jobs.work(
            "VmWorkStop", vm_id, caller, lambda: stop.stop(self.cloud, self.fleet, vm_id, forced),
            joined_by=joined_by, once=True,
        )

    def start(self, vm_id: int, caller: Caller, host_id: int | None = None, joined_by: int = 0) -> None:
        self.jobs.work(
            "VmWorkStart", vm_id, caller, lambda: start.start(self.cloud, self.fleet, vm_id, host_id),
            joined_by=joined_by, once=True,
        )

    def migrate(self, vm_id: int, caller: Caller, host_id: int, joined_by: int = 0) -> None:
        self.jobs.work(
            "VmWorkMigrate", vm_id, caller, lambda: migrate.migrate(self.cloud, self.fleet, vm_id, host_id),
            joined_by=joined_by,
        )

    def occupy(self, vm_id: int, caller: Caller, seconds: float, filed: threading.Event) -> None:
        """Work that only takes its time. `filed` is set once its turn has come, and its rows are there."""

        def pass_time() -> None:
            filed.set()
            self.cloud.stopping.wait(seconds)

        self.jobs.work("VmWorkReconfigure", vm_id, caller, pass_time)
