"""Stopping a VM (CloudStack's advanceStop): StopRequested, the StopCommand, the release of what it held, Stopped."""

from __future__ import annotations

import libvirt

from . import capacity, power_sync, resources, vm_state
from .agents import AgentUnavailable
from .clock import utc_now
from .cloud import Cloud
from .database import Row
from .fleet import Fleet
from .jobs import JobFailed
from .vm_state import Event

_COMMAND_SECONDS = 10.0
_NOTHING_TO_DO = ("Stopped", "Destroyed", "Expunging", "Error")
_STOPPABLE = ("Running", "Stopping")


def stop(cloud: Cloud, fleet: Fleet, vm_id: int, forced: bool) -> None:
    with cloud.database.transaction() as sql:
        vm = vm_state.read(sql, vm_id)
    if vm["state"] in _NOTHING_TO_DO:
        return
    if vm["host_id"] is None or vm["state"] not in _STOPPABLE:
        _clean_up(cloud, fleet, vm, forced)
        return
    vm = vm_state.move(cloud, vm, Event.StopRequested, vm["host_id"])
    try:
        _send_stop_command(cloud, fleet, vm, forced)
    except (AgentUnavailable, libvirt.libvirtError) as error:
        # forced: the caller asserts that the VM does not run, whatever its host says or does not say.
        if not forced:
            vm_state.move(cloud, vm, Event.OperationFailed, vm["host_id"])
            raise JobFailed(f"Unable to stop {vm['instance_name']}: {error}") from error
    resources.release(cloud, vm)
    _finish(cloud, vm)


def _send_stop_command(cloud: Cloud, fleet: Fleet, vm: Row, forced: bool) -> None:
    name, agent = vm["instance_name"], fleet.agent(vm["host_id"])
    host = agent.hypervisor.name
    if not agent.is_connected():
        cloud.log.write("agent-unavailable", command="StopCommand", vm=name, host=host)
        raise AgentUnavailable(f"the agent of host {host} is not connected")
    result = "unanswered"
    try:
        result = agent.command(lambda hypervisor: hypervisor.stop(name, forced), _COMMAND_SECONDS)
    except libvirt.libvirtError:
        result = "failed"
        raise
    finally:
        cloud.log.write("stop-command", vm=name, host=host, forced=forced, result=result)


def _clean_up(cloud: Cloud, fleet: Fleet, vm: Row, forced: bool) -> None:
    """Without a host, or from a state that knows no StopRequested, only a forced stop ends in Stopped."""
    if not forced:
        raise JobFailed(f"{vm['instance_name']} is {vm['state']} on host {vm['host_id']}: only a forced stop can stop it")
    if vm["host_id"] is not None:
        try:
            _send_stop_command(cloud, fleet, vm, forced)
        except (AgentUnavailable, libvirt.libvirtError) as error:
            cloud.log.write("clean-up-failed", vm=vm["instance_name"], error=error)
    resources.release(cloud, vm)
    vm_state.move(cloud, vm, Event.AgentReportStopped, None)


def _finish(cloud: Cloud, vm: Row) -> None:
    with cloud.database.transaction() as sql:
        moved = vm_state.change(sql, vm, Event.OperationSucceeded, None)
        capacity.reserve(sql, vm["id"], vm["host_id"])
        # At once, since nobody will ever report this VM as off.
        sql.execute(
            "UPDATE vm_instance SET power_state = %s, power_state_update_time = %s WHERE id = %s",
            (power_sync.POWER_OFF, utc_now(), vm["id"]),
        )
    if moved:
        cloud.log.write("transition", **moved.fields())
