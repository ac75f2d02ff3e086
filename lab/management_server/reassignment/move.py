"""The steps of a move in CloudStack's order.

Since 4.20.1 one transaction holds everything but the network that is made for an account without any. Older releases commit
the owner first: what fails afterwards leaves a VM with a new owner and no NIC.
"""

from __future__ import annotations

import pymysql
from pymysql.cursors import DictCursor

from .. import events, networks, nics, sequences, vm_state
from ..cloud import Cloud
from ..database import Row, one_row
from ..defects import Defect
from ..events import Caller
from . import destination, ownership, preconditions
from .destination import Interface
from .request import Move, MoveRequest

_IN_ONE_TRANSACTION_SINCE = (4, 20, 1)


def move(cloud: Cloud, request: MoveRequest) -> None:
    """Moves the VM, and writes the one event that a move leaves, however it ended. Raises why it failed."""
    with cloud.database.transaction() as sql:
        vm = vm_state.read(sql, request.vm_id)
        carry_out = _in_one_transaction if _moves_in_one_transaction(sql, cloud.defect) else _in_two_steps
    try:
        carry_out(cloud, request)
    except Exception as error:
        cloud.log.write("move-failed", vm=vm["instance_name"], account=request.account_name, error=error)
        _write_event(cloud, request.caller, vm, succeeded=False)
        raise
    cloud.log.write("moved", vm=vm["instance_name"], account=request.account_name)
    _write_event(cloud, request.caller, vm, succeeded=True)


def texts_name_the_cause(cloud: Cloud) -> bool:
    """Whether the API's error says what was wrong, as it did before 4.20.1."""
    with cloud.database.transaction() as sql:
        return _version(sql) < _IN_ONE_TRANSACTION_SINCE


def fail_for_want_of_a_network(cloud: Cloud, vm: Row, caller: Caller) -> str:
    """A move to an account without a network with the defect 10825, whatever state the VM is in. Returns the error."""
    with cloud.database.transaction() as sql:
        system = one_row(sql, "SELECT * FROM account WHERE id = %s", events.SYSTEM.account_id)
    assert system is not None
    try:
        with cloud.database.transaction() as sql:
            network_id = destination.create(cloud, sql, system, vm["data_center_id"])
            sequences.next_mac_address(cloud, _network(sql, network_id))
    except sequences.NullSequence as failure:
        error = str(failure.__cause__.args[-1]) if failure.__cause__ else str(failure)
    else:
        raise AssertionError("a network that is not committed yet gave a MAC address to another connection")
    cloud.log.write("move-failed", vm=vm["instance_name"], account=system["account_name"], error=error)
    _write_event(cloud, caller, vm, succeeded=False)
    return error


def _in_one_transaction(cloud: Cloud, request: MoveRequest) -> None:
    with cloud.database.transaction() as sql:
        accepted = preconditions.check(sql, request)
        destination.check_security_groups(accepted)
        needs_network = not destination.applicable(sql, accepted) and not destination.isolated_networks(sql, accepted)
    is_made_inside = cloud.defect is Defect.network_not_committed
    made = _make_network(cloud, accepted) if needs_network and not is_made_inside else None
    try:
        with cloud.database.transaction() as sql:
            ownership.take_from_old(sql, accepted)
            ownership.leave_group(sql, accepted.vm)
            ownership.change(sql, accepted)
            if needs_network and is_made_inside:
                destination.create(cloud, sql, accepted.new_account, accepted.vm["data_center_id"])
            interfaces = destination.applicable(sql, accepted)
            nics.remove(sql, accepted.vm["id"])
            _allocate(cloud, sql, accepted, interfaces or destination.choose_isolated(sql, accepted))
            ownership.give_to_new(sql, accepted)
    except Exception:
        if made is not None:
            _delete_network(cloud, made)
        raise


def _in_two_steps(cloud: Cloud, request: MoveRequest) -> None:
    with cloud.database.transaction() as sql:
        accepted = preconditions.check(sql, request)
        ownership.leave_group(sql, accepted.vm)
    with cloud.database.transaction() as sql:
        ownership.take_from_old(sql, accepted)
        ownership.change(sql, accepted)
        ownership.give_to_new(sql, accepted)
    destination.check_security_groups(accepted)
    with cloud.database.transaction() as sql:
        interfaces = destination.applicable(sql, accepted)
        needs_network = not interfaces and not destination.isolated_networks(sql, accepted)
    if needs_network:
        _make_network(cloud, accepted)
    with cloud.database.transaction() as sql:
        interfaces = interfaces or destination.choose_isolated(sql, accepted)
        nics.remove(sql, accepted.vm["id"])
    with cloud.database.transaction() as sql:
        _allocate(cloud, sql, accepted, interfaces)


def _allocate(cloud: Cloud, sql: DictCursor, accepted: Move, interfaces: list[Interface]) -> None:
    for device, interface in enumerate(interfaces):
        mac = sequences.next_mac_address(cloud, interface.network)
        nics.allocate(sql, accepted.vm["id"], interface.network, mac, device, interface.address)


def _make_network(cloud: Cloud, accepted: Move) -> int:
    with cloud.database.transaction() as sql:
        network_id = destination.create(cloud, sql, accepted.new_account, accepted.vm["data_center_id"])
    cloud.log.write("network-created", id=network_id, account=accepted.new_account["account_name"])
    return network_id


def _delete_network(cloud: Cloud, network_id: int) -> None:
    """As well as it goes: the failure of the move is what counts."""
    try:
        with cloud.database.transaction() as sql:
            networks.delete(sql, network_id)
    except pymysql.err.MySQLError as error:
        cloud.log.write("network-left", id=network_id, error=error)


def _write_event(cloud: Cloud, caller: Caller, vm: Row, succeeded: bool) -> None:
    with cloud.database.transaction() as sql:
        events.move(sql, caller, vm, succeeded)


def _moves_in_one_transaction(sql: DictCursor, defect: Defect) -> bool:
    return defect is not Defect.moved_in_two_steps and _version(sql) >= _IN_ONE_TRANSACTION_SINCE


def _version(sql: DictCursor) -> tuple[int, ...]:
    row = one_row(sql, "SELECT version FROM version ORDER BY id DESC LIMIT 1")
    assert row is not None
    return tuple(int(part) for part in row["version"].split(".")[:3])


def _network(sql: DictCursor, network_id: int) -> Row:
    row = one_row(sql, "SELECT * FROM networks WHERE id = %s", network_id)
    assert row is not None
    return row
