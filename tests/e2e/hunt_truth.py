"""What really runs, whatever any daemon says: the QEMU processes of a lab, watched from their pid files."""

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_LOOK_SECONDS = 0.02


@dataclass
class Life:
    """One QEMU process of a VM on a host; times are seconds since the epoch."""

    vm: str
    host: str
    pid: int
    born: float
    died: float | None = None

    def spans(self, begin: float, end: float) -> bool:
        """Alive at both, by all that was seen."""
        return self.born <= begin and (self.died is None or self.died >= end)


@dataclass
class Truth:
    """Looks at every host's pid files from start() to stop(), in a thread of its own."""

    hosts: list[dict[str, Any]]
    lives: list[Life] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._running: dict[tuple[str, str], Life] = {}
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def running(self, vm: str) -> list[Life]:
        with self._lock:
            return [life for life in self._running.values() if life.vm == vm]

    def of(self, vm: str) -> list[Life]:
        with self._lock:
            return [life for life in self.lives if life.vm == vm]

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            now = time.time()
            seen = {(path.stem, host["name"]): pid for host in self.hosts
                    for path in Path(host["run"]).glob("i-*.pid") if (pid := _live_pid(path)) is not None}
            with self._lock:
                self._note(seen, now)

    def _note(self, seen: dict[tuple[str, str], int], now: float) -> None:
        for place, life in list(self._running.items()):
            if seen.get(place) != life.pid:
                life.died = now
                del self._running[place]
        for place, pid in seen.items():
            if place not in self._running:
                self._running[place] = Life(*place, pid, now)
                self.lives.append(self._running[place])


def _live_pid(path: Path) -> int | None:
    try:
        pid = int(path.read_text(encoding="ascii"))
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (OSError, ValueError):
        return None
    return None if state in "ZX" else pid
