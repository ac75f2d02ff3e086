"""Starting a VM: a host is chosen, its NICs are reserved, and QEMU really starts there.

As CloudStack, it does not look whether the VM runs elsewhere already.
"""

from __future__ import annotations

import libvirt
import pymysql

from . import capacity, nics, power_records, resources, vm_state
from .agents import AgentUnavailable
from .cloud import Cloud
from .database import Row, all_rows
from .fleet import Fleet
from .jobs import JobFailed
from .vm_state import Event

_COMMAND_SECONDS = 30.0


def start(cloud: Cloud, fleet: Fleet, vm_id: int, host_id: int | None = None) -> None:
    """On `host_id`, or where it ran last, or on the host with the fewest VMs."""
    with cloud.database.transaction() as sql:
        vm = vm_state.read(sql, vm_id)
    if vm["state"] == "Running":
        return
    destination = host_id or _plan(cloud, fleet, vm)
    vm = vm_state.move(cloud, vm, Event.StartRequested, destination)
    agent = fleet.agent(destination)
    try:
        with cloud.database.transaction() as sql:
            nics.reserve(sql, vm_id)
        agent.command(lambda hypervisor: hypervisor.start(vm["instance_name"], vm["uuid"]), _COMMAND_SECONDS)
    except (AgentUnavailable, LookupError, libvirt.libvirtError, pymysql.err.MySQLError) as error:
        cloud.log.write("start-command", vm=vm["instance_name"], host=agent.hypervisor.name, result="failed")
        resources.release(cloud, vm)
        vm_state.move(cloud, vm, Event.OperationFailed, None)
        raise JobFailed(f"Unable to start {vm['instance_name']} on {agent.hypervisor.name}: {error}") from error
    cloud.log.write("start-command", vm=vm["instance_name"], host=agent.hypervisor.name, result="started")
    _finish(cloud, vm, destination)


def _plan(cloud: Cloud, fleet: Fleet, vm: Row) -> int:
    connected = fleet.connected()
    if vm["last_host_id"] in connected:
        return int(vm["last_host_id"])
    with cloud.database.transaction() as sql:
        occupied = {
            row["host_id"]: row["vms"]
            for row in all_rows(
                sql,
                "SELECT host_id, COUNT(*) AS vms FROM vm_instance WHERE host_id IS NOT NULL AND removed IS NULL"
                " GROUP BY host_id",
            )
        }
    if not connected:
        raise JobFailed(f"Unable to start {vm['instance_name']}: no host is Up")
    return min(connected, key=lambda host_id: (occupied.get(host_id, 0), host_id))


def _finish(cloud: Cloud, vm: Row, host_id: int) -> None:
    with cloud.database.transaction() as sql:
        moved = vm_state.change(sql, vm, Event.OperationSucceeded, host_id)
        capacity.occupy(sql, vm["id"], host_id)
        # A report that was collected before the start must not find it missing for long.
        power_records.reset(sql, [vm["id"]])
    if moved:
        cloud.log.write("transition", **moved.fields())
