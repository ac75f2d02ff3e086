"""What the exporter says of MAC sequences and generators of ids (failure modes F1, F2, F3, F5, F6, F7), and of moves between
accounts that failed."""

import threading
import time
import unittest
from typing import Any

from cs import CloudStackApiException
from facts_case import FactsCase
from waiting import eventually

_SEQUENCE = "SELECT o.mac_address_seq AS next FROM op_networks o JOIN networks n ON n.id = o.id WHERE n.name = %s"
_SIXTEEN_BITS = 65536


class SequenceFacts(FactsCase):
    up_options = ("--hosts", "1", "--vms", "8", "--ha", "0")

    def test_where_a_sequence_is_and_how_much_is_left(self) -> None:
        for network in self.lab["networks"]:
            row = self.row("SELECT uuid FROM networks WHERE name = %s", network)
            series = {"network": network, "network_id": row["uuid"]}
            following = self.row(_SEQUENCE, network)["next"]
            self.assert_value(following, "cloudstack_network_mac_sequence", **series)
            self.assert_value(_SIXTEEN_BITS - following, "cloudstack_network_mac_sequence_headroom", **series)

    def test_f1_a_sequence_without_a_row(self) -> None:
        self.assert_value(None, "cloudstack_network_mac_sequence_row_missing", network="network-1")
        self.break_and_restore("drop-sequence", "network-1")
        self.assert_value(1, "cloudstack_network_mac_sequence_row_missing", network="network-1")
        page = self.page()
        self.assertIsNone(page.value("cloudstack_network_mac_sequence", network="network-1"))
        self.assertIsNone(page.value("cloudstack_network_mac_sequence_headroom", network="network-1"))

    def test_f2_a_move_that_waits_for_itself(self) -> None:
        move = threading.Thread(target=self.lab.fault, args=("failed-move", "i-2-47-VM"))
        move.start()
        self.addCleanup(move.join, 30)
        self.assert_value(1, "cloudstack_innodb_lock_waits", table="op_networks")

    def test_f3_a_sequence_that_somebody_has_locked(self) -> None:
        self.assert_value(None, "cloudstack_network_mac_sequence_lock_waiters", network="network-2")
        self.lab.fault("lock-sequence", "network-2", "60")
        self.addCleanup(self.lab.fault, "database", "ok")
        self.lab.fault("take-mac", "network-2")
        self.assert_value(1, "cloudstack_network_mac_sequence_lock_waiters", network="network-2")
        self.assert_value(None, "cloudstack_network_mac_sequence_lock_waiters", network="network-1")

    def test_f5_a_sequence_that_leaves_its_sixteen_bits(self) -> None:
        self.break_and_restore("mac-set", "network-1", "65530")
        self.assert_value(6, "cloudstack_network_mac_sequence_headroom", network="network-1")
        self.lab.fault("mac-set", "network-1", "70000")
        self.assert_value(_SIXTEEN_BITS - 70000, "cloudstack_network_mac_sequence_headroom", network="network-1")

    def test_f6_nics_with_one_address(self) -> None:
        for scope in ("network", "zone"):
            self.assert_value(0, "cloudstack_mac_addresses_duplicated", scope=scope)
        self.break_and_restore("mac-duplicate", "network-1")
        for scope in ("network", "zone"):
            self.assert_value(1, "cloudstack_mac_addresses_duplicated", scope=scope)
        self.doCleanups()
        self.break_and_restore("mac-duplicate", "network-1", "--other", "network-2")
        self.assert_value(0, "cloudstack_mac_addresses_duplicated", scope="network")
        self.assert_value(1, "cloudstack_mac_addresses_duplicated", scope="zone")

    def test_f7_a_sequence_behind_what_is_in_use(self) -> None:
        self.assert_value(None, "cloudstack_network_mac_sequence_behind", network="network-2")
        self.break_and_restore("mac-behind", "network-2")
        self.assert_value(1, "cloudstack_network_mac_sequence_behind", network="network-2")

    def test_a_wrong_count_of_nics(self) -> None:
        self.assert_value(None, "cloudstack_network_nics_count_drift", network="network-2")
        counted = self.row("SELECT nics_count FROM op_networks o JOIN networks n ON n.id = o.id WHERE n.name = 'network-2'")["nics_count"]
        self.break_and_restore("nics-count", "network-2", str(counted + 7))
        self.assert_value(7, "cloudstack_network_nics_count_drift", network="network-2")

    def test_generators_of_ids(self) -> None:
        self.assert_value(0, "cloudstack_id_sequence_behind", name="vm_instance_seq")
        highest = self.row("SELECT MAX(id) AS id FROM vm_instance")["id"]
        self.break_and_restore("id-sequence-behind", "vm_instance_seq")
        self.assert_value(highest, "cloudstack_id_sequence_behind", name="vm_instance_seq")
        self.assert_value(None, "cloudstack_id_sequence_row_missing", name="networks_seq")
        before = self.row("SELECT value FROM sequence WHERE name = 'networks_seq'")["value"]
        self.lab.query("DELETE FROM sequence WHERE name = 'networks_seq'")
        self.addCleanup(self.lab.query, "INSERT INTO sequence (name, value) VALUES ('networks_seq', %s)", before)
        self.assert_value(1, "cloudstack_id_sequence_row_missing", name="networks_seq")

    def test_a_move_that_failed_until_one_succeeds(self) -> None:
        vm, before = "i-2-41-VM", time.time()
        self.assert_value(None, "cloudstack_vm_reassignment_failed_timestamp_seconds", vm=vm)
        self.lab.fault("failed-move", vm)
        page = self.eventually_page("the failure is seen", lambda page: page.value(
            "cloudstack_vm_reassignment_failed_timestamp_seconds", vm=vm))
        self.assertAlmostEqual(before, page.value("cloudstack_vm_reassignment_failed_timestamp_seconds", vm=vm), delta=30)
        self.lab.fault("finished-move", vm)
        self.assert_value(None, "cloudstack_vm_reassignment_failed_timestamp_seconds", vm=vm)

    def test_a_failed_move_whose_event_names_no_vm(self) -> None:
        self.assert_value(0, "cloudstack_vm_reassignments_failed_unnamed")
        self.lab.fault("failed-move", "i-2-42-VM")
        self.lab.query("UPDATE event SET resource_id = NULL, resource_type = NULL WHERE resource_id = 42")
        self.assert_value(1, "cloudstack_vm_reassignments_failed_unnamed")

    def test_what_a_move_left_behind(self) -> None:
        stopped = "i-2-46-VM"
        self.api().stopVirtualMachine(id=self.lab.vm(stopped)["id"])
        eventually("the VM is stopped", 30, lambda: self.lab.record(stopped)["state"], lambda state: state == "Stopped")
        for vm, what in (("i-2-44-VM", "owner_differs"), (stopped, "no_nic"), ("i-2-45-VM", "network_left")):
            with self.subTest(what=what):
                self.assert_value(None, "cloudstack_vm_reassignment_inconsistent", what=what)
                self.break_and_restore("inconsistent-move", vm, what)
                self.assert_value(1, "cloudstack_vm_reassignment_inconsistent", what=what, vm=vm)
        self.doCleanups()
        for what in ("owner_differs", "no_nic", "network_left"):
            self.assert_value(None, "cloudstack_vm_reassignment_inconsistent", what=what)

    def test_a_real_move_in_two_steps_leaves_no_nic_until_the_vm_is_moved_back(self) -> None:
        vm = self.lab.vm("i-2-48-VM")
        network = self.row("SELECT uuid FROM networks WHERE name = 'network-2'")["uuid"]
        self.api().stopVirtualMachine(id=vm["id"], fetch_result=True)
        self.lab.fault("defect", "10854")
        self.addCleanup(self.lab.fault, "defect", "none")
        self.lab.fault("lock-sequence", "alice-net", "60")
        with self.assertRaises(CloudStackApiException):
            self._assign(vm, "alice")
        self.lab.fault("database", "ok")
        self.assert_value(1, "cloudstack_vm_reassignment_inconsistent", what="no_nic", vm=vm["name"])
        self._assign(vm, "admin", networkids=network)
        self.assert_value(None, "cloudstack_vm_reassignment_inconsistent", what="no_nic")

    def _assign(self, vm: dict[str, Any], account: str, **more: str) -> None:
        target = next(entry for entry in self.lab["accounts"] if entry["name"] == account)
        self.api().assignVirtualMachine(virtualmachineid=vm["id"], account=account, domainid=target["domain_id"], **more)


if __name__ == "__main__":
    unittest.main()
