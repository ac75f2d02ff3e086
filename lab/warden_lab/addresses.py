"""Free loopback addresses, so that several labs live side by side."""

import random
import socket
from dataclasses import dataclass

from .failure import LabError

# Below the range that the kernel hands out to outgoing connections, so that none of those takes a port of ours.
_PORTS = range(20000, 32000)
_TRIES = 200


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    found: list[int] = []
    for port in random.sample(_PORTS, len(_PORTS)):
        if _is_free("127.0.0.1", port):
            found.append(port)
        if len(found) == count:
            return found
    raise LabError(f"no {count} free ports between {_PORTS.start} and {_PORTS.stop} on 127.0.0.1")


@dataclass(frozen=True)
class HostNetwork:
    """The hosts' own loopback network; all of their libvirt daemons listen on one port."""

    prefix: str
    port: int

    def address(self, index: int) -> str:
        return f"{self.prefix}.{10 + index}"


def free_host_network(hosts: int) -> HostNetwork:
    for _ in range(_TRIES):
        prefix = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}"
        network = HostNetwork(prefix, random.choice(_PORTS))
        if all(_is_free(network.address(index), network.port) for index in range(hosts)):
            return network
    raise LabError(f"no free loopback network 127.x.y.0/24 for {hosts} hosts")


def answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
