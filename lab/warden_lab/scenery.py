"""What a move of a VM to another account can meet: rules, volumes, snapshots, limits. Each sentence ends with the SQL that
takes it away again, where that is one statement."""

import uuid

from management_server import networks, resource_counts
from management_server.networks import NetworkSpec, Owner
from pymysql.cursors import DictCursor

from .failure import LabError
from .inventory import Row, Status, account_row, records, vm_row

ACCOUNT_STATES = ["enabled", "disabled", "locked"]
SNAPSHOT_STATES = ["Allocated", "Creating", "BackedUp", "Destroyed", "Error"]
LIMITED = list(resource_counts.KINDS)

_DATA_VOLUME_BYTES = 2 << 20


def port_forwarding(status: Status, vm: str, port: int) -> str:
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        rule = _rule(sql, row, "PortForwarding", port)
        sql.execute("INSERT INTO port_forwarding_rules (id, instance_id, dest_ip_address, dest_port_start, dest_port_end)"
                    " VALUES (%s, %s, COALESCE((SELECT MIN(ip4_address) FROM nics WHERE instance_id = %s AND removed IS NULL), ''),"
                    " %s, %s)", (rule, row["id"], row["id"], port, port))
        return f"port {port} is forwarded to {vm}; to take it away: DELETE FROM firewall_rules WHERE id = {rule}"


def load_balancer(status: Status, vm: str, port: int) -> str:
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        rule = _rule(sql, row, "LoadBalancing", port)
        sql.execute("INSERT INTO load_balancing_rules (id, name, default_port_start, default_port_end, algorithm)"
                    " VALUES (%s, %s, %s, %s, 'roundrobin')", (rule, f"balancer-{rule}", port, port))
        sql.execute("INSERT INTO load_balancer_vm_map (load_balancer_id, instance_id) VALUES (%s, %s)", (rule, row["id"]))
        return f"{vm} is behind a load balancer on port {port}; to take it away: DELETE FROM firewall_rules WHERE id = {rule}"


def static_nat(status: Status, vm: str) -> str:
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        address = _public_address(sql, row)
        sql.execute("UPDATE user_ip_address SET one_to_one_nat = 1, vm_id = %s WHERE id = %s", (row["id"], address))
        return (f"{vm} has a public address of its own; to take it away:"
                f" UPDATE user_ip_address SET one_to_one_nat = 0, vm_id = NULL WHERE id = {address}")


def volume(status: Status, vm: str) -> str:
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        sql.execute("SELECT MAX(device_id) + 1 AS device FROM volumes WHERE instance_id = %s AND removed IS NULL", (row["id"],))
        device = sql.fetchone()["device"] or 0
        name = f"DATA-{row['id']}-{device}"
        sql.execute("INSERT INTO volumes (account_id, domain_id, pool_id, instance_id, device_id, name, uuid, size, path, pod_id,"
                    " data_center_id, volume_type, disk_offering_id, created, attached, state)"
                    " VALUES (%s, %s, 1, %s, %s, %s, UUID(), %s, UUID(), %s, %s, 'DATADISK', 2, UTC_TIMESTAMP(), UTC_TIMESTAMP(),"
                    " 'Ready')", (row["account_id"], row["domain_id"], row["id"], device, name, _DATA_VOLUME_BYTES, row["pod_id"],
                                  row["data_center_id"]))
        resource_counts.add(sql, row["account_id"], resource_counts.of_volume({"size": _DATA_VOLUME_BYTES}))
        return f"{vm} has the volume {name}"


def snapshot(status: Status, vm: str, state: str | None = None) -> str:
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        sql.execute("INSERT INTO snapshots (data_center_id, account_id, domain_id, volume_id, disk_offering_id, status, path, name,"
                    " uuid, snapshot_type, type_description, size, created, hypervisor_type) SELECT data_center_id, account_id,"
                    " domain_id, id, disk_offering_id, %s, UUID(), CONCAT(name, '_snapshot'), UUID(), 0, 'MANUAL', size,"
                    " UTC_TIMESTAMP(), 'KVM' FROM volumes WHERE instance_id = %s AND volume_type = 'ROOT' AND removed IS NULL",
                    (state or "BackedUp", row["id"]))
        identifier = sql.lastrowid
        return (f"the root volume of {vm} has a snapshot; to take it away: UPDATE snapshots SET status = 'Destroyed',"
                f" removed = UTC_TIMESTAMP() WHERE id = {identifier}")


def vm_snapshot(status: Status, vm: str) -> str:
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        name = f"{vm}_VS_{uuid.uuid4().hex[:8]}"
        sql.execute("INSERT INTO vm_snapshots (uuid, name, display_name, vm_id, account_id, domain_id, service_offering_id,"
                    " vm_snapshot_type, state, `current`, created, updated) VALUES (UUID(), %s, %s, %s, %s, %s, %s, 'Disk', 'Ready',"
                    " 1, UTC_TIMESTAMP(), UTC_TIMESTAMP())",
                    (name, name, row["id"], row["account_id"], row["domain_id"], row["service_offering_id"]))
        return (f"{vm} has a snapshot of the whole VM; to take it away:"
                f" UPDATE vm_snapshots SET removed = UTC_TIMESTAMP() WHERE id = {sql.lastrowid}")


def private_template(status: Status, vm: str) -> str:
    """One of the VM's present owner, whom nobody else may ask for it."""
    with records(status) as sql:
        row = vm_row(sql, status, vm)
        sql.execute("INSERT INTO vm_template (unique_name, name, uuid, public, featured, type, hvm, bits, format, created, account_id,"
                    " guest_os_id, hypervisor_type, state) VALUES (UUID(), %s, UUID(), 0, 0, 'USER', 1, 64, 'QCOW2', UTC_TIMESTAMP(),"
                    " %s, 1, 'KVM', 'Active')", (f"template-of-{vm}", row["account_id"]))
        template = sql.lastrowid
        sql.execute("UPDATE vm_instance SET vm_template_id = %s WHERE id = %s", (template, row["id"]))
        return (f"{vm} is made from a template of its owner's own; to take it away:"
                f" UPDATE vm_template SET public = 1 WHERE id = {template}")


def account_state(status: Status, account: str, state: str) -> str:
    with records(status) as sql:
        row = account_row(sql, status, account)
        sql.execute("UPDATE account SET state = %s WHERE id = %s", (state, row["id"]))
        return (f"the account {account} is {state}; to take it away:"
                f" UPDATE account SET state = '{row['state']}' WHERE id = {row['id']}")


def network(status: Status, account: str, name: str) -> str:
    with records(status) as sql:
        row = account_row(sql, status, account)
        sql.execute("SELECT name FROM networks WHERE name = %s AND removed IS NULL", (name,))
        if sql.fetchone() is not None:
            raise LabError(f"there is a network {name} already")
        sql.execute("SELECT value FROM sequence WHERE name = 'networks_seq' FOR UPDATE")
        identifier = sql.fetchone()["value"]
        sql.execute("UPDATE sequence SET value = value + 1 WHERE name = 'networks_seq'")
        networks.create(sql, identifier, NetworkSpec(name, "10.1.1.0/24", state="Allocated"), Owner(row["id"], row["domain_id"]), 1)
        return (f"{account} has the isolated network {name}; to take it away:"
                f" UPDATE networks SET removed = UTC_TIMESTAMP() WHERE id = {identifier}")


def limit(status: Status, account: str, kind: str, most: int) -> str:
    with records(status) as sql:
        row = account_row(sql, status, account)
        sql.execute("INSERT INTO resource_limit (account_id, type, max) VALUES (%s, %s, %s)", (row["id"], kind, most))
        return (f"{account} may have no more than {most} of {kind}; to take it away:"
                f" DELETE FROM resource_limit WHERE id = {sql.lastrowid}")


def _rule(sql: DictCursor, vm: Row, purpose: str, port: int) -> int:
    sql.execute("INSERT INTO firewall_rules (uuid, ip_address_id, start_port, end_port, state, protocol, purpose, account_id, domain_id,"
                " network_id, xid, created) VALUES (UUID(), %s, %s, %s, 'Active', 'tcp', %s, %s, %s, %s, UUID(), UTC_TIMESTAMP())",
                (_public_address(sql, vm), port, port, purpose, vm["account_id"], vm["domain_id"], _network_of(sql, vm)))
    return int(sql.lastrowid)


def _public_address(sql: DictCursor, vm: Row) -> int:
    """A new one of the VM's owner."""
    sql.execute("SELECT COALESCE(MAX(id), 0) + 1 AS number FROM user_ip_address")
    number = sql.fetchone()["number"]
    sql.execute("INSERT INTO user_ip_address (uuid, account_id, domain_id, public_ip_address, data_center_id, allocated, vlan_db_id,"
                " state, mac_address, source_network_id, network_id, physical_network_id, created) VALUES (UUID(), %s, %s, %s, %s,"
                " UTC_TIMESTAMP(), 1, 'Allocated', %s, 200, %s, 200, UTC_TIMESTAMP())",
                (vm["account_id"], vm["domain_id"], f"198.51.{100 + number // 250}.{1 + number % 250}", vm["data_center_id"], number,
                 _network_of(sql, vm)))
    return int(sql.lastrowid)


def _network_of(sql: DictCursor, vm: Row) -> int:
    sql.execute("SELECT network_id FROM nics WHERE instance_id = %s AND removed IS NULL ORDER BY default_nic DESC, id LIMIT 1",
                (vm["id"],))
    nic = sql.fetchone()
    if nic is None:
        raise LabError(f"{vm['instance_name']} has no NIC")
    return int(nic["network_id"])
