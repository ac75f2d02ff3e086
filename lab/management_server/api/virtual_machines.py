"""The commands on virtual machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import events, vm_state
from ..database import Row, all_rows
from . import networks
from .errors import ApiError, Code
from .request import Answer, Request, without_empty, written

_SELECT = (
    "SELECT v.*, h.uuid AS host_uuid, h.name AS host_label, a.account_name, d.uuid AS domain_uuid, d.name AS domain_name,"
    " z.uuid AS zone_uuid, z.name AS zone_name, o.uuid AS offering_uuid, o.name AS offering_name, o.cpu, o.speed, o.ram_size"
    " FROM vm_instance v JOIN account a ON a.id = v.account_id JOIN domain d ON d.id = v.domain_id"
    " JOIN data_center z ON z.id = v.data_center_id JOIN service_offering o ON o.id = v.service_offering_id"
    " LEFT JOIN host h ON h.id = v.host_id WHERE v.removed IS NULL AND v.type = 'User'"
)


def list_virtual_machines(request: Request) -> Answer:
    query, values = _SELECT, []
    with request.cloud.database.transaction() as sql:
        wanted = [uuid for uuid in (request.text("ids") or request.text("id") or "").split(",") if uuid]
        host_id = request.optional_id(sql, "hostid", "host")
        owner = request.owner_ids(sql)
        for condition, value in (
            (" AND v.uuid IN %s", tuple(wanted)),
            (" AND v.name = %s", request.text("name")),
            (" AND v.state = %s", request.text("state")),
            (" AND v.host_id = %s", host_id),
            (" AND v.account_id = %s", owner.account),
            (" AND v.domain_id = %s", owner.domain),
            (" AND v.name LIKE %s", f"%{request.text('keyword')}%" if request.text("keyword") else None),
        ):
            if value:
                query, values = query + condition, [*values, value]
        rows = all_rows(sql, query + " ORDER BY v.id", *values)
        return request.page("virtualmachine", [_described(row, networks.nics_of(sql, row["id"])) for row in rows])


def stop_virtual_machine(request: Request) -> Answer:
    forced = request.flag("forced") or False
    return _submit(
        request,
        _Operation("StopVMCmdByAdmin", "VM.STOP", "stopping Vm"),
        "id",
        lambda vm, job_id: request.operations.stop(vm["id"], request.caller, forced, job_id),
    )


def start_virtual_machine(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        host_id = request.optional_id(sql, "hostid", "host")
    return _submit(
        request,
        _Operation("StartVMCmdByAdmin", "VM.START", "starting Vm"),
        "id",
        lambda vm, job_id: request.operations.start(vm["id"], request.caller, host_id, job_id),
    )


def migrate_virtual_machine(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        host = request.entity(sql, "hostid", "host")
    return _submit(
        request,
        _Operation("MigrateVMCmd", "VM.MIGRATE", "migrating Vm"),
        "virtualmachineid",
        lambda vm, job_id: request.operations.migrate(vm["id"], request.caller, host["id"], job_id),
    )


def recover_virtual_machine(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        vm = request.entity(sql, "id", "vm_instance")
    if vm["state"] != "Destroyed":
        raise ApiError(Code.PARAM_ERROR, f"Unable to recover vm {vm['name']}: it is {vm['state']}, not Destroyed")
    vm_state.move(request.cloud, vm, vm_state.Event.RecoveryRequested, None)
    return {"virtualmachine": read(request, vm["id"])}


def update_virtual_machine(request: Request) -> Answer:
    has_ha, display_name = request.flag("haenable"), request.text("displayname")
    with request.cloud.database.transaction() as sql:
        vm = request.entity(sql, "id", "vm_instance")
        sql.execute(
            "UPDATE vm_instance SET ha_enabled = COALESCE(%s, ha_enabled), display_name = COALESCE(%s, display_name)"
            " WHERE id = %s",
            (has_ha, display_name, vm["id"]),
        )
        events.action(
            sql, "VM.UPDATE", "Completed", request.caller, vm, f"Successfully completed updating Vm. Vm Id: {vm['uuid']}"
        )
    return {"virtualmachine": read(request, vm["id"])}


@dataclass(frozen=True)
class _Operation:
    """What an asynchronous command is called in async_job and in event."""

    job_class: str
    event: str
    text: str


def _submit(request: Request, operation: _Operation, parameter: str, body: Callable[[Row, int], None]) -> Answer:
    """Starts the job, between whose beginning and end the event rows are written. Answers with its uuid."""
    with request.cloud.database.transaction() as sql:
        vm = request.entity(sql, parameter, "vm_instance")
        start_id = events.action(
            sql, operation.event, "Scheduled", request.caller, vm, f"{operation.text}: {vm['uuid']}"
        )

    def note(state: str, text: str, level: str = "INFO") -> None:
        request.cloud.database.persist(
            lambda sql: events.action(sql, operation.event, state, request.caller, vm, text, start_id, level),
            request.cloud.stopping,
        )

    def run(job_id: int) -> Any:
        note("Started", f"{operation.text}. Vm Id: {vm['uuid']}")
        try:
            body(vm, job_id)
        except Exception:
            note("Completed", f"Error while {operation.text}. Vm Id: {vm['uuid']}", "ERROR")
            raise
        note("Completed", f"Successfully completed {operation.text}. Vm Id: {vm['uuid']}")
        return {"virtualmachine": read(request, vm["id"])}

    command = f"org.apache.cloudstack.api.command.admin.vm.{operation.job_class}"
    parameters = {name: value for name, value in request.parameters.items() if name.lower() not in ("apikey", "signature")}
    return {"jobid": request.operations.jobs.submit(command, request.caller, vm["id"], parameters, run)}


def read(request: Request, vm_id: int) -> Answer:
    """One VM as every command on it answers."""
    with request.cloud.database.transaction() as sql:
        row = all_rows(sql, _SELECT + " AND v.id = %s", vm_id)[0]
        return _described(row, networks.nics_of(sql, vm_id))


def _described(row: Row, nics: list[Answer]) -> Answer:
    return without_empty(
        {
            "id": row["uuid"],
            "name": row["name"],
            "displayname": row["display_name"],
            "instancename": row["instance_name"],
            "account": row["account_name"],
            "domainid": row["domain_uuid"],
            "domain": row["domain_name"],
            "created": written(row["created"]),
            "state": row["state"],
            "haenable": bool(row["ha_enabled"]),
            "zoneid": row["zone_uuid"],
            "zonename": row["zone_name"],
            "hostid": row["host_uuid"],
            "hostname": row["host_label"],
            "serviceofferingid": row["offering_uuid"],
            "serviceofferingname": row["offering_name"],
            "cpunumber": row["cpu"],
            "cpuspeed": row["speed"],
            "memory": row["ram_size"],
            "hypervisor": row["hypervisor_type"],
            "nic": nics,
        }
    )
