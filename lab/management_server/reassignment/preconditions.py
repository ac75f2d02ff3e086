"""What CloudStack looks at before it moves a VM, in its order. It stops at the first thing that it finds.

It looks for Running only: a VM that is Starting, Stopping or Migrating passes. It does not look at VM snapshots.
"""

from __future__ import annotations

from collections.abc import Sequence

from pymysql.cursors import DictCursor

from .. import resource_counts
from ..database import Row, all_rows, one_row
from .request import InvalidParameter, Move, MoveRequest, PermissionDenied

_ROOT_ADMIN, _DOMAIN_ADMIN = 1, 2
_SNAPSHOTS_THAT_DO_NOT_COUNT = ("Destroyed", "Error")


def check(sql: DictCursor, request: MoveRequest) -> Move:
    """Raises InvalidParameter, PermissionDenied or LimitExceeded."""
    caller = _account(sql, request.caller.account_id)
    if caller["type"] not in (_ROOT_ADMIN, _DOMAIN_ADMIN):
        raise InvalidParameter(f"Only root or domain admins are allowed to assign VMs. Caller [{caller['account_name']}]"
                               f" is of type [{caller['type']}].")
    vm = _movable_vm(sql, request.vm_id)
    old, new = _old_and_new_account(sql, vm, request)
    for account in (old, new):
        _check_access(sql, caller, account)
    _check_rules(sql, vm)
    volumes = all_rows(sql, "SELECT * FROM volumes WHERE instance_id = %s AND removed IS NULL ORDER BY id", vm["id"])
    _check_snapshots(sql, volumes)
    offering = one_row(sql, "SELECT * FROM service_offering WHERE id = %s", vm["service_offering_id"])
    assert offering is not None
    _check_limits(sql, new, offering, volumes)
    _check_template(sql, new, vm)
    if new["state"] != "enabled":
        raise PermissionDenied(f"{_named(new)} is disabled.")  # CloudStack's word for a locked account, too
    return Move(request, vm, old, new, offering, volumes)


def _account(sql: DictCursor, account_id: int) -> Row:
    account = one_row(
        sql, "SELECT a.*, d.path FROM account a JOIN domain d ON d.id = a.domain_id WHERE a.id = %s", account_id
    )
    assert account is not None
    return account


def _movable_vm(sql: DictCursor, vm_id: int) -> Row:
    vm = one_row(sql, "SELECT * FROM vm_instance WHERE id = %s AND type = 'User' AND removed IS NULL", vm_id)
    if vm is None:
        raise InvalidParameter(f"There is no VM by ID [{vm_id}].")
    if vm["state"] == "Running":
        raise InvalidParameter(f"Unable to move VM [{vm['instance_name']}] in [Running] state.")
    return vm


def _old_and_new_account(sql: DictCursor, vm: Row, request: MoveRequest) -> tuple[Row, Row]:
    if request.account_name is None or request.domain is None:
        raise InvalidParameter("AccountName and domainId must be specified together")
    found = one_row(
        sql, "SELECT id FROM account WHERE account_name = %s AND domain_id = %s AND removed IS NULL",
        request.account_name, request.domain["id"],
    )
    if found is None:
        raise InvalidParameter(f"Unable to find account {request.account_name} in domain with specified id")
    old, new = _account(sql, vm["account_id"]), _account(sql, found["id"])
    if old["removed"] is not None:
        raise InvalidParameter(f"Invalid old account [{old['id']}] for VM in domain [{request.domain['id']}].")
    if new["state"] == "disabled":
        raise InvalidParameter(f"The new account owner [{_named(new)}] is disabled.")
    if old["id"] == new["id"]:
        raise InvalidParameter(f"The new account [{_named(new)}] is the same as the old account.")
    return old, new


def _check_access(sql: DictCursor, caller: Row, account: Row) -> None:
    if caller["type"] == _DOMAIN_ADMIN and not account["path"].startswith(caller["path"]):
        raise PermissionDenied(f"{_named(caller)} does not have permission to operate with resource {_named(account)}")


def _check_rules(sql: DictCursor, vm: Row) -> None:
    name = vm["instance_name"]
    for query, text in (
        ("SELECT id FROM port_forwarding_rules WHERE instance_id = %s",
         f"Remove any Port Forwarding rules for VM [{name}] before assigning it to another user."),
        ("SELECT f.id FROM firewall_rules f JOIN user_ip_address i ON i.id = f.ip_address_id"
         " WHERE f.purpose = 'StaticNat' AND i.vm_id = %s",
         f"Remove the StaticNat rules for VM [{name}] before assigning it to another user."),
        ("SELECT id FROM load_balancer_vm_map WHERE instance_id = %s",
         f"Remove the Load Balancing rules for VM [{name}] before assigning it to another user."),
        ("SELECT id FROM user_ip_address WHERE vm_id = %s AND one_to_one_nat = 1 AND removed IS NULL",
         f"Remove the One to One Nat rule for VM [{name}]."),
    ):
        if one_row(sql, query + " LIMIT 1", vm["id"]) is not None:
            raise InvalidParameter(text)


def _check_snapshots(sql: DictCursor, volumes: Sequence[Row]) -> None:
    for volume in volumes:
        snapshot = one_row(
            sql, "SELECT id FROM snapshots WHERE volume_id = %s AND status NOT IN %s AND removed IS NULL LIMIT 1",
            volume["id"], _SNAPSHOTS_THAT_DO_NOT_COUNT,
        )
        if snapshot is not None:
            raise InvalidParameter(f"Snapshots exist for volume [{volume['name']}]. Detach volume or remove snapshots for the"
                                   " volume before assigning VM to another user.")


def _check_limits(sql: DictCursor, account: Row, offering: Row, volumes: Sequence[Row]) -> None:
    amounts = resource_counts.of_vm(offering)
    for volume in volumes:
        for kind, amount in resource_counts.of_volume(volume).items():
            amounts[kind] = amounts.get(kind, 0) + amount
    resource_counts.check(sql, account, amounts)


def _check_template(sql: DictCursor, account: Row, vm: Row) -> None:
    template = one_row(sql, "SELECT * FROM vm_template WHERE id = %s", vm["vm_template_id"])
    if template is None:
        raise InvalidParameter(f"Template for VM [{vm['uuid']}] cannot be found.")
    if template["public"] or account["id"] == template["account_id"] or account["type"] == _ROOT_ADMIN:
        return
    if one_row(sql, "SELECT id FROM launch_permission WHERE template_id = %s AND account_id = %s LIMIT 1",
               template["id"], account["id"]) is None:
        raise PermissionDenied(f"New owner [{_named(account)}] does not have access to the template specified for VM"
                               f" [{vm['instance_name']}].")


def _named(account: Row) -> str:
    return f"Account {account['account_name']} (id {account['id']})"
