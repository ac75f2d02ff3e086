"""Migrating a VM: live, from libvirt to libvirt. While it moves, the VM is Migrating and belongs to its source."""

from __future__ import annotations

import libvirt

from . import capacity, vm_state
from .agents import AgentUnavailable
from .cloud import Cloud
from .fleet import Fleet
from .jobs import JobFailed
from .vm_state import Event

_COMMAND_SECONDS = 60.0


def migrate(cloud: Cloud, fleet: Fleet, vm_id: int, host_id: int) -> None:
    with cloud.database.transaction() as sql:
        vm = vm_state.read(sql, vm_id)
    if vm["state"] != "Running":
        raise JobFailed(f"{vm['instance_name']} is {vm['state']}: only a running VM can be migrated")
    source, target = fleet.agent(vm["host_id"]), fleet.agent(host_id)
    if source is target:
        raise JobFailed(f"{vm['instance_name']} is on host {target.hypervisor.name} already")
    vm = vm_state.move(cloud, vm, Event.MigrationRequested, vm["host_id"])
    try:
        source.command(lambda hypervisor: hypervisor.migrate(vm["instance_name"], target.hypervisor), _COMMAND_SECONDS)
    except (AgentUnavailable, libvirt.libvirtError) as error:
        vm_state.move(cloud, vm, Event.OperationFailed, vm["host_id"])
        raise JobFailed(f"Unable to migrate {vm['instance_name']} to {target.hypervisor.name}: {error}") from error
    with cloud.database.transaction() as sql:
        moved = vm_state.change(sql, vm, Event.OperationSucceeded, host_id)
        capacity.vacate(sql, vm_id, vm["host_id"])
        capacity.occupy(sql, vm_id, host_id)
    if moved:
        cloud.log.write("transition", **moved.fields())
