"""Who shares the cloud: domains below ROOT, their accounts and networks, and what everybody is counted for.

                 ROOT        admin, whose the VMs are at the beginning
               /      \\
           north      south
          /    \\
        dev    ops
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from pymysql.cursors import DictCursor

from . import networks, resource_counts
from .clock import utc_now
from .database import insert
from .networks import NetworkSpec, Owner

ROOT_DOMAIN_ID = 1
SYSTEM_ACCOUNT_ID = 1
_NORMAL_ACCOUNT, _NORMAL_ROLE = 0, 4


@dataclass(frozen=True)
class DomainSpec:
    path: str  # "north/dev" is the domain dev below north


@dataclass(frozen=True)
class AccountSpec:
    name: str
    domain: str  # a DomainSpec's path
    state: str = "enabled"
    networks: Sequence[NetworkSpec] = ()


@dataclass(frozen=True)
class SharedNetworkSpec:
    """One that every account of the domain, and of the domains below it, may use. The empty path is ROOT."""

    network: NetworkSpec
    domain: str = ""


@dataclass(frozen=True)
class AccountRow:
    id: int
    name: str
    domain: str  # "" is ROOT
    domain_uuid: str
    state: str
    networks: Sequence[str]


def _isolated(name: str, cidr: str) -> NetworkSpec:
    return NetworkSpec(name, cidr, state="Allocated")


DOMAINS = tuple(DomainSpec(path) for path in ("north", "south", "north/dev", "north/ops"))

ACCOUNTS = (
    AccountSpec("alice", "north", networks=(_isolated("alice-net", "10.2.1.0/24"),)),
    AccountSpec("bob", "south", networks=(_isolated("bob-net", "10.2.2.0/24"),)),
    AccountSpec("carol", "north/dev", networks=(_isolated("carol-net", "10.2.3.0/24"),)),
    AccountSpec("gina", "north/ops", networks=(_isolated("gina-net", "10.2.4.0/24"),)),
    AccountSpec("dave", "north"),
    AccountSpec("erin", "south", state="disabled", networks=(_isolated("erin-net", "10.2.5.0/24"),)),
    AccountSpec("frank", "south", state="locked", networks=(_isolated("frank-net", "10.2.6.0/24"),)),
)

SHARED_NETWORKS = (
    SharedNetworkSpec(NetworkSpec("shared-all", "10.3.1.0/24", "Shared", "Domain")),
    SharedNetworkSpec(NetworkSpec("shared-north", "10.3.2.0/24", "Shared", "Domain"), "north"),
)


@dataclass(frozen=True)
class Tenants:
    domains: Sequence[DomainSpec] = DOMAINS
    accounts: Sequence[AccountSpec] = ACCOUNTS
    shared_networks: Sequence[SharedNetworkSpec] = SHARED_NETWORKS


@dataclass(frozen=True)
class _Domain:
    id: int
    uuid: str


def create(sql: DictCursor, tenants: Tenants, root_uuid: str, first_network_id: int, zone_id: int) -> list[AccountRow]:
    """Returns the accounts in their order. Network ids count up from `first_network_id`."""
    domains = {"": _Domain(ROOT_DOMAIN_ID, root_uuid)}
    for spec in tenants.domains:
        domains[spec.path] = _create_domain(sql, spec, domains)
    network_id = first_network_id
    rows = []
    for account in tenants.accounts:
        domain = domains[account.domain]
        account_id = _create_account(sql, account, domain.id)
        for network in account.networks:
            networks.create(sql, network_id, network, Owner(account_id, domain.id), zone_id)
            network_id += 1
        names = [network.name for network in account.networks]
        rows.append(AccountRow(account_id, account.name, account.domain, domain.uuid, account.state, names))
    for shared in tenants.shared_networks:
        networks.create(sql, network_id, shared.network, Owner(SYSTEM_ACCOUNT_ID, domains[shared.domain].id), zone_id)
        network_id += 1
    return rows


def _create_domain(sql: DictCursor, spec: DomainSpec, domains: dict[str, _Domain]) -> _Domain:
    above, _, name = spec.path.rpartition("/")
    domain_uuid = str(uuid.uuid4())
    domain_id = insert(
        sql, "domain", parent=domains[above].id, name=name, uuid=domain_uuid, owner=2, path=f"/{spec.path}/",
        level=spec.path.count("/") + 1,
    )
    sql.execute(
        "UPDATE domain SET child_count = child_count + 1, next_child_seq = next_child_seq + 1 WHERE id = %s",
        (domains[above].id,),
    )
    resource_counts.begin_domain(sql, domain_id)
    return _Domain(domain_id, domain_uuid)


def _create_account(sql: DictCursor, spec: AccountSpec, domain_id: int) -> int:
    now = utc_now()
    account_id = insert(
        sql, "account", account_name=spec.name, uuid=str(uuid.uuid4()), type=_NORMAL_ACCOUNT, role_id=_NORMAL_ROLE,
        domain_id=domain_id, state=spec.state, created=now,
    )
    insert(
        sql, "user", uuid=str(uuid.uuid4()), username=spec.name, password="", account_id=account_id,
        firstname=spec.name, lastname="tenant", state=spec.state, created=now,
    )
    resource_counts.begin_account(sql, account_id)
    return account_id
