"""The faults: each breaks one real thing, as it breaks in a real cloud. Every function says in a sentence what it did."""

import os
import signal
from pathlib import Path
from typing import Any

import pymysql

from . import cloudstack, control, guests
from .descendants import process_state
from .failure import LabError
from .inventory import Status, check_network, connect, find
from .layout import Layout

_SLOW_SECONDS = 10.0


def destroy(status: Status, vm: str, host: str | None = None) -> str:
    place = guests.place_of(status, vm, host)
    guests.destroy(place, vm)
    return f"{vm} is destroyed on {place['name']}; CloudStack was not told"


def crash(status: Status, vm: str, host: str | None = None) -> str:
    place = guests.place_of(status, vm, host)
    pid = int(Path(place["run"], f"{vm}.pid").read_text())
    os.kill(pid, signal.SIGKILL)
    guests.wait_until_gone(place, vm)
    return f"QEMU of {vm} on {place['name']} (process {pid}) is killed"


def pause(status: Status, vm: str, host: str | None = None) -> str:
    place = guests.place_of(status, vm, host)
    guests.suspend(place, vm)
    return f"{vm} is paused on {place['name']}"


def resume(status: Status, vm: str, host: str | None = None) -> str:
    place = guests.place_of(status, vm, host)
    guests.resume(place, vm)
    return f"{vm} goes on on {place['name']}"


def duplicate(status: Status, vm: str, host: str) -> str:
    identifier = find("VM", status["vms"], vm)["id"]
    place = guests.answering_host(status, host)
    guests.start(place, vm, identifier)
    return f"{vm} now runs on {host}; CloudStack was not told"


def migrate(status: Status, vm: str, host: str) -> str:
    target = guests.answering_host(status, host)
    source = guests.place_of(status, vm, None)
    if source["name"] == host:
        raise LabError(f"{vm} runs on {host} already")
    guests.migrate(source, target, vm)
    return f"{vm} is moved live from {source['name']} to {host}; CloudStack was not told"


def freeze(status: Status, host: str) -> str:
    pid = _daemon(status, host)
    os.kill(pid, signal.SIGSTOP)
    return f"libvirtd of {host} (process {pid}) is frozen; its guests go on"


def thaw(status: Status, host: str) -> str:
    pid = _daemon(status, host)
    os.kill(pid, signal.SIGCONT)
    return f"libvirtd of {host} (process {pid}) goes on"


def power_cut(status: Status, host: str) -> str:
    """As freeze, and nothing that ran there runs any more. thaw turns the host on again, without its guests."""
    pid = _daemon(status, host)
    os.kill(pid, signal.SIGSTOP)
    run = Path(find("host", status["hosts"], host)["run"])
    killed = [path.stem for path in sorted(run.glob("i-*.pid")) if _kill(int(path.read_text()))]
    return f"{host} has no power: its libvirtd (process {pid}) and {', '.join(killed) or 'no guest'} are gone"


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _daemon(status: Status, host: str) -> int:
    pid = find("host", status["hosts"], host)["pid"]
    if pid is None or process_state(pid) is None:
        raise LabError(f"libvirtd of {host} does not run")
    return pid


def lock_sequence(status: Status, network: str, seconds: float) -> str:
    check_network(status, network)
    with connect(status) as connection, connection.cursor() as cursor:
        if not cursor.execute("SELECT o.id FROM op_networks o JOIN networks n ON n.id = o.id WHERE n.name = %s", (network,)):
            raise LabError(f"{network} has no row in op_networks any more")
        row = cursor.fetchone()[0]
    session = _ask(status, {"do": "lock-row", "table": "op_networks", "key": "id", "value": row, "seconds": seconds})
    return f"session {session} has locked the row of {network} in op_networks for {seconds:g} s"


def lock_chain(status: Status, table: str, seconds: float) -> str:
    root, middle, leaf = _ask(status, {"do": "lock-chain", "table": table, "seconds": seconds})
    return (f"in {table}, session {leaf} waits for session {middle}, which waits for session {root},"
            f" which is idle in a transaction for {seconds:g} s")


def lock_table(status: Status, table: str, seconds: float) -> str:
    session = _ask(status, {"do": "lock-table", "table": table, "seconds": seconds})
    return f"session {session} has locked the table {table} for {seconds:g} s"


def named_lock(status: Status, name: str, seconds: float) -> str:
    holder, waiter = _ask(status, {"do": "named-lock", "name": name, "seconds": seconds})
    return f"session {holder} has the named lock {name} for {seconds:g} s, and session {waiter} waits for it"


def take_mac(status: Status, network: str) -> str:
    check_network(status, network)
    cloudstack.tell(status, f"/control/take-mac?network={network}")
    return f"CloudStack takes a MAC address of {network}, as a deployment does; its log says what came of it"


def job(status: Status, vm: str, seconds: float) -> str:
    find("VM", status["vms"], vm)
    cloudstack.tell(status, f"/control/job?vm={vm}&seconds={seconds:g}")
    return f"CloudStack has a job in progress for {vm}, for {seconds:g} s"


def api(status: Status, mode: str, seconds: float | None = None) -> str:
    delay = f"&seconds={seconds:g}" if seconds is not None else ""
    cloudstack.tell(status, f"/control/api?mode={mode}{delay}")
    return f"the API is {mode}"


def defect(status: Status, name: str) -> str:
    cloudstack.tell(status, f"/control/defect?name={name}")
    return "CloudStack has none of its defects" if name == "none" else f"CloudStack has the defect {name}"


def database(status: Status, mode: str, seconds: float | None = None) -> str:
    return _ask(status, {"do": "database", "mode": mode, "seconds": seconds or _SLOW_SECONDS})


def kill_queries(status: Status) -> str:
    return _ask(status, {"do": "kill", "what": "QUERY"})


def kill_connections(status: Status) -> str:
    return _ask(status, {"do": "kill", "what": "CONNECTION"})


def time_zone(status: Status, offset: str) -> str:
    with connect(status) as connection, connection.cursor() as cursor:
        try:
            cursor.execute("SET GLOBAL time_zone = %s", (offset,))
        except pymysql.err.MySQLError as error:
            raise LabError(f"the database refuses the time zone {offset}: write it like +05:30, -08:00 or SYSTEM") from error
    return f"the database's time zone is {offset} for every new session"


def program(status: Status, action: str, name: str) -> str:
    _ask(status, {"do": "program", "name": name, "action": action})
    return {"start": f"{name} is ready", "stop": f"{name} has ended", "kill": f"{name} is killed"}[action]


def _ask(status: Status, request: control.Request) -> Any:
    return control.ask(Layout(Path(status["directory"])).control_socket, request)
