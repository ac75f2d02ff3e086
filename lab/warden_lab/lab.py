"""The whole lab: what is started after what, and what can be asked of it afterwards."""

import secrets
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from management_server import world
from management_server.networks import NetworkSpec
from management_server.tenants import AccountRow, Tenants
from management_server.world import HostSpec, VmRow, VmSpec, World

from . import addresses, database_flavours, hosts, management, programs, rendering
from .control import Request
from .database import Database
from .database_faults import DatabaseFaults
from .failure import LabError
from .hosts import Host, Hosts
from .layout import Layout, write_secret
from .locks import HeldSessions
from .management import ManagementServer
from .options import Options
from .processes import Processes
from .programs import Programs

PING_INTERVAL_SECONDS = 2
TENANTS = Tenants()
NETWORKS = (NetworkSpec("network-1", "10.1.1.0/24"), NetworkSpec("network-2", "10.1.2.0/24"))
_SIGNALS = {"stop": signal.SIGTERM, "kill": signal.SIGKILL}
_FAREWELL_SECONDS = 3

Report = Callable[[str], None]


class Lab:
    def __init__(self, layout: Layout, options: Options, processes: Processes) -> None:
        self._layout = layout
        self._options = options
        self._processes = processes
        database_port, api_port, control_port, *program_ports = addresses.free_ports(3 + len(programs.NAMES))
        network = addresses.free_host_network(options.hosts)
        self._database = Database(layout, processes, database_port, database_flavours.find(options.database))
        self._hosts = Hosts(layout, processes, network, options.hosts)
        self._management = ManagementServer(layout, processes, api_port, control_port)
        self._programs = Programs(layout, processes, program_ports, options.binary_directory)
        self._sessions = HeldSessions(self._database)
        self._database_faults = DatabaseFaults(self._database, self._sessions)
        self._webhook_token = secrets.token_urlsafe(32)
        self._operator_token = secrets.token_urlsafe(32)
        self._vms: Sequence[VmRow] = ()
        self._accounts: Sequence[AccountRow] = ()

    def start(self, report: Report) -> None:
        """Starts what does not depend on each other at the same time."""
        self._write_configuration()
        with ThreadPoolExecutor() as pool:
            database = pool.submit(self._create_database)
            watchers = [pool.submit(self._programs.start, name)
                        for name in (programs.PROMETHEUS, programs.ALERTMANAGER) if name in self._options.programs]
            daemons = [pool.submit(self._hosts.start, host) for host in self._hosts.all]
            _all(daemons)
            report(f"{len(daemons)} libvirt daemons answer")
            database.result()
            report(f"{self._database.flavour.product} holds {len(self._vms)} VMs")
            _all([pool.submit(hosts.start_guest, self._home(vm).uri, vm.instance_name, vm.uuid) for vm in self._vms])
            report(f"{len(self._vms)} QEMU guests run")
            self._management.start()
            report("the management server answers")
            watchers += [pool.submit(self._programs.start, name)
                         for name in (programs.EXPORTER, *programs.CONTROLLERS) if name in self._options.programs]
            _all(watchers)
        if self._options.programs:
            report(f"{', '.join(self._options.programs)} ready")

    def say_farewell(self) -> None:
        """Lets the programs end in order; everything else may be killed."""
        self._processes.end_all([*programs.NAMES, management.NAME], _FAREWELL_SECONDS)

    def handle(self, request: Request) -> Any:
        match request:
            case {"do": "status"}:
                return self.status()
            case {"do": "program", "name": management.NAME, "action": action}:
                self._act(action, self._management.start, self._management.end)
            case {"do": "program", "name": name, "action": action}:
                self._act(action, lambda: self._programs.start(name), lambda number: self._programs.end(name, number))
            case {"do": "database", "mode": mode, "seconds": seconds}:
                return self._database_faults.apply(mode, seconds)
            case {"do": "kill", "what": what}:
                return self._database_faults.kill(what, self._database.warden.user)
            case {"do": "lock-row", "table": table, "key": key, "value": value, "seconds": seconds}:
                return self._sessions.hold_row(table, key, value, seconds)
            case {"do": "lock-chain", "table": table, "seconds": seconds}:
                return self._sessions.chain(table, seconds)
            case {"do": "lock-table", "table": table, "seconds": seconds}:
                return self._sessions.table(table, seconds)
            case {"do": "named-lock", "name": name, "seconds": seconds}:
                return self._sessions.named(name, seconds)
            case _:
                raise LabError(f"the supervisor knows no request {request}")
        return None

    @staticmethod
    def _act(action: str, start: Callable[[], None], end: Callable[[signal.Signals], None]) -> None:
        if action == "start":
            start()
        else:
            end(_SIGNALS[action])

    def status(self) -> dict[str, Any]:
        administrator = self._database.administrator
        return {
            "directory": str(self._layout.root),
            "config_file": str(self._layout.config / "warden.yml"),
            "exporter_url": self._programs.url(programs.EXPORTER),
            "controller_url": self._programs.url(programs.CONTROLLER),
            "controller2_url": self._programs.url(programs.CONTROLLER2),
            "prometheus_url": self._programs.url(programs.PROMETHEUS),
            "alertmanager_url": self._programs.url(programs.ALERTMANAGER),
            "api_url": self._management.api_url,
            "api_key": self._management.api_key,
            "secret_key": self._management.secret_key,
            "webhook_token": self._webhook_token,
            "operator_token": self._operator_token,
            "database": {"flavour": self._database.flavour.name, "host": "127.0.0.1", "port": self._database.port,
                         "user": administrator.user, "password": administrator.password, "pid": self._database.pid,
                         "log": str(self._database.log)},
            "management_server": {"pid": self._management.pid, "log": str(self._management.log),
                                  "control_url": self._management.control_url},
            "programs": {name: {"pid": self._programs.pid(name), "log": str(self._programs.log(name))}
                         for name in programs.NAMES},
            "hosts": [{"name": host.name, "uri": host.uri, "pid": self._hosts.pid(host),
                       "log": str(self._layout.log(host.name)), "run": str(self._hosts.run_directory(host))}
                      for host in self._hosts.all],
            "networks": [*(name for account in self._accounts for name in account.networks),
                         *(shared.network.name for shared in TENANTS.shared_networks)],
            "accounts": [{"name": account.name, "domain": account.domain or "ROOT", "domain_id": account.domain_uuid,
                          "state": account.state, "networks": list(account.networks)} for account in self._accounts],
            "vms": [{"name": vm.instance_name, "id": vm.uuid, "row_id": vm.id, "host": self._home(vm).name,
                     "ha": self._has_ha(index)} for index, vm in enumerate(self._vms)],
        }

    def _home(self, vm: VmRow) -> Host:
        return self._hosts.all[self._vms.index(vm) % len(self._hosts.all)]

    def _has_ha(self, index: int) -> bool:
        """The last ones have HA, so that the first VM is the plain case."""
        return index >= self._options.vms - self._options.ha

    def _create_database(self) -> None:
        self._database.create()
        specs = [VmSpec(index % self._options.hosts, self._has_ha(index), index % len(NETWORKS))
                 for index in range(self._options.vms)]
        with self._database.connect(self._database.management_server, "cloud") as connection:
            created = world.create(connection, World(
                hosts=[HostSpec(host.name, host.address) for host in self._hosts.all], vms=specs, networks=NETWORKS, tenants=TENANTS,
                api_key=self._management.api_key, secret_key=self._management.secret_key,
                ping_interval_seconds=PING_INTERVAL_SECONDS, schema=self._options.schema))
        self._vms, self._accounts = created.vms, created.accounts
        self._database.grant_warden()

    def _write_configuration(self) -> None:
        self._management.configure(self._database, self._hosts.uri_template, self._options.defect)
        config = self._layout.config
        webhook_token = write_secret(config / "webhook.token", self._webhook_token)
        controllers = [self._programs.url(name) for name in programs.CONTROLLERS
                       if name == programs.CONTROLLER or name in self._options.programs]
        write_secret(config / "warden.yml", rendering.warden(self._warden_settings() | self._options.settings))
        write_secret(config / "alertmanager.yml",
                     rendering.alertmanager([f"{url}/api/v1/alerts" for url in controllers],
                                            str(webhook_token)))
        write_secret(config / "prometheus.yml", rendering.prometheus(
            _address(self._programs.url(programs.ALERTMANAGER)),
            {"warden-exporter": [_address(self._programs.url(programs.EXPORTER))],
             "warden-controller": [_address(url) for url in controllers]}))

    def _warden_settings(self) -> dict[str, Any]:
        def secret(name: str, text: str) -> str:
            return str(write_secret(self._layout.config / name, text + "\n"))

        return {
            "cloud.database.port": self._database.port,
            "cloud.database.password_file": secret("database.password", self._database.warden.password),
            "cloud.libvirt.uri": self._hosts.uri_template,
            "exporter.listen": _address(self._programs.url(programs.EXPORTER)),
            "controller.listen": _address(self._programs.url(programs.CONTROLLER)),
            "controller.webhook.token_file": str(self._layout.config / "webhook.token"),
            "controller.operator.token_file": secret("operator.token", self._operator_token),
            "controller.cloudstack.url": self._management.api_url,
            "controller.cloudstack.api_key_file": secret("api.key", self._management.api_key),
            "controller.cloudstack.secret_key_file": secret("secret.key", self._management.secret_key),
            "controller.journal.port": self._database.port,
            "controller.journal.password_file": secret("journal.password", self._database.journal.password),
        } | self._silences()

    def _silences(self) -> dict[str, Any]:
        """Without its Alertmanager, Warden would hold everything: nobody could tell what is silenced."""
        if programs.ALERTMANAGER not in self._options.programs:
            return {}
        return {"controller.alertmanager": {"url": self._programs.url(programs.ALERTMANAGER), "interval": "1s"}}


def _all(futures: list["Future[None]"]) -> None:
    for future in futures:
        future.result()


def _address(url: str) -> str:
    return url.removeprefix("http://")

