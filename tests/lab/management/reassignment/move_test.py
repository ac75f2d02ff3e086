"""Moves through the API, with the real client: what they change, and what is left when they fail in the middle."""

import unittest

from management_server.defects import Defect

from .support import MoveCase

_LOCK_WAIT = "1205, 'Lock wait timeout exceeded; try restarting transaction'"
_NULL = "java.lang.NullPointerException"


class Moves(MoveCase):
    VMS = 12

    def test_into_an_account_with_a_network(self) -> None:
        network = self.network("alice-net")
        sequence = "SELECT mac_address_seq FROM op_networks WHERE id = %s"
        number = self.value(sequence, network["id"])
        self.assertEqual(self.assign(41, "alice")["virtualmachine"]["account"], "alice")
        vm = self.vm(41)
        self.assertEqual(self.owner_of(41), "alice")
        self.assertEqual((vm["state"], vm["instance_name"], vm["update_count"]), ("Stopped", "i-2-41-VM", 3))
        self.assertEqual(self.rows("SELECT DISTINCT account_id FROM volumes WHERE instance_id = 41"),
                         [{"account_id": vm["account_id"]}])
        nic = self.live_nics(41)[0]
        self.assertEqual((nic["network"], nic["state"], nic["ip4_address"], nic["default_nic"]), ("alice-net", "Allocated", None, 1))
        self.assertEqual(nic["mac_address"], f"02:01:00:{network['id']:02x}:00:{number:02x}")
        self.assertEqual(self.value(sequence, network["id"]), number + 1)
        self.assertEqual(self.rows("SELECT state, removed IS NULL AS live FROM nics WHERE instance_id = 41 AND network_id = 200"),
                         [{"state": "Deallocating", "live": 0}])

    def test_leaves_one_event_with_the_caller_and_no_target(self) -> None:
        self.assign(42, "alice")
        event = self.rows("SELECT * FROM event WHERE type = 'VM.MOVE' AND resource_id = 42")
        self.assertEqual(len(event), 1)
        self.assertEqual((event[0]["state"], event[0]["level"], event[0]["user_id"], event[0]["resource_type"]),
                         ("Completed", "INFO", 2, "VirtualMachine"))
        self.assertEqual(event[0]["description"], "Successfully completed move VM to another user")

    def test_counts_and_bills_the_new_owner(self) -> None:
        before = {name: self.counted(name, "user_vm") for name in ("admin", "carol")}
        root = "SELECT count FROM resource_count WHERE domain_id = 1 AND type = 'primary_storage'"
        in_root = self.value(root)
        self.assign(43, "carol")
        self.assertEqual({name: self.counted(name, "user_vm") - before[name] for name in before}, {"admin": -1, "carol": 1})
        self.assertEqual(self.counted("carol", "primary_storage"), 1 << 20)
        self.assertEqual(self.value(root), in_root)
        self.assertEqual(self.value("SELECT c.count FROM resource_count c JOIN domain d ON d.id = c.domain_id"
                                    " WHERE d.path = '/north/dev/' AND c.type = 'volume'"), 1)
        volume = self.value("SELECT id FROM volumes WHERE instance_id = 43")
        usage = self.rows("SELECT u.type, a.account_name AS account FROM usage_event u JOIN account a ON a.id = u.account_id"
                          " WHERE (u.resource_id = 43 AND u.type LIKE 'VM.%%') OR (u.resource_id = %s AND u.type LIKE 'VOLUME.%%')"
                          " ORDER BY u.id", volume)
        self.assertEqual([(row["type"], row["account"]) for row in usage[-4:]],
                         [("VM.DESTROY", "admin"), ("VOLUME.DELETE", "admin"), ("VOLUME.CREATE", "carol"), ("VM.CREATE", "carol")])

    def test_into_an_account_without_a_network_makes_one(self) -> None:
        self.assign(44, "dave")
        network = self.network("dave-network")
        self.assertEqual((network["state"], network["account_id"]), ("Allocated", self.accounts["dave"].id))
        self.assertEqual([nic["network"] for nic in self.live_nics(44)], ["dave-network"])
        self.assign(45, "dave")
        self.assertEqual([nic["network_id"] for nic in self.live_nics(45)], [network["id"]])

    def test_keeps_a_shared_network_and_its_address_where_the_new_owner_may_use_it(self) -> None:
        self.assign(46, "alice", networkids=self.network("shared-all")["uuid"])
        address = self.live_nics(46)[0]["ip4_address"]
        self.assertTrue(address.startswith("10.3.1."))
        self.assign(46, "bob")
        self.assertEqual([(nic["network"], nic["ip4_address"]) for nic in self.live_nics(46)], [("shared-all", address)])

    def test_gives_up_a_shared_network_that_the_new_owner_may_not_use(self) -> None:
        networks = [self.network(name)["uuid"] for name in ("shared-north", "alice-net")]
        self.assign(47, "alice", networkids=",".join(networks))
        self.assertEqual([(nic["network"], nic["default_nic"]) for nic in self.live_nics(47)], [("shared-north", 1), ("alice-net", 0)])
        self.assign(47, "bob")
        self.assertEqual([nic["network"] for nic in self.live_nics(47)], ["bob-net"])

    def test_a_locked_sequence_is_a_lock_wait_timeout_and_changes_nothing(self) -> None:
        network = self.network("gina-net")["id"]
        with self.session() as foreign:
            foreign.execute("SELECT 1 FROM op_networks WHERE id = %s FOR UPDATE", (network,))
            self.assert_refused(48, "gina", 530, _NULL)
        self.assertIn(_LOCK_WAIT, self.log("sequence-failed", "table=op_networks", f"key={network}")[-1])
        self.assertEqual(self.assign(48, "gina")["virtualmachine"]["account"], "gina")

    def test_a_dropped_sequence_is_a_null_sequence_and_changes_nothing(self) -> None:
        network = self.network("bob-net")["id"]
        row = self.rows("SELECT * FROM op_networks WHERE id = %s", network)[0]
        self.rows("DELETE FROM op_networks WHERE id = %s", network)
        self.addCleanup(self.rows, "INSERT INTO op_networks VALUES (%s, %s, %s, %s, %s)", *row.values())
        self.assert_refused(49, "bob", 530, _NULL)
        self.assertEqual(len(self.log("sequence-failed", f"key={network}", "Unable to get a sequence")), 1)

    def test_a_network_that_was_made_goes_again_when_the_move_fails(self) -> None:
        heidi = self._new_account("heidi")
        with self.session() as foreign:
            foreign.execute("SELECT 1 FROM vm_instance WHERE id = 50 FOR UPDATE")
            self.assert_refused(50, "heidi", 530, "Lock wait timeout exceeded")
        made = self.rows("SELECT state, removed IS NULL AS live FROM networks WHERE account_id = %s", heidi)
        self.assertEqual(made, [{"state": "Destroy", "live": 0}])

    def test_with_the_defect_10825_it_waits_for_itself(self) -> None:
        self._new_account("ivan")
        self.cloud.defect = Defect.network_not_committed
        self.addCleanup(setattr, self.cloud, "defect", Defect.none)
        self.assert_refused(51, "ivan", 530, _NULL)

    def test_with_the_defect_10854_what_was_committed_stays(self) -> None:
        network = self.network("frank-net")["id"]
        self.rows("UPDATE account SET state = 'enabled' WHERE account_name = 'frank'")
        self.cloud.defect = Defect.moved_in_two_steps
        self.addCleanup(setattr, self.cloud, "defect", Defect.none)
        with self.session() as foreign:
            foreign.execute("SELECT 1 FROM op_networks WHERE id = %s FOR UPDATE", (network,))
            self.error_of(lambda: self.assign(52, "frank"))
        self.assertEqual((self.owner_of(52), self.live_nics(52), self.moves_of(52, "ERROR")), ("frank", [], 1))
        self.assertEqual(self.error_of(lambda: self.assign(52, "frank"))["errorcode"], 431)
        self.assertIn("same as the old account", self.log("move-failed", "vm=i-2-52-VM")[-1])

    def _new_account(self, name: str) -> int:
        self.rows("INSERT INTO account (account_name, uuid, type, domain_id, state) SELECT %s, UUID(), 0, domain_id, 'enabled'"
                  " FROM account WHERE account_name = 'bob'", name)
        self.accounts[name] = self.accounts["bob"]
        return int(self.value("SELECT id FROM account WHERE account_name = %s", name))


class OldMoves(MoveCase):
    """CloudStack 4.18."""

    VMS = 2
    SCHEMA = "4.18"

    def test_say_what_was_wrong(self) -> None:
        self.assertIn("is disabled", self.error_of(lambda: self.assign(41, "erin"))["errortext"])

    def test_commit_the_owner_before_they_look_at_the_network(self) -> None:
        self.error_of(lambda: self.assign(42, "alice", networkids=self.network("bob-net")["uuid"]))
        self.assertEqual(self.owner_of(42), "alice")
        self.assertEqual([nic["network"] for nic in self.live_nics(42)], ["network-1"])


if __name__ == "__main__":
    unittest.main()
