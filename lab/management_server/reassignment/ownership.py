"""Whose the VM and its volumes are, and who is counted and billed for them."""

from __future__ import annotations

from pymysql.cursors import DictCursor

from .. import events, resource_counts
from ..database import Row
from .request import Move


def leave_group(sql: DictCursor, vm: Row) -> None:
    sql.execute("DELETE FROM instance_group_vm_map WHERE instance_id = %s", (vm["id"],))


def take_from_old(sql: DictCursor, move: Move) -> None:
    events.usage(sql, "VM.DESTROY", move.vm)
    resource_counts.add(sql, move.old_account["id"], resource_counts.of_vm(move.offering), -1)


def change(sql: DictCursor, move: Move) -> None:
    """The VM's owner, then each volume's. Neither update_count nor update_time changes: the state is the same."""
    new = move.new_account
    sql.execute(
        "UPDATE vm_instance SET account_id = %s, domain_id = %s WHERE id = %s",
        (new["id"], new["domain_id"], move.vm["id"]),
    )
    for volume in move.volumes:
        amounts = resource_counts.of_volume(volume)
        events.volume_usage(sql, "VOLUME.DELETE", volume)
        resource_counts.add(sql, move.old_account["id"], amounts, -1)
        sql.execute(
            "UPDATE volumes SET account_id = %s, domain_id = %s WHERE id = %s", (new["id"], new["domain_id"], volume["id"])
        )
        resource_counts.add(sql, new["id"], amounts)
        events.volume_usage(sql, "VOLUME.CREATE", {**volume, "account_id": new["id"]})


def give_to_new(sql: DictCursor, move: Move) -> None:
    resource_counts.add(sql, move.new_account["id"], resource_counts.of_vm(move.offering))
    events.usage(sql, "VM.CREATE", {**move.vm, "account_id": move.new_account["id"]})
