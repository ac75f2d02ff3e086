"""VM HA: the worker that takes work from op_ha_work, investigates, stops and restarts.

Work that is Done does not mean a VM that was restarted: Done is also what ends work that turned out needless, or
hopeless.
"""

from __future__ import annotations

import datetime

import libvirt
import pymysql
from pymysql.cursors import DictCursor

from . import configuration, events, ha_work, vm_state
from .agents import AgentUnavailable
from .clock import in_units, utc_now
from .cloud import Cloud
from .database import Row, all_rows, one_row
from .defects import Defect
from .jobs import JobFailed
from .operations import Operations

_POLL_SECONDS = 0.5
_COMMAND_SECONDS = 10.0


def run_worker(operations: Operations) -> None:
    """Until the server stops."""
    cloud = operations.cloud
    while not cloud.stopping.wait(_POLL_SECONDS):
        try:
            with cloud.database.transaction() as sql:
                _schedule_on_fenced_hosts(sql)
            with cloud.database.transaction() as sql:
                work = _take(sql, cloud.management_server_id)
            if work is not None:
                _attempt(operations, work)
        except pymysql.err.MySQLError as error:
            cloud.log.write("database-error", where="high-availability", error=error)


def _attempt(operations: Operations, work: Row) -> None:
    cloud = operations.cloud
    try:
        _carry_out(operations, work)
    except (pymysql.err.MySQLError, JobFailed, vm_state.ChangedMeanwhile, vm_state.NoTransition) as error:
        cloud.log.write("ha-failed", vm_id=work["instance_id"], error=error)
        cloud.database.persist(lambda sql: ha_work.give_back(sql, work["id"]), cloud.stopping)


def _schedule_on_fenced_hosts(sql: DictCursor) -> None:
    """Host HA has powered a host off: every VM with HA that is recorded there gets work, once for each fencing."""
    for vm in all_rows(
        sql,
        "SELECT v.* FROM vm_instance v JOIN host h ON h.id = v.host_id"
        " JOIN ha_config c ON c.resource_id = h.id AND c.resource_type = 'Host'"
        " WHERE v.state = 'Running' AND v.ha_enabled = 1 AND v.removed IS NULL AND h.status <> 'Up'"
        " AND c.enabled = 1 AND c.ha_state = 'Fenced' AND NOT EXISTS"
        " (SELECT 1 FROM op_ha_work w WHERE w.instance_id = v.id AND w.type = 'HA' AND w.created >= c.update_time)",
    ):
        ha_work.schedule_restart(sql, vm)


def _take(sql: DictCursor, management_server_id: int) -> Row | None:
    work = one_row(
        sql,
        "SELECT * FROM op_ha_work WHERE type = 'HA' AND step NOT IN %s AND taken IS NULL AND time_to_try <= %s"
        " ORDER BY id LIMIT 1 FOR UPDATE",
        ha_work.CLOSED,
        in_units(utc_now()),
    )
    if work is not None:
        sql.execute(
            "UPDATE op_ha_work SET taken = %s, mgmt_server_id = %s, tried = tried + 1 WHERE id = %s",
            (utc_now(), management_server_id, work["id"]),
        )
    return work


def _carry_out(operations: Operations, work: Row) -> None:
    cloud = operations.cloud
    with cloud.database.transaction() as sql:
        vm = vm_state.read(sql, work["instance_id"])
    if vm["state"] != work["state"] or vm["update_count"] != work["updated"] or not vm["ha_enabled"]:
        _close(cloud, work, "changed")
    elif work["state"] == "Running":
        _recover_from_host(operations, work, vm)
    else:
        _restart(operations, work, vm)


def _recover_from_host(operations: Operations, work: Row, vm: Row) -> None:
    cloud = operations.cloud
    is_up = operations.fleet.agent(vm["host_id"]).is_connected()
    is_alive = _investigate(operations, vm)
    if is_alive and (is_up or cloud.defect is Defect.fenced_is_alive):
        _close(cloud, work, "alive")
    elif is_alive is not False:
        # Nobody can fence here: CloudStack's fencer needs a heartbeat on NFS storage.
        _try_again(cloud, work, vm, "investigate.retry.interval", "unknown")
    else:
        _set_step(cloud, work, "Stopping")
        operations.stop(vm["id"], events.SYSTEM, forced=True)
        with cloud.database.transaction() as sql:
            vm = vm_state.read(sql, vm["id"])
        _restart(operations, work, vm)


def _investigate(operations: Operations, vm: Row) -> bool | None:
    """Alive, dead, or unknown: the host's agent is asked first, then whether the host is Up."""
    agent = operations.fleet.agent(vm["host_id"])
    try:
        if agent.command(lambda hypervisor: hypervisor.check(vm["instance_name"]), _COMMAND_SECONDS):
            return True
        if operations.cloud.defect is not Defect.missing_is_unknown:
            return False
    except (AgentUnavailable, libvirt.libvirtError) as error:
        operations.cloud.log.write("ha-investigation-failed", vm=vm["instance_name"], error=error)
    return _investigate_host(operations.cloud, vm["host_id"], agent.is_connected())


def _investigate_host(cloud: Cloud, host_id: int, is_up: bool) -> bool | None:
    """KVMInvestigator: host HA knows, where the host has it; else a VM on a host that is Up is taken for alive."""
    with cloud.database.transaction() as sql:
        host_ha = one_row(
            sql, "SELECT ha_state FROM ha_config WHERE resource_id = %s AND resource_type = 'Host' AND enabled = 1", host_id
        )
    if host_ha is not None:
        return host_ha["ha_state"] != "Fenced" or cloud.defect is Defect.fenced_is_alive
    return True if is_up else None


def _restart(operations: Operations, work: Row, vm: Row) -> None:
    cloud = operations.cloud
    _set_step(cloud, work, "Restarting")
    with cloud.database.transaction() as sql:
        events.alert(
            sql, events.ALERT_USERVM, vm["data_center_id"], vm["pod_id"],
            f"HA starting VM {vm['name']} ({vm['instance_name']})",
        )
    try:
        operations.start(vm["id"], events.SYSTEM)
    except JobFailed as error:
        with cloud.database.transaction() as sql:
            vm = vm_state.read(sql, vm["id"])
        _try_again(cloud, work, vm, "restart.retry.interval", str(error))
    else:
        _close(cloud, work, "restarted")


def _try_again(cloud: Cloud, work: Row, vm: Row, interval_setting: str, reason: str) -> None:
    with cloud.database.transaction() as sql:
        if work["tried"] + 1 >= int(configuration.read(sql, "max.retries")):
            gave_up = True
        else:
            gave_up = False
            later = utc_now() + datetime.timedelta(seconds=float(configuration.read(sql, interval_setting)))
            sql.execute(
                "UPDATE op_ha_work SET taken = NULL, time_to_try = %s, state = %s, updated = %s WHERE id = %s",
                (in_units(later), vm["state"], vm["update_count"], work["id"]),
            )
    if gave_up:
        _close(cloud, work, "gave-up")
    else:
        cloud.log.write("ha-retry", vm=vm["instance_name"], reason=reason)


def _set_step(cloud: Cloud, work: Row, step: str) -> None:
    with cloud.database.transaction() as sql:
        sql.execute("UPDATE op_ha_work SET step = %s WHERE id = %s", (step, work["id"]))


def _close(cloud: Cloud, work: Row, outcome: str) -> None:
    _set_step(cloud, work, "Done")
    cloud.log.write("ha-done", vm_id=work["instance_id"], outcome=outcome)
