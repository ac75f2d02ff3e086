"""The commands on networks and NICs."""

from __future__ import annotations

from pymysql.cursors import DictCursor

from ..database import Row, all_rows
from .request import Answer, Request, without_empty

_NICS = (
    "SELECT i.*, n.uuid AS network_uuid, n.name AS network_name, n.traffic_type, n.guest_type"
    " FROM nics i JOIN networks n ON n.id = i.network_id WHERE i.instance_id = %s AND i.removed IS NULL ORDER BY i.id"
)

_NETWORKS = (
    "SELECT n.*, z.uuid AS zone_uuid, z.name AS zone_name, a.account_name, d.uuid AS domain_uuid, d.name AS domain_name,"
    " r.subdomain_access FROM networks n JOIN data_center z ON z.id = n.data_center_id JOIN account a ON a.id = n.account_id"
    " JOIN domain d ON d.id = n.domain_id LEFT JOIN domain_network_ref r ON r.network_id = n.id WHERE n.removed IS NULL"
)


def nics_of(sql: DictCursor, vm_id: int) -> list[Answer]:
    return [_described_nic(row) for row in all_rows(sql, _NICS, vm_id)]


def list_nics(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        vm = request.entity(sql, "virtualmachineid", "vm_instance")
        return request.page("nic", [{**nic, "virtualmachineid": vm["uuid"]} for nic in nics_of(sql, vm["id"])])


def list_networks(request: Request) -> Answer:
    query, values = _NETWORKS, []
    with request.cloud.database.transaction() as sql:
        owner = request.owner_ids(sql)
        for condition, value in (
            (" AND n.id = %s", request.optional_id(sql, "id", "networks")),
            (" AND n.account_id = %s", owner.account),
            (" AND n.domain_id = %s", owner.domain),
            (" AND n.data_center_id = %s", request.optional_id(sql, "zoneid", "data_center")),
            (" AND n.guest_type = %s", request.text("type")),
            (" AND n.acl_type = %s", request.text("acltype")),
            (" AND n.name LIKE %s", f"%{request.text('keyword')}%" if request.text("keyword") else None),
        ):
            if value:
                query, values = query + condition, [*values, value]
        rows = all_rows(sql, query + " ORDER BY n.id", *values)
    return request.page("network", [_described_network(row) for row in rows])


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
            "domain": row["domain_name"],
            "acltype": row["acl_type"],
            "subdomainaccess": bool(row["subdomain_access"]) if row["subdomain_access"] is not None else None,
            "restartrequired": bool(row["restart_required"]),
        }
    )
