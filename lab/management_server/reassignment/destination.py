"""The networks that a moved VM gets: those that were named; or the shared network that it has, if the new owner may use
it; or the new owner's isolated network, which is made where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pymysql.cursors import DictCursor

from .. import networks, sequences
from ..cloud import Cloud
from ..database import Row, all_rows, one_row
from ..networks import NetworkSpec, Owner
from .request import InvalidParameter, Move, PermissionDenied, Unable

_NEW_NETWORK_CIDR = "10.1.1.0/24"  # CloudStack's guest.cidr, for every isolated network


@dataclass(frozen=True)
class Interface:
    """A NIC that the VM is to have; `address` where it keeps the one that it has."""

    network: Row
    address: str | None = None


def check_security_groups(move: Move) -> None:
    if move.request.security_groups:
        raise InvalidParameter("Cannot move VM with security groups; security group feature is not enabled in this zone.")


def applicable(sql: DictCursor, move: Move) -> list[Interface]:
    """What was named, or what the VM may keep. Raises PermissionDenied for what is not the new owner's to use."""
    if move.request.networks:
        return [_named(sql, move, network) for network in move.request.networks]
    kept = one_row(
        sql,
        "SELECT n.*, i.ip4_address AS address_kept FROM nics i JOIN networks n ON n.id = i.network_id"
        " WHERE i.instance_id = %s AND i.default_nic = 1 AND i.removed IS NULL LIMIT 1",
        move.vm["id"],
    )
    if kept is None or kept["acl_type"] != "Domain" or kept["guest_type"] not in ("Shared", "L2"):
        return []
    try:
        _check_permission(sql, move.new_account, kept)
    except PermissionDenied:
        return []
    return [Interface(kept, kept["address_kept"])]


def isolated_networks(sql: DictCursor, move: Move) -> list[Row]:
    """The new owner's, in the VM's zone."""
    return all_rows(
        sql,
        "SELECT n.* FROM networks n JOIN account_network_ref r ON r.network_id = n.id WHERE r.account_id = %s"
        " AND n.data_center_id = %s AND n.guest_type = 'Isolated' AND n.removed IS NULL ORDER BY n.id",
        move.new_account["id"],
        move.vm["data_center_id"],
    )


def choose_isolated(sql: DictCursor, move: Move) -> list[Interface]:
    """The one that there must be. Raises InvalidParameter where there are several."""
    found = isolated_networks(sql, move)
    name = move.new_account["account_name"]
    if not found:
        raise Unable(f"Could not find an applicable network to create virtual machine for account [{name}].")
    if len(found) > 1:
        raise InvalidParameter(
            f"More than one default isolated network has been found for account [{name}]; please specify networkIDs."
        )
    return [Interface(found[0])]


def create(cloud: Cloud, sql: DictCursor, account: Row, zone_id: int) -> int:
    """Makes `<account>-network`, with an id of the sequence. Returns its id."""
    offering = one_row(
        sql, "SELECT id, state FROM network_offerings WHERE availability = 'Required' AND system_only = 0"
        " AND removed IS NULL ORDER BY id LIMIT 1",
    )
    if offering is None:
        raise InvalidParameter("Unable to find network offering with availability [Required] to automatically create the"
                               " network as a part of VM creation.")
    if offering["state"] != "Enabled":
        raise InvalidParameter(f"Required network offering ID [{offering['id']}] is not in [Enabled] state.")
    spec = NetworkSpec(f"{account['account_name']}-network", _NEW_NETWORK_CIDR, state="Allocated")
    owner = Owner(account["id"], account["domain_id"])
    return networks.create(sql, sequences.next_id(cloud, "networks_seq"), spec, owner, zone_id)


def _named(sql: DictCursor, move: Move, network: Row) -> Interface:
    _check_permission(sql, move.new_account, network)
    offering = one_row(sql, "SELECT system_only FROM network_offerings WHERE id = %s", network["network_offering_id"])
    if offering is not None and offering["system_only"]:
        raise InvalidParameter(f"Specified network [{network['name']}] is system only and cannot be used for VM deployment.")
    if network["guest_type"] == "Shared" and network["acl_type"] == "Domain":
        nic = one_row(
            sql, "SELECT ip4_address FROM nics WHERE network_id = %s AND instance_id = %s AND removed IS NULL LIMIT 1",
            network["id"], move.vm["id"],
        )
        return Interface(network, nic["ip4_address"] if nic else None)
    return Interface(network)


def _check_permission(sql: DictCursor, account: Row, network: Row) -> None:
    if network["guest_type"] not in ("Shared", "L2") or network["acl_type"] == "Account":
        if one_row(sql, "SELECT id FROM account_network_ref WHERE account_id = %s AND network_id = %s LIMIT 1",
                   account["id"], network["id"]) is None:
            raise PermissionDenied(f"Unable to use network with id= {network['uuid']}, permission denied")
    elif network["id"] not in _of_domain(sql, account):
        raise PermissionDenied(
            f"Shared network id={network['uuid']} is not available in domain id={account['domain_id']}"
        )


def _of_domain(sql: DictCursor, account: Row) -> Sequence[int]:
    """The networks that the account's domain may use: its own, and those of the domains above that let theirs in."""
    rows = all_rows(
        sql,
        "SELECT r.network_id FROM domain_network_ref r JOIN domain d ON d.id = r.domain_id JOIN domain own ON own.id = %s"
        " WHERE d.id = own.id OR (r.subdomain_access = 1 AND own.path LIKE CONCAT(d.path, '%%'))",
        account["domain_id"],
    )
    return [row["network_id"] for row in rows]
