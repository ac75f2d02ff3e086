"""What is done to the lab's guests behind CloudStack's back, through libvirt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import libvirt

from .descendants import process_state
from .failure import LabError
from .hosts import start_guest
from .waiting import wait_until, within

Place = dict[str, Any]
Status = dict[str, Any]

_DEADLINE = 30


def is_frozen(host: Place) -> bool:
    return host["pid"] is not None and process_state(host["pid"]) == "T"


def answering_host(status: Status, name: str) -> Place:
    for host in status["hosts"]:
        if host["name"] == name:
            if is_frozen(host):
                raise LabError(f"{name} is frozen; `labctl fault thaw {name}` first")
            return host
    raise LabError(f"the lab has no host {name}; it has {', '.join(host['name'] for host in status['hosts'])}")


def places_of(status: Status, vm: str) -> list[Place]:
    """Every answering host that holds a domain of that name."""
    return [host for host in status["hosts"] if not is_frozen(host) and _holds(host, vm)]


def place_of(status: Status, vm: str, host: str | None) -> Place:
    """The host that holds the VM's domain; where two do, `host` must name one."""
    if vm not in (entry["name"] for entry in status["vms"]):
        raise LabError(f"the lab has no VM {vm}; it has {', '.join(entry['name'] for entry in status['vms'])}")
    candidates = places_of(status, vm) if host is None else [answering_host(status, host)]
    candidates = [place for place in candidates if _holds(place, vm)]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise LabError(f"{vm} runs on {' and '.join(place['name'] for place in candidates)}: name one with --host")
    frozen = [place["name"] for place in status["hosts"] if is_frozen(place)]
    where = f"on {host}" if host else "on any host" + (f" that answers ({', '.join(frozen)} frozen)" if frozen else "")
    raise LabError(f"{vm} has no domain {where}")


def destroy(place: Place, vm: str) -> None:
    _on_domain(place, vm, lambda domain: domain.destroy())


def suspend(place: Place, vm: str) -> None:
    _on_domain(place, vm, lambda domain: domain.suspend())


def resume(place: Place, vm: str) -> None:
    _on_domain(place, vm, lambda domain: domain.resume())


def migrate(source: Place, target: Place, vm: str) -> None:
    flags = libvirt.VIR_MIGRATE_LIVE | libvirt.VIR_MIGRATE_PEER2PEER
    _on_domain(source, vm, lambda domain: domain.migrateToURI3(target["uri"], {}, flags))


def start(place: Place, vm: str, identifier: str) -> None:
    _on_host(place, lambda: start_guest(place["uri"], vm, identifier))


def wait_until_gone(place: Place, vm: str) -> None:
    wait_until(f"the domain {vm} to leave {place['name']}", _DEADLINE, lambda: not _holds(place, vm))


def _holds(place: Place, vm: str) -> bool:
    def ask() -> bool:
        with _connection(place) as connection:
            return any(domain.name() == vm for domain in connection.listAllDomains())

    return _on_host(place, ask)


def list_domains(place: Place) -> dict[str, int]:
    """Name and libvirt state of each domain there."""
    def ask() -> dict[str, int]:
        with _connection(place) as connection:
            stats = connection.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE)
            return {domain.name(): values["state.state"] for domain, values in stats}

    return _on_host(place, ask)


def _on_domain(place: Place, vm: str, action: Callable[[libvirt.virDomain], object]) -> None:
    def act() -> None:
        with _connection(place) as connection:
            action(connection.lookupByName(vm))

    _on_host(place, act)


def _on_host(place: Place, action: Callable[[], Any]) -> Any:
    try:
        return within(f"libvirtd of {place['name']}", _DEADLINE, action)
    except libvirt.libvirtError as error:
        raise LabError(f"libvirtd of {place['name']}: {error.get_error_message()}") from error


@contextmanager
def _connection(place: Place) -> Iterator[libvirt.virConnect]:
    connection = libvirt.open(place["uri"])
    try:
        yield connection
    finally:
        connection.close()
