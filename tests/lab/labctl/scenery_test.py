"""What `labctl make` makes is in a move's way, or is not, until it is taken away by what was printed."""

import unittest
from collections.abc import Callable

from management.reassignment.support import MoveCase
from warden_lab import make_commands, scenery
from warden_lab.failure import LabError


class Scenery(MoveCase):
    VMS = 10

    def setUp(self) -> None:
        administrator = self.server.administrator
        self.status = {
            "database": {"host": "127.0.0.1", "port": self.server.port, "user": administrator.user,
                         "password": administrator.password},
            "vms": [{"name": f"i-2-{vm}-VM"} for vm in range(41, 41 + self.VMS)],
            "accounts": [{"name": name} for name in self.accounts],
        }

    def test_what_is_in_a_moves_way(self) -> None:
        for number, (make, code, cause) in enumerate((
            (lambda vm: scenery.port_forwarding(self.status, vm, 22), 431, "Port Forwarding"),
            (lambda vm: scenery.load_balancer(self.status, vm, 80), 431, "Load Balancing"),
            (lambda vm: scenery.static_nat(self.status, vm), 431, "One to One Nat"),
            (lambda vm: scenery.snapshot(self.status, vm), 431, "Snapshots exist"),
            (lambda vm: scenery.private_template(self.status, vm), 530, "access to the template"),
            (lambda _: scenery.account_state(self.status, "alice", "disabled"), 431, "is disabled"),
            (lambda _: scenery.account_state(self.status, "alice", "locked"), 530, "is disabled"),
            (lambda _: scenery.network(self.status, "alice", f"more-{number}"), 431, "More than one"),
            (lambda _: scenery.limit(self.status, "alice", "user_vm", self.counted("alice", "user_vm")), 530, "Maximum amount"),
        )):
            with self.subTest(cause):
                self._holds_until_taken_away(41 + number, make, code, cause)

    def test_what_a_move_takes_along_or_does_not_look_at(self) -> None:
        scenery.volume(self.status, "i-2-50-VM")
        scenery.snapshot(self.status, "i-2-50-VM", "Error")
        scenery.vm_snapshot(self.status, "i-2-50-VM")
        before = self.counted("carol", "volume")
        self.assign(50, "carol")
        self.assertEqual(self.rows("SELECT name, account_id FROM volumes WHERE instance_id = 50 ORDER BY id"), [
            {"name": name, "account_id": self.accounts["carol"].id} for name in ("ROOT-50", "DATA-50-1")])
        self.assertEqual(self.counted("carol", "volume"), before + 2)

    def test_who_is_not_there_is_answered_with_the_list(self) -> None:
        with self.assertRaisesRegex(LabError, "no account nobody; it has admin, alice, "):
            scenery.account_state(self.status, "nobody", "locked")

    def test_every_deed_has_a_name_of_its_own(self) -> None:
        names = [deed.name for deed in make_commands.ALL]
        self.assertEqual(len(names), len(set(names)))

    def _holds_until_taken_away(self, vm: int, make: Callable[[str], str], code: int, cause: str) -> None:
        _, _, take_away = make(f"i-2-{vm}-VM").partition("; to take it away: ")
        self.assert_refused(vm, "alice", code, cause)
        self.rows(take_away)
        self.assign(vm, "alice")


if __name__ == "__main__":
    unittest.main()
