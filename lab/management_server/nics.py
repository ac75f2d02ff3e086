"""NICs, and what CloudStack hands out to them: MAC addresses from op_networks, IP addresses from the network."""

from __future__ import annotations

import ipaddress
import uuid

from pymysql.cursors import DictCursor

from . import networks
from .clock import utc_now
from .database import Row, all_rows, insert, one_row


def mac_address(zone_id: int, network_id: int, sequence: int) -> str:
    """CloudStack's layout: 02, the zone, 16 bits of the network's id, and the sequence without a mask."""
    value = 0x02 << 40 | zone_id << 32 | (network_id & 0xFFFF) << 16 | sequence
    return ":".join(f"{byte:02x}" for byte in value.to_bytes(6, "big"))


def next_mac_address(sql: DictCursor, zone_id: int, network_id: int) -> str:
    """In the transaction of the caller, as nobody does who may meet others: see sequences."""
    row = one_row(sql, "SELECT mac_address_seq FROM op_networks WHERE id = %s FOR UPDATE", network_id)
    if row is None:
        raise LookupError(f"Unable to get a sequence: op_networks has no row for network {network_id}")
    sql.execute("UPDATE op_networks SET mac_address_seq = mac_address_seq + 1 WHERE id = %s", (network_id,))
    return mac_address(zone_id, network_id, row["mac_address_seq"])


def allocate(sql: DictCursor, vm_id: int, network: Row, mac: str, device: int = 0, address: str | None = None) -> int:
    """Gives the VM a NIC on the network; device 0 is the default one. On an isolated network it holds no address before a
    start reserves it; on a shared one it has `address`, or a free one, from the beginning."""
    is_shared = network["guest_type"] == "Shared"
    return insert(
        sql,
        "nics",
        uuid=str(uuid.uuid4()),
        instance_id=vm_id,
        mac_address=mac,
        ip4_address=(address or _free_address(sql, network)) if is_shared else None,
        network_id=network["id"],
        mode="Dhcp",
        state="Allocated",
        strategy="Create" if is_shared else "Start",
        reserver_name=network["guru_name"],
        device_id=device,
        default_nic=device == 0,
        vm_type="User",
        created=utc_now(),
    )


def reserve(sql: DictCursor, vm_id: int) -> None:
    """A start reserves every NIC of the VM: an address of its network, and one more in nics_count."""
    for nic in _live_nics(sql, vm_id, "Allocated"):
        # The counter's row is locked first, so that two starts cannot choose the same address.
        sql.execute("UPDATE op_networks SET nics_count = nics_count + 1 WHERE id = %s", (nic["network_id"],))
        networks.implement(sql, nic["network_id"])
        network = one_row(sql, "SELECT * FROM networks WHERE id = %s", nic["network_id"])
        assert network is not None
        subnet = ipaddress.ip_network(network["cidr"])
        sql.execute(
            "UPDATE nics SET state = 'Reserved', ip4_address = %s, netmask = %s, gateway = %s, ip_type = 'Ip4',"
            " broadcast_uri = %s, isolation_uri = %s, reservation_id = %s, update_time = %s WHERE id = %s",
            (
                nic["ip4_address"] or _free_address(sql, network),
                str(subnet.netmask),
                network["gateway"],
                network["broadcast_uri"],
                network["broadcast_uri"],
                str(uuid.uuid4()),
                utc_now(),
                nic["id"],
            ),
        )


def release(sql: DictCursor, vm_id: int) -> int:
    """A stop gives back what a start reserved. Returns how many NICs it released."""
    nics = _live_nics(sql, vm_id, "Reserved")
    for nic in nics:
        sql.execute(
            "UPDATE nics SET state = 'Allocated', ip4_address = IF(strategy = 'Create', ip4_address, NULL), netmask = NULL,"
            " gateway = NULL, ip_type = NULL, reservation_id = NULL, update_time = %s WHERE id = %s",
            (utc_now(), nic["id"]),
        )
        sql.execute("UPDATE op_networks SET nics_count = nics_count - 1 WHERE id = %s", (nic["network_id"],))
    return len(nics)


def remove(sql: DictCursor, vm_id: int) -> None:
    """The VM loses every NIC that it has; what was still reserved for it is released first."""
    release(sql, vm_id)
    now = utc_now()
    sql.execute(
        "UPDATE nics SET state = 'Deallocating', update_time = %s, removed = %s WHERE instance_id = %s AND removed IS NULL",
        (now, now, vm_id),
    )


def _live_nics(sql: DictCursor, vm_id: int, state: str) -> list[Row]:
    return all_rows(
        sql,
        "SELECT id, network_id, ip4_address FROM nics WHERE instance_id = %s AND state = %s AND removed IS NULL ORDER BY id",
        vm_id,
        state,
    )


def _free_address(sql: DictCursor, network: Row) -> str:
    taken = {
        row["ip4_address"]
        for row in all_rows(
            sql,
            "SELECT ip4_address FROM nics WHERE network_id = %s AND removed IS NULL AND ip4_address IS NOT NULL",
            network["id"],
        )
    }
    taken.add(network["gateway"])
    for address in ipaddress.ip_network(network["cidr"]).hosts():
        if str(address) not in taken:
            return str(address)
    raise LookupError(f"network {network['name']} has no free address left in {network['cidr']}")
