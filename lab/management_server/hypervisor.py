"""One host's libvirt, asked and told directly, as CloudStack's agent does on the host itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

import libvirt

from .guest import guest_xml

# CloudStack's map of domain states: a paused domain counts as on, and a crashed or suspended one as neither.
_POWER_ON = (libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_BLOCKED, libvirt.VIR_DOMAIN_PAUSED)
_SHUTDOWN_PATIENCE_SECONDS = 2.0
_SHUTDOWN_POLL_SECONDS = 0.1

# libvirt prints each error to stderr besides raising it.
libvirt.registerErrorHandler(lambda context, error: None, None)


@dataclass(frozen=True)
class Hypervisor:
    """Where a host's libvirt listens. Each command opens a connection of its own, so none waits for another."""

    host_id: int
    name: str
    private_ip: str
    uri: str

    def check(self, instance_name: str) -> bool:
        """CheckVirtualMachine: is there such a domain, and is it on?"""
        with self._connection() as connection, _found(connection, instance_name) as domain:
            return domain is not None and domain.state()[0] in _POWER_ON

    def stop(self, instance_name: str, forced: bool) -> str:
        """StopCommand. Returns what was done; a domain that does not exist is stopped already."""
        with self._connection() as connection, _found(connection, instance_name) as domain:
            if domain is None:
                return "not-found"
            if not forced and _shuts_down(domain):
                return "shutdown"
            _destroy(domain)
            return "destroyed"

    def start(self, instance_name: str, uuid: str) -> None:
        """StartCommand. The domain is transient: nothing is left of it once it stops."""
        with self._connection() as connection:
            connection.createXML(guest_xml(instance_name, uuid))

    def migrate(self, instance_name: str, target: Hypervisor) -> None:
        """MigrateCommand: live, from this host's libvirt to the target's."""
        with self._connection() as connection:
            connection.lookupByName(instance_name).migrateToURI3(
                target.uri,
                {
                    libvirt.VIR_MIGRATE_PARAM_URI: f"tcp://{target.private_ip}",
                    libvirt.VIR_MIGRATE_PARAM_LISTEN_ADDRESS: target.private_ip,
                },
                libvirt.VIR_MIGRATE_LIVE | libvirt.VIR_MIGRATE_PEER2PEER,
            )

    def open(self) -> libvirt.virConnect:
        return libvirt.open(self.uri)

    @contextlib.contextmanager
    def _connection(self) -> Iterator[libvirt.virConnect]:
        connection = self.open()
        try:
            yield connection
        finally:
            connection.close()


def powered_on(connection: libvirt.virConnect) -> set[str]:
    """The names of all domains that are on: the power report of a KVM agent."""
    stats = connection.getAllDomainStats(libvirt.VIR_DOMAIN_STATS_STATE, libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE)
    return {domain.name() for domain, values in stats if values.get("state.state") in _POWER_ON}


@contextlib.contextmanager
def _found(connection: libvirt.virConnect, instance_name: str) -> Iterator[libvirt.virDomain | None]:
    """The domain, or None when it does not exist, or ends while it is worked with."""
    try:
        domain = connection.lookupByName(instance_name)
    except libvirt.libvirtError as error:
        if error.get_error_code() != libvirt.VIR_ERR_NO_DOMAIN:
            raise
        domain = None
    yield domain


def _shuts_down(domain: libvirt.virDomain) -> bool:
    """Asks the guest to power off. A guest without an operating system never does."""
    domain.shutdown()
    deadline = time.monotonic() + _SHUTDOWN_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not _exists(domain):
            return True
        time.sleep(_SHUTDOWN_POLL_SECONDS)
    return False


def _exists(domain: libvirt.virDomain) -> bool:
    try:
        return bool(domain.isActive())
    except libvirt.libvirtError as error:
        if error.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN:
            return False
        raise


def _destroy(domain: libvirt.virDomain) -> None:
    try:
        domain.destroy()
    except libvirt.libvirtError as error:
        # It ended by itself in the meantime.
        if error.get_error_code() not in (libvirt.VIR_ERR_NO_DOMAIN, libvirt.VIR_ERR_OPERATION_INVALID):
            raise
