"""The commands on networks and NICs."""

from __future__ import annotations

from pymysql.cursors import DictCursor

from ..database import Row, all_rows
from .request import Answer, Request, without_empty

_NICS = (
    "SELECT i.*, n.uuid AS network_uuid, n.name AS network_name, n.traffic_type, n.guest_type"
    " FROM nics i JOIN networks n ON n.id = i.network_id WHERE i.instance_id = %s AND i.removed IS NULL ORDER BY i.id"
)


def nics_of(sql: DictCursor, vm_id: int) -> list[Answer]:
    return [_described_nic(row) for row in all_rows(sql, _NICS, vm_id)]


def list_nics(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        vm = request.entity(sql, "virtualmachineid", "vm_instance")
        return request.page("nic", [{**nic, "virtualmachineid": vm["uuid"]} for nic in nics_of(sql, vm["id"])])


def list_networks(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        wanted = request.optional_id(sql, "id", "networks")
        rows = all_rows(
            sql,
            "SELECT n.*, z.uuid AS zone_uuid, z.name AS zone_name, a.account_name, d.uuid AS domain_uuid"
            " FROM networks n JOIN data_center z ON z.id = n.data_center_id JOIN account a ON a.id = n.account_id"
            " JOIN domain d ON d.id = n.domain_id WHERE n.removed IS NULL ORDER BY n.id",
        )
    return request.page("network", [_described_network(row) for row in rows if wanted in (None, row["id"])])


def _described_nic(row: Row) -> Answer:
    return without_empty(
        {
            "id": row["uuid"],
            "networkid": row["network_uuid"],
            "networkname": row["network_name"],
            "macaddress": row["mac_address"],
            "ipaddress": row["ip4_address"],
            "netmask": row["netmask"],
            "gateway": row["gateway"],
            "isdefault": bool(row["default_nic"]),
            "deviceid": str(row["device_id"]),
            "traffictype": row["traffic_type"],
            "type": row["guest_type"],
        }
    )


def _described_network(row: Row) -> Answer:
    return without_empty(
        {
            "id": row["uuid"],
            "name": row["name"],
            "displaytext": row["display_text"],
            "type": row["guest_type"],
            "traffictype": row["traffic_type"],
            "broadcasturi": row["broadcast_uri"],
            "state": row["state"],
            "cidr": row["cidr"],
            "gateway": row["gateway"],
            "zoneid": row["zone_uuid"],
            "zonename": row["zone_name"],
            "account": row["account_name"],
            "domainid": row["domain_uuid"],
            "restartrequired": bool(row["restart_required"]),
        }
    )
