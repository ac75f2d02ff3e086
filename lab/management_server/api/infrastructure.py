"""The commands on what the cloud runs on: hosts, management servers, global settings."""

from __future__ import annotations

import datetime

from ..database import Row, all_rows
from .request import Answer, Request, without_empty, written

_HOSTS = (
    "SELECT h.*, c.uuid AS cluster_uuid, c.name AS cluster_name, p.uuid AS pod_uuid, p.name AS pod_name,"
    " z.uuid AS zone_uuid, z.name AS zone_name, ha.enabled AS ha_enabled, ha.ha_state, ha.provider"
    " FROM host h JOIN data_center z ON z.id = h.data_center_id LEFT JOIN cluster c ON c.id = h.cluster_id"
    " LEFT JOIN host_pod_ref p ON p.id = h.pod_id"
    " LEFT JOIN ha_config ha ON ha.resource_id = h.id AND ha.resource_type = 'Host' WHERE h.removed IS NULL ORDER BY h.id"
)


def list_hosts(request: Request) -> Answer:
    wanted = {
        "uuid": request.text("id"),
        "name": request.text("name"),
        "type": request.text("type"),
        "status": request.text("state"),
        "resource_state": request.text("resourcestate"),
        "hypervisor_type": request.text("hypervisor"),
    }
    with request.cloud.database.transaction() as sql:
        rows = all_rows(sql, _HOSTS)
    chosen = [row for row in rows if all(value in (None, row[column]) for column, value in wanted.items())]
    return request.page("host", [_described_host(row) for row in chosen])


def list_management_servers(request: Request) -> Answer:
    with request.cloud.database.transaction() as sql:
        rows = all_rows(sql, "SELECT * FROM mshost WHERE removed IS NULL ORDER BY id")
    return request.page(
        "managementserver",
        [
            {"id": row["uuid"], "name": row["name"], "state": row["state"], "version": row["version"],
             "serviceip": row["service_ip"]}
            for row in rows
        ],
    )


def list_configurations(request: Request) -> Answer:
    name = request.text("name")
    with request.cloud.database.transaction() as sql:
        rows = all_rows(sql, "SELECT * FROM configuration ORDER BY name")
    return request.page(
        "configuration",
        [
            without_empty(
                {"category": row["category"], "name": row["name"], "value": row["value"] or row["default_value"],
                 "description": row["description"], "isdynamic": bool(row["is_dynamic"])}
            )
            for row in rows
            if name in (None, row["name"])
        ],
    )


def _described_host(row: Row) -> Answer:
    # CloudStack hands units of 1.024 s to a date that counts milliseconds: the answer is a day in January 1970.
    last_pinged = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=row["last_ping"])
    return without_empty(
        {
            "id": row["uuid"],
            "name": row["name"],
            "state": row["status"],
            "resourcestate": row["resource_state"],
            "type": row["type"],
            "ipaddress": row["private_ip_address"],
            "zoneid": row["zone_uuid"],
            "zonename": row["zone_name"],
            "podid": row["pod_uuid"],
            "podname": row["pod_name"],
            "clusterid": row["cluster_uuid"],
            "clustername": row["cluster_name"],
            "hypervisor": row["hypervisor_type"],
            "version": row["version"],
            "lastpinged": written(last_pinged),
            "managementserverid": row["mgmt_server_id"],
            "created": written(row["created"]),
            "hostha": without_empty(
                {
                    "haenable": bool(row["ha_enabled"]),
                    "hastate": row["ha_state"] or "Disabled",
                    "haprovider": row["provider"],
                }
            ),
        }
    )
