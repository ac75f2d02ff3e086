"""All agents of the cloud."""

from __future__ import annotations

import threading
import time

from .agents import Agent
from .cloud import Cloud
from .database import Row
from .hosts import Hosts


class Fleet:
    def __init__(self, cloud: Cloud, hosts: list[Row]) -> None:
        self._watched = Hosts(cloud, [host["id"] for host in hosts])
        self._agents = {host["id"]: Agent(cloud, self._watched, host) for host in hosts}

    def start(self) -> None:
        for agent in self._agents.values():
            agent.start()
        threading.Thread(target=self._watched.watch, name="host-watch", daemon=True).start()

    def agent(self, host_id: int) -> Agent:
        return self._agents[host_id]

    def connected(self) -> list[int]:
        """The hosts that can be given something to do."""
        return [host_id for host_id, agent in self._agents.items() if agent.is_connected()]

    def wait_for_first_round(self, seconds: float) -> None:
        """Returns when every agent has pinged or failed to, or when the time is over: one host may be frozen."""
        deadline = time.monotonic() + seconds
        for agent in self._agents.values():
            agent.first_round_done.wait(max(0.0, deadline - time.monotonic()))
