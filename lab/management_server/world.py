"""The cloud that the lab starts with: creates CloudStack's tables and fills them for a given set of hosts and VMs."""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from pymysql.connections import Connection
from pymysql.cursors import DictCursor

from . import capacity, configuration, networks, nics, resource_counts, schemas, tenants
from .clock import in_units, utc_now
from .database import insert, one_row
from .networks import NetworkSpec, Owner
from .tenants import ROOT_DOMAIN_ID, SYSTEM_ACCOUNT_ID, AccountRow, Tenants

ZONE_ID = 1
POD_ID = 1
CLUSTER_ID = 1
ADMIN_ACCOUNT_ID = 2  # the 2 of i-2-41-VM
ADMIN_USER_ID = 2
OFFERING_ID = 1
TEMPLATE_ID = 200
FIRST_VM_ID = 41
FIRST_NETWORK_ID = 200
MANAGEMENT_SERVER_ID = 345052807  # mshost.msid; CloudStack makes it from a MAC address

GUEST_CPUS = 1
GUEST_SPEED_MHZ = 500
GUEST_RAM_MIB = 16
ROOT_VOLUME_BYTES = 1 << 20
HOST_CPUS = 8
HOST_SPEED_MHZ = 2000
HOST_RAM_MIB = 16384

_AMOUNTS_OF_A_VM = {
    "user_vm": 1, "cpu": GUEST_CPUS, "memory": GUEST_RAM_MIB, "volume": 1, "primary_storage": ROOT_VOLUME_BYTES,
}


@dataclass(frozen=True)
class HostSpec:
    name: str
    private_ip: str


@dataclass(frozen=True)
class VmSpec:
    host_index: int  # into World.hosts
    ha: bool = False
    network_index: int = 0  # into World.networks


@dataclass(frozen=True)
class World:
    hosts: Sequence[HostSpec]
    vms: Sequence[VmSpec]
    api_key: str
    secret_key: str = field(repr=False)
    zone: str = "zone-1"
    pod: str = "pod-1"
    cluster: str = "cluster-1"
    networks: Sequence[NetworkSpec] = (NetworkSpec("network-1", "10.1.1.0/24"),)
    tenants: Tenants = Tenants()
    ping_interval_seconds: int = 2
    schema: str = schemas.DEFAULT

    @property
    def version(self) -> str:
        return schemas.SCHEMAS[self.schema].version


@dataclass(frozen=True)
class VmRow:
    id: int
    uuid: str
    instance_name: str
    host_id: int


@dataclass(frozen=True)
class Inhabitants:
    vms: Sequence[VmRow]
    accounts: Sequence[AccountRow]


def create(connection: Connection, world: World) -> Inhabitants:
    """Creates the tables in the connected, empty schema, fills them, commits, and returns the VMs, all of them Running
    and the first account's (admin), and the accounts."""
    with connection.cursor(DictCursor) as sql:
        sql.execute("SET time_zone = '+00:00'")
        for statement in schemas.SCHEMAS[world.schema].statements():
            sql.execute(statement)
        insert(sql, "version", version=world.version, updated=utc_now(), step="Complete")
        configuration.fill(sql, world.ping_interval_seconds)
        root_uuid = _owners(sql, world)
        _places(sql, world)
        host_ids = [_host(sql, host, world.version) for host in world.hosts]
        _offerings(sql)
        network_ids = [
            networks.create(sql, FIRST_NETWORK_ID + i, network, Owner(ADMIN_ACCOUNT_ID, ROOT_DOMAIN_ID), ZONE_ID)
            for i, network in enumerate(world.networks)
        ]
        next_network_id = FIRST_NETWORK_ID + len(network_ids)
        names = [network.name for network in world.networks]
        admin = AccountRow(ADMIN_ACCOUNT_ID, "admin", "", root_uuid, "enabled", names)
        accounts = [admin, *tenants.create(sql, world.tenants, root_uuid, next_network_id, ZONE_ID)]
        vms = [
            _virtual_machine(sql, FIRST_VM_ID + i, spec, host_ids[spec.host_index], network_ids[spec.network_index])
            for i, spec in enumerate(world.vms)
        ]
        _sequences(sql)
    connection.commit()
    return Inhabitants(vms, accounts)


def _owners(sql: DictCursor, world: World) -> str:
    """ROOT with its two administrators. Returns ROOT's uuid."""
    domain_uuid = str(uuid.uuid4())
    insert(sql, "domain", id=ROOT_DOMAIN_ID, name="ROOT", uuid=domain_uuid, owner=ADMIN_ACCOUNT_ID, path="/")
    for account_id, name in ((SYSTEM_ACCOUNT_ID, "system"), (ADMIN_ACCOUNT_ID, "admin")):
        insert(
            sql, "account", id=account_id, account_name=name, uuid=str(uuid.uuid4()), type=1, role_id=1,
            domain_id=ROOT_DOMAIN_ID, state="enabled", created=utc_now(), default=1,
        )
        insert(
            sql, "user", id=account_id, uuid=str(uuid.uuid4()), username=name, password="", account_id=account_id,
            firstname=name, lastname="cloud", state="enabled", created=utc_now(), default=1,
        )
    sql.execute(
        "UPDATE user SET api_key = %s, secret_key = %s WHERE id = %s",
        (world.api_key, world.secret_key, ADMIN_USER_ID),
    )
    resource_counts.begin_domain(sql, ROOT_DOMAIN_ID)
    resource_counts.begin_account(sql, ADMIN_ACCOUNT_ID)
    return domain_uuid


def _places(sql: DictCursor, world: World) -> None:
    management = ipaddress.ip_network(f"{world.hosts[0].private_ip}/24", strict=False)
    insert(
        sql, "data_center", id=ZONE_ID, name=world.zone, uuid=str(uuid.uuid4()), dns1="127.0.0.1",
        internal_dns1="127.0.0.1", networktype="Advanced",
    )
    insert(
        sql, "host_pod_ref", id=POD_ID, name=world.pod, uuid=str(uuid.uuid4()), data_center_id=ZONE_ID,
        gateway=str(management.network_address + 1), cidr_address=str(management.network_address), cidr_size=24,
    )
    insert(
        sql, "cluster", id=CLUSTER_ID, name=world.cluster, uuid=str(uuid.uuid4()), pod_id=POD_ID,
        data_center_id=ZONE_ID, hypervisor_type="KVM",
    )
    insert(
        sql, "mshost", msid=MANAGEMENT_SERVER_ID, name="management-1", uuid=str(uuid.uuid4()), state="Down",
        version=world.version, service_ip="127.0.0.1", service_port=9090, last_update=utc_now(),
    )


def _host(sql: DictCursor, spec: HostSpec, version: str) -> int:
    now = utc_now()
    host_id = insert(
        sql, "host", name=spec.name, uuid=str(uuid.uuid4()), status="Up", type="Routing",
        private_ip_address=spec.private_ip, storage_ip_address=spec.private_ip, public_ip_address=spec.private_ip,
        cluster_id=CLUSTER_ID, pod_id=POD_ID, data_center_id=ZONE_ID, cpus=HOST_CPUS, speed=HOST_SPEED_MHZ,
        ram=HOST_RAM_MIB << 20, hypervisor_type="KVM", version=version, capabilities="hvm,snapshot",
        guid=f"{uuid.uuid4()}-LibvirtComputingResource", setup=1, last_ping=in_units(now), created=now,
        mgmt_server_id=MANAGEMENT_SERVER_ID, resource="com.cloud.hypervisor.kvm.resource.LibvirtComputingResource",
    )
    insert(sql, "host_details", host_id=host_id, name="secured", value="false")
    insert(sql, "ha_config", resource_id=host_id, resource_type="Host", enabled=0, update_time=now)
    for capacity_type, total in ((0, HOST_RAM_MIB << 20), (1, HOST_CPUS * HOST_SPEED_MHZ)):
        insert(
            sql, "op_host_capacity", host_id=host_id, data_center_id=ZONE_ID, pod_id=POD_ID, cluster_id=CLUSTER_ID,
            used_capacity=0, reserved_capacity=0, total_capacity=total, capacity_type=capacity_type, created=now,
        )
    return host_id


def _offerings(sql: DictCursor) -> None:
    insert(
        sql, "service_offering", id=OFFERING_ID, uuid=str(uuid.uuid4()), name="tiny", display_text="tiny",
        unique_name="tiny", cpu=GUEST_CPUS, speed=GUEST_SPEED_MHZ, ram_size=GUEST_RAM_MIB, disk_offering_id=1,
        created=utc_now(),
    )
    insert(
        sql, "vm_template", id=TEMPLATE_ID, unique_name="tiny", name="tiny", uuid=str(uuid.uuid4()), public=1, featured=1,
        type="USER", hvm=1, bits=64, format="QCOW2", created=utc_now(), account_id=ADMIN_ACCOUNT_ID, guest_os_id=1,
        hypervisor_type="KVM", state="Active",
    )
    networks.offer(sql)


def _virtual_machine(sql: DictCursor, vm_id: int, spec: VmSpec, host_id: int, network_id: int) -> VmRow:
    vm = VmRow(vm_id, str(uuid.uuid4()), f"i-{ADMIN_ACCOUNT_ID}-{vm_id}-VM", host_id)
    now = utc_now()
    insert(
        sql, "vm_instance", id=vm_id, name=f"vm-{vm_id}", uuid=vm.uuid, instance_name=vm.instance_name,
        state="Running", vm_template_id=TEMPLATE_ID, guest_os_id=1, pod_id=POD_ID, data_center_id=ZONE_ID, host_id=host_id,
        last_host_id=host_id, vnc_password="", ha_enabled=spec.ha, update_count=2, update_time=now, created=now,
        type="User", vm_type="User", account_id=ADMIN_ACCOUNT_ID, domain_id=ROOT_DOMAIN_ID,
        service_offering_id=OFFERING_ID, hypervisor_type="KVM", display_name=f"vm-{vm_id}", user_id=ADMIN_USER_ID,
        power_state="PowerOn", power_state_update_time=now, power_state_update_count=0, power_host=host_id,
    )
    insert(sql, "user_vm", id=vm_id, display_name=f"vm-{vm_id}")
    insert(
        sql, "volumes", account_id=ADMIN_ACCOUNT_ID, domain_id=ROOT_DOMAIN_ID, pool_id=1, instance_id=vm_id,
        device_id=0, name=f"ROOT-{vm_id}", uuid=str(uuid.uuid4()), size=ROOT_VOLUME_BYTES, path=str(uuid.uuid4()),
        pod_id=POD_ID, data_center_id=ZONE_ID, volume_type="ROOT", disk_offering_id=1, created=now, state="Ready",
    )
    network = one_row(sql, "SELECT * FROM networks WHERE id = %s", network_id)
    assert network is not None
    nics.allocate(sql, vm_id, network, nics.next_mac_address(sql, ZONE_ID, network_id))
    nics.reserve(sql, vm_id)
    capacity.occupy(sql, vm_id, host_id)
    resource_counts.add(sql, ADMIN_ACCOUNT_ID, _AMOUNTS_OF_A_VM)
    return vm


def _sequences(sql: DictCursor) -> None:
    """Each generator stands behind the ids that were handed out."""
    for name, table in (("vm_instance_seq", "vm_instance"), ("networks_seq", "networks"), ("volume_seq", "volumes")):
        sql.execute(
            f"INSERT INTO sequence (name, value) SELECT %s, GREATEST(200, COALESCE(MAX(id), 0) + 1) FROM {table}", (name,)
        )
