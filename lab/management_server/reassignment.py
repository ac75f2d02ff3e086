"""Moving a VM to another account, as far as it can fail: the regression of #10825."""

from __future__ import annotations

import uuid

import pymysql
from pymysql.cursors import DictCursor

from . import events, nics
from .clock import utc_now
from .cloud import Cloud
from .database import Row, insert, one_row
from .events import Caller


def move_to_account_without_network(cloud: Cloud, vm: Row, caller: Caller) -> str:
    """Creates the account's network in the transaction of the move, then asks for a MAC address on a second connection,
    which cannot see it, waits for its lock and gives up. Everything is rolled back. Returns the error."""
    try:
        with cloud.database.transaction() as move:
            network_id = _create_network(move, vm)
            with cloud.database.transaction() as sequence:
                nics.next_mac_address(sequence, vm["data_center_id"], network_id)
    except (pymysql.err.OperationalError, LookupError) as failure:
        with cloud.database.transaction() as sql:
            events.move(sql, caller, vm, succeeded=False)
        error = str(failure.args[-1])
    else:
        raise AssertionError("a network that is not committed yet gave a MAC address to another connection")
    cloud.log.write("move-failed", vm=vm["instance_name"], error=error)
    return error


def _create_network(sql: DictCursor, vm: Row) -> int:
    newest = one_row(sql, "SELECT MAX(id) AS id FROM networks")
    assert newest is not None
    network_id = int(newest["id"]) + 1
    insert(
        sql, "networks", id=network_id, name="system-network", uuid=str(uuid.uuid4()), traffic_type="Guest",
        broadcast_domain_type="Vlan", network_offering_id=1, data_center_id=vm["data_center_id"],
        guru_name="ExternalGuestNetworkGuru", state="Allocated", related=network_id, domain_id=vm["domain_id"],
        account_id=1, guest_type="Isolated", created=utc_now(),
    )
    insert(sql, "op_networks", id=network_id)
    return network_id
