"""What a VM's changed power state does to its state: the listener of power reports, and stalled transitions.

On KVM a report never says PowerOff: a VM that is off is missing from it. So the only way down is PowerReportMissing.
"""

from __future__ import annotations

from collections.abc import Callable

from pymysql.cursors import DictCursor

from . import configuration, events, ha_work, jobs, power_records, power_sync, resources, vm_state
from .clock import utc_now
from .cloud import Cloud
from .database import Row, all_rows

# 1.5 x vm.job.report.interval, which is in seconds, but which CloudStack takes for milliseconds.
_STALLED_SECONDS = 0.09


def follow(cloud: Cloud, vm_id: int) -> None:
    """Acts on the power state that the database holds now, unless work on the VM is under way."""
    with cloud.database.transaction() as sql:
        vm = vm_state.read(sql, vm_id)
        if jobs.has_pending_work(sql, vm_id) or ha_work.has_pending_work(sql, vm_id):
            power_records.reset(sql, [vm_id])  # so that the signal comes again later
            return
    if vm["power_state"] == power_sync.POWER_ON:
        _unless_changed(cloud, vm, _power_on)
    elif vm["power_state"] == power_sync.REPORT_MISSING:
        _unless_changed(cloud, vm, _power_off)


def resolve_stalled(cloud: Cloud, host_id: int) -> None:
    """VMs in transition on a host that is Up, but without a job: nobody will ever finish that transition."""
    with cloud.database.transaction() as sql:
        stalled = [
            vm
            for vm in all_rows(
                sql,
                "SELECT * FROM vm_instance WHERE host_id = %s AND state IN %s AND removed IS NULL",
                host_id,
                vm_state.IN_TRANSITION,
            )
            if not jobs.has_pending_work(sql, vm["id"])
        ]
    for vm in stalled:
        reported = vm["power_state_update_time"]
        is_old = reported is None or (utc_now() - reported).total_seconds() > _STALLED_SECONDS
        cloud.log.write("stalled", vm=vm["instance_name"], state=vm["state"])
        is_off = is_old or vm["power_state"] != power_sync.POWER_ON
        _unless_changed(cloud, vm, _power_off if is_off else _power_on)


def _unless_changed(cloud: Cloud, vm: Row, listener: Callable[[Cloud, Row], None]) -> None:
    """An operation on the VM that is faster wins; the next report speaks again."""
    try:
        listener(cloud, vm)
    except vm_state.ChangedMeanwhile as error:
        cloud.log.write("transition-refused", vm=vm["instance_name"], error=error)


def _power_on(cloud: Cloud, vm: Row) -> None:
    """The VM runs on power_host. Where that is another host, somebody migrated it behind CloudStack's back."""
    if vm["state"] not in (*vm_state.WITH_DOMAIN, "Stopped"):
        cloud.log.write("power-on-ignored", vm=vm["instance_name"], state=vm["state"])
        return
    with cloud.database.transaction() as sql:
        moved = vm_state.change(sql, vm, vm_state.Event.FollowAgentPowerOnReport, vm["power_host"])
        if moved and vm["state"] in ("Starting", "Stopping", "Stopped"):
            _alert(sql, vm, "Running")
    if moved:
        cloud.log.write("transition", **moved.fields())


def _power_off(cloud: Cloud, vm: Row) -> None:
    if vm["state"] not in (*vm_state.WITH_DOMAIN, "Stopped"):
        cloud.log.write("power-off-ignored", vm=vm["instance_name"], state=vm["state"])
        return
    with cloud.database.transaction() as sql:
        if vm["state"] == "Running" and _is_restarted_by_ha(sql, vm):
            ha_work.schedule_restart(sql, vm)
            cloud.log.write("ha-scheduled", vm=vm["instance_name"], host=vm["host_id"])
            return
    resources.release(cloud, vm)
    with cloud.database.transaction() as sql:
        moved = vm_state.change(sql, vm, vm_state.Event.FollowAgentPowerOffReport, None)
        if moved:
            _alert(sql, vm, "Stopped")
    if moved:
        cloud.log.write("transition", **moved.fields())


def _is_restarted_by_ha(sql: DictCursor, vm: Row) -> bool:
    has_ha = bool(vm["ha_enabled"]) or configuration.read(sql, "force.ha") == "true"
    return has_ha and configuration.read(sql, "ha.vm.restart.hostup") == "true"


def _alert(sql: DictCursor, vm: Row, state: str) -> None:
    events.alert(
        sql,
        events.ALERT_SYNC,
        vm["data_center_id"],
        vm["pod_id"],
        f"VM {vm['name']}({vm['instance_name']}) state is sync-ed ({vm['state']} -> {state}) from out-of-context transition",
    )
