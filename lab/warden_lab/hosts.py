"""The lab's KVM hosts: one unprivileged libvirt daemon each, and the QEMU guests that it starts."""

import uuid
from dataclasses import dataclass
from pathlib import Path

import libvirt

from management_server.guest import guest_xml

from . import addresses, identity
from .addresses import HostNetwork
from .layout import Layout
from .processes import Command, Processes
from .waiting import wait_until

_START_DEADLINE = 60


@dataclass(frozen=True)
class Host:
    name: str
    address: str
    uri: str


def silence_libvirt() -> None:
    """libvirt's own printing to stderr: every failure reaches us as an exception anyway."""
    libvirt.registerErrorHandler(lambda _context, _error: None, None)


class Hosts:
    def __init__(self, layout: Layout, processes: Processes, network: HostNetwork, count: int) -> None:
        self._layout = layout
        self._processes = processes
        self._network = network
        self.uri_template = f"qemu+tcp://{{private_ip}}:{network.port}/session"
        self.all = [self._host(index) for index in range(count)]

    def _host(self, index: int) -> Host:
        address = self._network.address(index)
        return Host(f"host{index + 1}", address, self.uri_template.format(private_ip=address))

    def pid(self, host: Host) -> int | None:
        return self._processes.pid(host.name)

    def run_directory(self, host: Host) -> Path:
        """Where libvirt writes a guest's process id: NAME.pid."""
        return self._layout.host(host.name) / "run" / "libvirt" / "qemu" / "run"

    def start(self, host: Host) -> None:
        command = self._command(host)
        self._write_configuration(host)
        self._processes.start(command)

        def ready() -> bool:
            self._processes.must_run(command)
            return addresses.answers(host.address, self._network.port)

        wait_until(f"libvirtd of {host.name}", _START_DEADLINE, ready)

    def _command(self, host: Host) -> Command:
        home = self._layout.host(host.name)
        environment = {
            "HOME": str(home), "XDG_RUNTIME_DIR": f"{home}/run", "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_DATA_HOME": f"{home}/data", "XDG_CACHE_HOME": f"{home}/cache",
        }
        argv = identity.unprivileged_command(["libvirtd", "--listen", "--config", f"{home}/libvirtd.conf"])
        return Command(host.name, argv, self._layout.log(host.name), environment)

    def _write_configuration(self, host: Host) -> None:
        home = identity.private_directory(self._layout.host(host.name))
        for part in ("run", "config", "config/libvirt", "data", "cache"):
            identity.private_directory(home / part)
        _write(home / "libvirtd.conf", f"""
            listen_tls = 0
            listen_tcp = 1
            auth_tcp = "none"
            listen_addr = "{host.address}"
            tcp_port = "{self._network.port}"
            # All daemons see the same machine; live migration refuses to go from a host to itself.
            host_uuid = "{uuid.uuid4()}"
        """)
        _write(home / "config/libvirt/qemu.conf", f"""
            security_driver = "none"
            # There is no virtlogd here.
            stdio_handler = "file"
            migration_address = "{host.address}"
            migration_host = "{host.address}"
        """)


def _write(path: Path, text: str) -> None:
    path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
    identity.give_away(path)


def start_guest(host_uri: str, name: str, identifier: str) -> None:
    """Starts a transient domain, as CloudStack's agent does."""
    connection = libvirt.open(host_uri)
    try:
        connection.createXML(guest_xml(name, identifier))
    finally:
        connection.close()
