"""Faults in what CloudStack's database says. Each sentence ends with the SQL that restores what was there, where that is one
statement."""

from typing import Any

from management_server import networks
from management_server.networks import NetworkSpec, Owner
from pymysql.cursors import DictCursor

from . import cloudstack
from .failure import LabError
from .inventory import Row, Status, check_network, find, records, vm_row

HA_STEPS = ["Scheduled", "Investigating", "Fencing", "Stopping", "Restarting", "Migrating"]
HA_STATES = ["Disabled", "Available", "Ineligible", "Suspect", "Degraded", "Checking", "Recovering", "Recovered", "Fencing", "Fenced"]
TRANSITIONS = ["Starting", "Stopping", "Migrating"]
INCONSISTENCIES = ["owner_differs", "no_nic", "network_left"]

_OTHER_ACCOUNT_ID = 1  # `system`; the VMs are the account admin's


def drop_sequence(status: Status, network: str) -> str:
    with records(status) as sql:
        row = _sequence(sql, status, network)
        sql.execute("DELETE FROM op_networks WHERE id = %s", (row["id"],))
    values = ", ".join(str(value) for value in row.values())
    return (f"the row of {network} is gone from op_networks; to restore it: "
            f"INSERT INTO op_networks ({', '.join(row)}) VALUES ({values})")


def mac_set(status: Status, network: str, value: int) -> str:
    with records(status) as sql:
        row = _sequence(sql, status, network)
        return f"the MAC sequence of {network} is at {value}; " + _set_sequence(sql, row, value)


def mac_behind(status: Status, network: str) -> str:
    """The sequence hands out next what a NIC has already."""
    with records(status) as sql:
        row = _sequence(sql, status, network)
        nic = _live_nics(sql, network)[-1]
        used = int(nic["mac_address"].replace(":", "")[-4:], 16)
        return f"the MAC sequence of {network} is at {used}, which {nic['mac_address']} uses; " + _set_sequence(sql, row, used)


def mac_duplicate(status: Status, network: str, other: str | None = None) -> str:
    """A NIC gets the MAC address of another one: of the same network, or of one in the same zone."""
    check_network(status, network)
    check_network(status, other or network)
    with records(status) as sql:
        victim, sources = _live_nics(sql, network)[-1], _live_nics(sql, other or network)
        source = next((nic for nic in sources if nic["id"] != victim["id"]), None)
        if source is None:
            raise LabError(f"{other or network} has no second NIC to take a MAC address from")
        sql.execute("UPDATE nics SET mac_address = %s WHERE id = %s", (source["mac_address"], victim["id"]))
        return (f"the NICs {source['id']} and {victim['id']} both have {source['mac_address']}; to restore it: "
                f"UPDATE nics SET mac_address = '{victim['mac_address']}' WHERE id = {victim['id']}")


def nics_count(status: Status, network: str, value: int) -> str:
    with records(status) as sql:
        row = _sequence(sql, status, network)
        sql.execute("UPDATE op_networks SET nics_count = %s WHERE id = %s", (value, row["id"]))
        return (f"CloudStack counts {value} NICs in {network}; to restore it: "
                f"UPDATE op_networks SET nics_count = {row['nics_count']} WHERE id = {row['id']}")


def id_sequence_behind(status: Status, name: str) -> str:
    with records(status) as sql:
        sql.execute("SELECT name, value FROM sequence ORDER BY name")
        before = find("sequence", sql.fetchall(), name)["value"]
        sql.execute("UPDATE sequence SET value = 1 WHERE name = %s", (name,))
        return f"{name} is at 1; to restore it: UPDATE sequence SET value = {before} WHERE name = '{name}'"


def ha_work(status: Status, vm: str, step: str) -> str:
    """Taken by a worker already, so that none of the management server's own takes it."""
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        sql.execute(
            "INSERT INTO op_ha_work (instance_id, type, vm_type, state, host_id, mgmt_server_id, created, tried, taken, step,"
            " time_to_try, updated) SELECT id, 'HA', type, state, host_id, (SELECT MIN(msid) FROM mshost), UTC_TIMESTAMP(), 1,"
            " UTC_TIMESTAMP(), %s, UNIX_TIMESTAMP() * 1000 DIV 1024, update_count FROM vm_instance WHERE id = %s",
            (step, row["id"]))
        return f"CloudStack has HA work for {vm}, {step}; to restore it: DELETE FROM op_ha_work WHERE id = {sql.lastrowid}"


def host_ha(status: Status, host: str, state: str) -> str:
    find("host", status["hosts"], host)
    with records(status) as sql:
        sql.execute("UPDATE ha_config c JOIN host h ON h.id = c.resource_id SET c.ha_state = %s, c.enabled = 1,"
                    " c.update_time = UTC_TIMESTAMP()"
                    " WHERE h.name = %s AND c.resource_type = 'Host'", (state, host))
        return (f"host HA of {host} is {state}; to restore it: UPDATE ha_config c JOIN host h ON h.id = c.resource_id"
                f" SET c.ha_state = 'Disabled', c.enabled = 0 WHERE h.name = '{host}'")


def transition(status: Status, vm: str, state: str) -> str:
    """As a management server leaves it that dies in the middle; ours resolves it at the next report, if it runs."""
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        sql.execute("UPDATE vm_instance SET state = %s, update_count = update_count + 1,"
                    " update_time = UTC_TIMESTAMP() - INTERVAL 1 DAY WHERE id = %s", (state, row["id"]))
        return (f"{vm} is {state} since a day, and nobody works on it; to restore it: UPDATE vm_instance SET"
                f" state = '{row['state']}', update_count = update_count + 1, update_time = UTC_TIMESTAMP() WHERE id = {row['id']}")


def failed_move(status: Status, vm: str) -> str:
    find("VM", status["vms"], vm)
    error = cloudstack.tell(status, f"/control/failed-move?vm={vm}")["error"]
    return f"{vm} was to move to another account, and did not: {error}"


def inconsistent_move(status: Status, vm: str, what: str) -> str:
    """What a move leaves behind that fails in the middle, without being rolled back (#10854)."""
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        restore = {"owner_differs": _split_owner, "no_nic": _lose_nics, "network_left": _leave_network}[what](sql, row)
        cloudstack.write_move_event(sql, row, succeeded=False)
        return f"a move of {vm} failed half way ({what}); to restore it: {restore}"


def finished_move(status: Status, vm: str) -> str:
    """Only the event: the owner is still the same."""
    with records(status) as sql:
        cloudstack.write_move_event(sql, vm_row(sql, status, vm), succeeded=True)
        return f"CloudStack has an event that {vm} moved"


def _split_owner(sql: DictCursor, vm: Row) -> str:
    sql.execute("UPDATE volumes SET account_id = %s WHERE instance_id = %s", (_OTHER_ACCOUNT_ID, vm["id"]))
    return f"UPDATE volumes SET account_id = {vm['account_id']} WHERE instance_id = {vm['id']}"


def _lose_nics(sql: DictCursor, vm: Row) -> str:
    if vm["state"] != "Stopped":
        raise LabError(f"{vm['instance_name']} is {vm['state']}: only a Stopped VM can be moved; stop it first")
    sql.execute("UPDATE nics SET removed = UTC_TIMESTAMP() WHERE instance_id = %s AND removed IS NULL", (vm["id"],))
    return f"UPDATE nics SET removed = NULL WHERE instance_id = {vm['id']} AND state <> 'Deallocating'"


def _leave_network(sql: DictCursor, vm: Row) -> str:
    sql.execute("SELECT account_name FROM account WHERE id = %s", (_OTHER_ACCOUNT_ID,))
    name = f"{sql.fetchone()['account_name']}-network"
    sql.execute("SELECT value FROM sequence WHERE name = 'networks_seq' FOR UPDATE")
    network_id = sql.fetchone()["value"]
    sql.execute("UPDATE sequence SET value = value + 1 WHERE name = 'networks_seq'")
    networks.create(sql, network_id, NetworkSpec(name, "10.1.1.0/24", state="Allocated"),
                    Owner(_OTHER_ACCOUNT_ID, vm["domain_id"]), vm["data_center_id"])
    return f"UPDATE networks SET removed = UTC_TIMESTAMP() WHERE name = '{name}'"


def _sequence(sql: DictCursor, status: Status, network: str) -> Row:
    check_network(status, network)
    sql.execute("SELECT o.* FROM op_networks o JOIN networks n ON n.id = o.id WHERE n.name = %s AND n.removed IS NULL", (network,))
    row = sql.fetchone()
    if row is None:
        raise LabError(f"{network} has no row in op_networks any more")
    return row


def _set_sequence(sql: DictCursor, row: Row, value: int) -> str:
    sql.execute("UPDATE op_networks SET mac_address_seq = %s WHERE id = %s", (value, row["id"]))
    return f"to restore it: UPDATE op_networks SET mac_address_seq = {row['mac_address_seq']} WHERE id = {row['id']}"


def _live_nics(sql: DictCursor, network: str) -> list[dict[str, Any]]:
    sql.execute("SELECT i.id, i.mac_address FROM nics i JOIN networks n ON n.id = i.network_id"
                " WHERE n.name = %s AND i.removed IS NULL ORDER BY i.id", (network,))
    nics = list(sql.fetchall())
    if not nics:
        raise LabError(f"{network} has no NIC")
    return nics
