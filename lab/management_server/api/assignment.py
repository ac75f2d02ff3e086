"""assignVirtualMachine: synchronous, so that the caller waits for every lock that the move waits for."""

from __future__ import annotations

from ..reassignment import move
from ..reassignment.request import InvalidParameter, MoveRequest
from . import virtual_machines
from .errors import ApiError, Code
from .request import Answer, Request


def assign_virtual_machine(request: Request) -> Answer:
    wanted = _wanted(request)
    try:
        move.move(request.cloud, wanted)
    except Exception as error:  # CloudStack answers 530 to everything but a parameter that it finds wrong
        code = Code.PARAM_ERROR if isinstance(error, InvalidParameter) else Code.INTERNAL_ERROR
        raise ApiError(code, _text(request, wanted, error)) from error
    return {"virtualmachine": virtual_machines.read(request, wanted.vm_id)}


def _wanted(request: Request) -> MoveRequest:
    with request.cloud.database.transaction() as sql:
        vm = request.entity(sql, "virtualmachineid", "vm_instance")
        return MoveRequest(
            vm_id=vm["id"],
            account_name=request.text("account"),
            domain=request.entity(sql, "domainid", "domain") if request.text("domainid") else None,
            networks=request.entities(sql, "networkids", "networks"),
            security_groups=(request.text("securitygroupids") or "").split(",") if request.text("securitygroupids") else [],
            caller=request.caller,
        )


def _text(request: Request, wanted: MoveRequest, error: Exception) -> str:
    """Since 4.20.1 only the VM's row id; the cause is in the management server's log alone (#13406)."""
    if not move.texts_name_the_cause(request.cloud):
        return f"Failed to move Instance due to [{wanted.vm_id}]."
    return str(error) if isinstance(error, InvalidParameter) else f"Failed to move vm {error}"
