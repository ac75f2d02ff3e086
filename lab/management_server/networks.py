"""Networks as CloudStack keeps them: one row each in networks, account_network_ref and op_networks, and one in
domain_network_ref where a whole domain may use it."""

from __future__ import annotations

import ipaddress
import uuid
from dataclasses import dataclass

from pymysql.cursors import DictCursor

from .clock import utc_now
from .database import insert

OFFERING_ID = 1


@dataclass(frozen=True)
class NetworkSpec:
    name: str
    cidr: str
    guest_type: str = "Isolated"
    acl_type: str = "Account"  # Domain: every account of its domain, and of the domains below, may use it
    state: str = "Implemented"


@dataclass(frozen=True)
class Owner:
    account_id: int
    domain_id: int


def create(sql: DictCursor, network_id: int, spec: NetworkSpec, owner: Owner, zone_id: int) -> int:
    subnet = ipaddress.ip_network(spec.cidr)
    is_shared = spec.guest_type == "Shared"
    insert(
        sql, "networks", id=network_id, name=spec.name, uuid=str(uuid.uuid4()), display_text=spec.name,
        traffic_type="Guest", broadcast_domain_type="Vlan",
        broadcast_uri=f"vlan://{network_id}" if spec.state == "Implemented" else None,
        gateway=str(subnet.network_address + 1), cidr=spec.cidr, mode="Dhcp", network_offering_id=OFFERING_ID,
        physical_network_id=200, data_center_id=zone_id,
        guru_name="DirectNetworkGuru" if is_shared else "ExternalGuestNetworkGuru", state=spec.state,
        related=network_id, domain_id=owner.domain_id, account_id=owner.account_id, acl_type=spec.acl_type,
        guest_type=spec.guest_type, created=utc_now(),
    )
    insert(sql, "account_network_ref", account_id=owner.account_id, network_id=network_id, is_owner=1)
    if spec.acl_type == "Domain":
        insert(sql, "domain_network_ref", domain_id=owner.domain_id, network_id=network_id, subdomain_access=1)
    insert(sql, "op_networks", id=network_id)
    return network_id


def offer(sql: DictCursor) -> None:
    """The offering that CloudStack makes a network from where an account has none and needs one."""
    insert(
        sql, "network_offerings", id=OFFERING_ID, name="isolated", uuid=str(uuid.uuid4()), unique_name="isolated",
        display_text="Isolated network with source NAT", traffic_type="Guest", created=utc_now(), availability="Required",
        state="Enabled", guest_type="Isolated",
    )


def implement(sql: DictCursor, network_id: int) -> None:
    """The first VM that starts in a network gives it its VLAN."""
    sql.execute(
        "UPDATE networks SET state = 'Implemented', broadcast_uri = COALESCE(broadcast_uri, CONCAT('vlan://', id))"
        " WHERE id = %s AND state IN ('Allocated', 'Shutdown')",
        (network_id,),
    )


def delete(sql: DictCursor, network_id: int) -> None:
    """op_networks keeps its row, as for every network that was removed."""
    sql.execute("UPDATE networks SET state = 'Destroy', removed = %s WHERE id = %s", (utc_now(), network_id))
