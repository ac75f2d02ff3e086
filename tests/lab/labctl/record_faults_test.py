"""What the faults in CloudStack's records leave there, and that it can be restored."""

import unittest

from .support import FaultCase, labctl

_VM_STATE = "SELECT state FROM vm_instance WHERE instance_name = %s"


class Sequences(FaultCase):
    VMS = 8

    def sequence(self) -> int:
        return self.value("SELECT mac_address_seq FROM op_networks WHERE id = 200")

    def test_a_sequence_is_set(self) -> None:
        before = self.sequence()
        self.fault("mac-set", "network-1", "65535")
        self.assertEqual(65535, self.sequence())
        self.fault("mac-set", "network-1", str(before))

    def test_a_sequence_is_behind_what_is_in_use(self) -> None:
        self.break_and_restore("mac-behind", "network-1")
        highest = self.value("SELECT MAX(CONV(REPLACE(SUBSTRING(mac_address, 13), ':', ''), 16, 10) + 0) FROM nics WHERE network_id = 200")
        self.assertEqual(highest, self.sequence())

    def test_two_nics_have_one_mac_address(self) -> None:
        twice = ("SELECT COUNT(*) FROM (SELECT mac_address FROM nics WHERE removed IS NULL"
                 " GROUP BY mac_address HAVING COUNT(DISTINCT network_id) = %s AND COUNT(*) = 2) d")
        self.break_and_restore("mac-duplicate", "network-1")
        self.assertEqual(1, self.value(twice, 1))
        self.doCleanups()
        self.break_and_restore("mac-duplicate", "network-1", "--other", "network-2")
        self.assertEqual((0, 1), (self.value(twice, 1), self.value(twice, 2)))

    def test_a_dropped_sequence_can_be_restored_by_what_was_printed(self) -> None:
        # Not nics_count: CloudStack goes on counting.
        row = "SELECT id, mac_address_seq, gc, check_for_gc FROM op_networks WHERE id = 201"
        before = self.query(row)
        self.break_and_restore("drop-sequence", "network-2")
        self.assertEqual([], self.query(row))
        self.doCleanups()
        self.assertEqual(before, self.query(row))

    def test_a_generator_of_ids_is_behind(self) -> None:
        self.break_and_restore("id-sequence-behind", "vm_instance_seq")
        self.assertEqual(1, self.value("SELECT value FROM sequence WHERE name = 'vm_instance_seq'"))
        self.assertIn("it has networks_seq, ", labctl(self.root, "fault", "id-sequence-behind", "nothing", expect=1))

    def test_the_count_of_nics_is_wrong(self) -> None:
        self.break_and_restore("nics-count", "network-2", "77")
        self.assertEqual(77, self.value("SELECT nics_count FROM op_networks WHERE id = 201"))


class WorkAndMoves(FaultCase):
    def test_ha_work_is_under_way_and_nobody_ends_it(self) -> None:
        self.break_and_restore("ha-work", "i-2-41-VM", "Fencing")
        self.assertEqual("Fencing", self.value("SELECT step FROM op_ha_work WHERE taken IS NOT NULL AND type = 'HA'"))

    def test_a_host_has_a_state_of_host_ha(self) -> None:
        self.break_and_restore("host-ha", "host2", "Fenced")
        self.assertEqual("Fenced", self.value("SELECT ha_state FROM ha_config WHERE enabled = 1"))

    def test_a_vm_is_left_in_a_transition(self) -> None:
        labctl(self.root, "program", "kill", "management-server")
        self.addCleanup(labctl, self.root, "program", "start", "management-server")
        self.break_and_restore("transition", "i-2-42-VM", "Stopping")
        self.assertEqual("Stopping", self.value(_VM_STATE, "i-2-42-VM"))
        self.doCleanups()
        self.assertEqual("Running", self.value(_VM_STATE, "i-2-42-VM"))

    def test_a_move_fails_for_want_of_a_sequence_and_leaves_an_event(self) -> None:
        self.assertIn("Lock wait timeout exceeded", self.fault("failed-move", "i-2-43-VM"))
        event = self.query("SELECT level, resource_id, description FROM event WHERE type = 'VM.MOVE' AND resource_id = 43")
        self.assertEqual([{"level": "ERROR", "resource_id": 43, "description": "Error while move VM to another user"}], event)
        self.assertEqual(0, self.value("SELECT COUNT(*) FROM networks WHERE name = 'system-network'"))

    def test_a_move_leaves_the_volumes_with_another_owner(self) -> None:
        self.break_and_restore("inconsistent-move", "i-2-44-VM", "owner_differs")
        self.assertEqual(44, self.value("SELECT v.id FROM vm_instance v JOIN volumes o ON o.instance_id = v.id"
                                        " WHERE o.account_id <> v.account_id"))

    def test_a_move_leaves_no_nic_and_only_where_a_move_was_possible(self) -> None:
        self.assertIn("only a Stopped VM", labctl(self.root, "fault", "inconsistent-move", "i-2-45-VM", "no_nic", expect=1))

    def test_a_move_leaves_the_network_that_it_made(self) -> None:
        self.break_and_restore("inconsistent-move", "i-2-46-VM", "network_left")
        self.assertEqual("Allocated", self.value("SELECT state FROM networks WHERE name = 'system-network' AND removed IS NULL"))


if __name__ == "__main__":
    unittest.main()
