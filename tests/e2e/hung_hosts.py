"""The exporter among hosts that hang in every way there is, for the tests and for bench/hung_hosts."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import web
from exposition import Page
from lab import Lab
from peers import Peer, add_hosts
from waiting import eventually

_LAST_SUCCESS = "cloudstack_host_libvirt_last_success_timestamp_seconds"
_LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Usage:
    """What the exporter and the workers that it started hold."""

    threads: int
    processes: int
    descriptors: int
    memory_mib: float

    def __str__(self) -> str:
        return (f"{self.threads} threads, {self.descriptors} descriptors, {self.processes} workers, "
                f"{self.memory_mib:.1f} MiB in all")


class HungHosts:
    """`each` of the lab's hosts are frozen, and `each` of the added ones are silent, refuse and drop."""

    def __init__(self, lab: Lab, each: int) -> None:
        self._lab = lab
        names = [host["name"] for host in lab["hosts"]]
        self.frozen = names[:each]
        self.healthy = names[each:]
        self._each = each
        self._peers: dict[str, Peer] = {}

    @property
    def ailing(self) -> list[str]:
        return [*self.frozen, *self._peers]

    def begin(self) -> None:
        self._peers = add_hosts(self._lab, 3 * self._each)
        ailments = (Peer.accept_and_stay_silent, Peer.refuse, Peer.drop)
        for number, peer in enumerate(self._peers.values()):
            ailments[number % len(ailments)](peer)
        for host in self.frozen:
            self._lab.fault("freeze", host)

    def cure(self) -> None:
        for host in self.frozen:
            self._lab.fault("thaw", host)
        for peer in self._peers.values():
            peer.cure()

    def close(self) -> None:
        for peer in self._peers.values():
            peer.close()

    def page(self) -> Page:
        return Page(web.get(f"{self._lab['exporter_url']}/metrics").text)

    def worst_age(self, seconds: float) -> float:
        """The oldest data of any healthy host that was seen in all this time."""
        worst, end = 0.0, time.monotonic() + seconds
        while time.monotonic() < end:
            page, now = self.page(), time.time()
            for host in self.healthy:
                answered = page.value(_LAST_SUCCESS, host=host)
                worst = max(worst, now - answered if answered is not None else float("inf"))
            time.sleep(_LOOK_SECONDS)
        return worst

    def up(self) -> set[str]:
        return {sample.labels["host"] for sample in self.page().all("cloudstack_host_libvirt_up") if sample.value == 1}

    def wait_until_up(self, hosts: list[str], within: float) -> float:
        """How long it took."""
        began = time.monotonic()
        eventually(f"{', '.join(hosts)} answer", within, lambda: set(hosts) - self.up(), lambda missing: not missing)
        return time.monotonic() - began

    def usage(self) -> Usage:
        pid = self._lab["programs"]["exporter"]["pid"]
        workers = _children(pid)
        return Usage(threads=len(os.listdir(f"/proc/{pid}/task")), processes=len(workers),
                     descriptors=len(os.listdir(f"/proc/{pid}/fd")),
                     memory_mib=sum(map(_memory, (pid, *workers))) / 1024)


def _children(pid: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += map(int, (task / "children").read_text().split())
    return children


def _memory(pid: int) -> int:
    """Proportional set size in KiB; 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
