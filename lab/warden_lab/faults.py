"""The faults: each breaks one real thing, as it breaks in a real cloud. Every function says in a sentence what it did."""

import os
import signal
from pathlib import Path
from typing import Any

import pymysql

from . import control, guests, web
from .descendants import process_state
from .failure import LabError
from .layout import Layout

Status = dict[str, Any]


def find(kind: str, entries: list[dict[str, Any]], name: str) -> dict[str, Any]:
    for entry in entries:
        if entry["name"] == name:
            return entry
    raise LabError(f"the lab has no {kind} {name}; it has {', '.join(entry['name'] for entry in entries)}")


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


def _daemon(status: Status, host: str) -> int:
    pid = find("host", status["hosts"], host)["pid"]
    if pid is None or process_state(pid) is None:
        raise LabError(f"libvirtd of {host} does not run")
    return pid


def lock_sequence(status: Status, network: str, seconds: float) -> str:
    _check_network(status, network)
    _ask(status, {"do": "lock-sequence", "network": network, "seconds": seconds})
    return f"the row of {network} in op_networks is locked for {seconds:g} s"


def drop_sequence(status: Status, network: str) -> str:
    _check_network(status, network)
    columns = "o.id, o.mac_address_seq, o.nics_count, o.gc, o.check_for_gc"
    with _connect(status) as connection, connection.cursor() as cursor:
        if not cursor.execute(f"SELECT {columns} FROM op_networks o JOIN networks n ON n.id = o.id"
                              " WHERE n.name = %s", (network,)):
            raise LabError(f"{network} has no row in op_networks any more")
        row = cursor.fetchone()
        cursor.execute("DELETE FROM op_networks WHERE id = %s", (row[0],))
        connection.commit()
    values = ", ".join(str(int.from_bytes(value) if isinstance(value, bytes) else value) for value in row)
    return (f"the row of {network} is gone from op_networks; to restore it: INSERT INTO op_networks"
            f" ({columns.replace('o.', '')}) VALUES ({values})")


def _check_network(status: Status, network: str) -> None:
    find("network", [{"name": name} for name in status["networks"]], network)


def job(status: Status, vm: str, seconds: float) -> str:
    find("VM", status["vms"], vm)
    _tell_management_server(status, f"/control/job?vm={vm}&seconds={seconds:g}")
    return f"CloudStack has a job in progress for {vm}, for {seconds:g} s"


def api(status: Status, mode: str, seconds: float | None = None) -> str:
    delay = f"&seconds={seconds:g}" if seconds is not None else ""
    _tell_management_server(status, f"/control/api?mode={mode}{delay}")
    return f"the API is {mode}"


def database(status: Status, action: str) -> str:
    _ask(status, {"do": "database", "action": action})
    return "MariaDB is shut down" if action == "stop" else "MariaDB runs again, with the same port and data"


def time_zone(status: Status, offset: str) -> str:
    with _connect(status) as connection, connection.cursor() as cursor:
        try:
            cursor.execute("SET GLOBAL time_zone = %s", (offset,))
        except pymysql.err.MySQLError as error:
            raise LabError(f"MariaDB refuses the time zone {offset}: write it like +05:30, -08:00 or SYSTEM") from error
    return f"the database's time zone is {offset} for every new session"


def program(status: Status, action: str, name: str) -> str:
    _ask(status, {"do": "program", "name": name, "action": action})
    return {"start": f"{name} is ready", "stop": f"{name} has ended", "kill": f"{name} is killed"}[action]


def _ask(status: Status, request: control.Request) -> None:
    control.ask(Layout(Path(status["directory"])).control_socket, request)


def _connect(status: Status) -> pymysql.connections.Connection:
    server = status["database"]
    try:
        return pymysql.connect(host=server["host"], port=server["port"], user=server["user"],
                               password=server["password"], database="cloud", connect_timeout=5)
    except pymysql.err.OperationalError as error:
        raise LabError(f"the lab's database does not answer ({error.args[-1]}); "
                       "`labctl fault database start` starts it") from error


def _tell_management_server(status: Status, path: str) -> None:
    url = status["management_server"]["control_url"] + path
    try:
        code, body = web.request(url, "POST", timeout=20)
    except OSError as error:
        raise LabError("the management server does not answer; `labctl program start management-server` starts it") from error
    if code != 200:
        raise LabError(f"the management server refuses {path}: {body.strip()}")
