"""`labctl fault`: THE list of faults. Adding one is a function in the module of its kind, and one line here."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import database_faults, faults, record_faults
from .hosts import silence_libvirt

Status = dict[str, Any]
Settings = dict[str, Any]


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value < 86400:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def _number(text: str) -> int:
    if not text.isdigit() or int(text) >= 1 << 32:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 2^32")
    return int(text)


def _named(name: str) -> Settings:
    return {"metavar": name}


_VM, _HOST, _NETWORK, _TABLE = (_named(name) for name in ("VM", "HOST", "NETWORK", "TABLE"))
_SECONDS: Settings = {"metavar": "SECONDS", "type": _seconds}
_VALUE: Settings = {"metavar": "VALUE", "type": _number}


@dataclass(frozen=True)
class Fault:
    """`arguments` are those of `break_it` after the status, by name; --options come last and may be missing."""

    name: str
    break_it: Callable[..., str]
    help: str
    arguments: dict[str, Settings] = field(default_factory=dict)


_ON: dict[str, Settings] = {"vm": _VM, "--host": _HOST | {"help": "which one, where the VM runs on several hosts"}}

ALL = [
    # Guests and hosts
    Fault("destroy", faults.destroy, "virsh destroy, without telling CloudStack", _ON),
    Fault("crash", faults.crash, "kill the VM's QEMU process", _ON),
    Fault("pause", faults.pause, "virsh suspend", _ON),
    Fault("resume", faults.resume, "virsh resume", _ON),
    Fault("duplicate", faults.duplicate, "start a second domain of the VM on HOST, or bring a destroyed one back",
          {"vm": _VM, "host": _HOST}),
    Fault("migrate", faults.migrate, "live migration to HOST, without telling CloudStack", {"vm": _VM, "host": _HOST}),
    Fault("freeze", faults.freeze, "stop HOST's libvirtd in its tracks (SIGSTOP); its guests go on", {"host": _HOST}),
    Fault("thaw", faults.thaw, "let HOST's libvirtd go on", {"host": _HOST}),
    # CloudStack at work
    Fault("job", faults.job, "put a job of CloudStack's own in progress for the VM", {"vm": _VM, "seconds": _SECONDS}),
    Fault("api", faults.api, "make CloudStack's API slow, failing, silent, or well again",
          {"mode": {"choices": ["ok", "slow", "fail", "off"]}, "--seconds": _SECONDS | {"help": "how slow (default 5)"}}),
    Fault("ha-work", record_faults.ha_work, "put HA work for the VM in progress",
          {"vm": _VM, "step": {"choices": record_faults.HA_STEPS}}),
    Fault("host-ha", record_faults.host_ha, "set the state of host HA", {"host": _HOST, "state": {"choices": record_faults.HA_STATES}}),
    Fault("transition", record_faults.transition, "leave the VM in a transition that nobody works on",
          {"vm": _VM, "state": {"choices": record_faults.TRANSITIONS}}),
    Fault("failed-move", record_faults.failed_move, "let a move of the VM to another account fail as in #10825; takes a lock wait timeout",
          {"vm": _VM}),
    Fault("inconsistent-move", record_faults.inconsistent_move, "leave what a move leaves that fails half way",
          {"vm": _VM, "what": {"choices": record_faults.INCONSISTENCIES}}),
    Fault("finished-move", record_faults.finished_move, "write the event of a move that succeeded", {"vm": _VM}),
    # Sequences
    Fault("lock-sequence", faults.lock_sequence, "hold the lock on NETWORK's row of op_networks (F3)",
          {"network": _NETWORK, "seconds": _SECONDS}),
    Fault("take-mac", faults.take_mac, "let CloudStack take a MAC address of NETWORK; waits while the row is locked (F2)",
          {"network": _NETWORK}),
    Fault("drop-sequence", record_faults.drop_sequence, "delete NETWORK's row of op_networks (F1)", {"network": _NETWORK}),
    Fault("mac-set", record_faults.mac_set, "set NETWORK's MAC sequence, for example near 65536 (F5)",
          {"network": _NETWORK, "value": _VALUE}),
    Fault("mac-duplicate", record_faults.mac_duplicate, "give a NIC of NETWORK another one's MAC address (F6)",
          {"network": _NETWORK, "--other": _NETWORK | {"help": "take it from this network of the same zone"}}),
    Fault("mac-behind", record_faults.mac_behind, "set NETWORK's MAC sequence back to one that is in use (F7)", {"network": _NETWORK}),
    Fault("nics-count", record_faults.nics_count, "set how many NICs CloudStack counts in NETWORK",
          {"network": _NETWORK, "value": _VALUE}),
    Fault("id-sequence-behind", record_faults.id_sequence_behind, "set a generator of ids back to 1, for example vm_instance_seq",
          {"name": _named("NAME")}),
    # The database server
    Fault("database", faults.database, "stop or start it; let it answer nobody for a while (slow), be read-only or out of"
          " connections (full), or well again", {"mode": {"choices": database_faults.MODES},
                                                 "--seconds": _SECONDS | {"help": "how slow (default 10)"}}),
    Fault("kill-queries", faults.kill_queries, "kill the statements that Warden has under way (KILL QUERY)"),
    Fault("kill-connections", faults.kill_connections, "kill Warden's connections (KILL CONNECTION)"),
    Fault("lock-chain", faults.lock_chain, "three sessions that wait for one another in TABLE, the root idle in its transaction",
          {"table": _TABLE, "seconds": _SECONDS}),
    Fault("lock-table", faults.lock_table, "lock TABLE, so that every statement on it waits", {"table": _TABLE, "seconds": _SECONDS}),
    Fault("named-lock", faults.named_lock, "hold GET_LOCK(NAME), with one session that waits for it",
          {"name": _named("NAME"), "seconds": _SECONDS}),
    Fault("time-zone", faults.time_zone, "set the database's global time zone",
          {"offset": {"metavar": "OFFSET", "help": "like +05:30, -- -08:00, or SYSTEM"}}),
]


def add(commands: Any, status_of: Callable[[argparse.Namespace], Status]) -> None:
    parsers = commands.add_parser("fault", help="break something real").add_subparsers(metavar="FAULT", required=True)
    for fault in ALL:
        parser = parsers.add_parser(fault.name, help=fault.help, description=fault.help)
        for argument, settings in fault.arguments.items():
            parser.add_argument(argument, **settings)
        parser.set_defaults(run=_run(fault, status_of))


def _run(fault: Fault, status_of: Callable[[argparse.Namespace], Status]) -> Callable[[argparse.Namespace], None]:
    def run(arguments: argparse.Namespace) -> None:
        silence_libvirt()
        names = [name.removeprefix("--") for name in fault.arguments]
        print(fault.break_it(status_of(arguments), **{name: getattr(arguments, name) for name in names}))

    return run
