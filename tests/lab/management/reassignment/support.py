"""Words for moves, and what a VM and its volumes are before and after one."""

from __future__ import annotations

from typing import Any

from ..cloud_case import CloudCase


class MoveCase(CloudCase):
    def assign(self, vm_id: int, account: str, **more: str) -> dict[str, Any]:
        return self.api.assignVirtualMachine(
            virtualmachineid=self.vm(vm_id)["uuid"], account=account, domainid=self.accounts[account].domain_uuid, **more)

    def assert_refused(self, vm_id: int, account: str, code: int, cause: str, **more: str) -> None:
        """The API names only the VM; the cause is in the log, and an event says that the move failed."""
        before = self.everything_of(vm_id)
        failures = self.moves_of(vm_id, "ERROR")
        error = self.error_of(lambda: self.assign(vm_id, account, **more))
        self.assertEqual((error["errorcode"], error["errortext"]), (code, f"Failed to move Instance due to [{vm_id}]."))
        self.assertIn(cause, self.log("move-failed", f"vm={self.vm(vm_id)['instance_name']}")[-1])
        self.assertEqual(self.moves_of(vm_id, "ERROR"), failures + 1)
        self.assertEqual(self.everything_of(vm_id), before)

    def everything_of(self, vm_id: int) -> tuple[Any, ...]:
        """What a move changes, but for what is counted for the accounts."""
        return (
            self.rows("SELECT account_id, domain_id, state, update_count FROM vm_instance WHERE id = %s", vm_id),
            self.rows("SELECT id, account_id, domain_id FROM volumes WHERE instance_id = %s ORDER BY id", vm_id),
            self.rows("SELECT id, network_id, mac_address, ip4_address, state, removed FROM nics WHERE instance_id = %s"
                      " ORDER BY id", vm_id),
            self.rows("SELECT type, account_id FROM usage_event WHERE resource_id = %s ORDER BY id", vm_id),
            self.rows("SELECT name FROM networks WHERE removed IS NULL ORDER BY id"),
        )

    def owner_of(self, vm_id: int) -> str:
        return str(self.value("SELECT account_name FROM account a JOIN vm_instance v ON v.account_id = a.id"
                              " AND v.domain_id = a.domain_id WHERE v.id = %s", vm_id))

    def moves_of(self, vm_id: int, level: str) -> int:
        return int(self.value("SELECT COUNT(*) FROM event WHERE type = 'VM.MOVE' AND resource_id = %s AND level = %s", vm_id, level))

    def counted(self, account: str, kind: str) -> int:
        return int(self.value("SELECT count FROM resource_count WHERE account_id = %s AND type = %s",
                              self.accounts[account].id, kind))
