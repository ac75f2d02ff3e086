"""What CloudStack has against a move: one test for each, where it alone is in the way."""

import unittest
import uuid
from collections.abc import Callable

from .support import MoveCase


class Preconditions(MoveCase):
    VMS = 16

    def test_a_running_vm(self) -> None:
        self._set_state(41, "Running")
        self.assert_refused(41, "alice", 431, "Unable to move VM [i-2-41-VM] in [Running] state.")

    def test_only_running_is_refused(self) -> None:
        self._set_state(42, "Stopping")
        self.assign(42, "alice")

    def test_an_account_that_does_not_exist_in_the_domain(self) -> None:
        self.accounts["nobody"] = self.accounts["alice"]
        self.assert_refused(43, "nobody", 431, "Unable to find account nobody in domain with specified id")

    def test_a_disabled_account(self) -> None:
        self.assert_refused(43, "erin", 431, "The new account owner [Account erin")

    def test_a_locked_account_is_a_permission_that_is_missing(self) -> None:
        self.assert_refused(43, "frank", 530, "is disabled.")

    def test_the_account_that_has_it(self) -> None:
        self.assert_refused(43, "admin", 431, "is the same as the old account.")

    def test_a_port_forwarding_rule(self) -> None:
        rule = self._rule(44, "PortForwarding")
        self.rows("INSERT INTO port_forwarding_rules VALUES (%s, 44, '10.1.1.2', 22, 22)", rule)
        self._until_it_is_gone(44, "Remove any Port Forwarding rules", lambda: self._delete_rule(rule))

    def test_a_static_nat_rule(self) -> None:
        address = self._address(45, one_to_one=0)
        rule = self._rule(45, "StaticNat", address)
        self._until_it_is_gone(45, "Remove the StaticNat rules", lambda: self._delete_rule(rule))

    def test_a_load_balancer(self) -> None:
        rule = self._rule(46, "LoadBalancing")
        self.rows("INSERT INTO load_balancing_rules VALUES (%s, 'web', NULL, 80, 80, 'roundrobin')", rule)
        self.rows("INSERT INTO load_balancer_vm_map (load_balancer_id, instance_id) VALUES (%s, 46)", rule)
        self._until_it_is_gone(46, "Remove the Load Balancing rules", lambda: self._delete_rule(rule))

    def test_a_one_to_one_nat_address(self) -> None:
        address = self._address(47, one_to_one=1)
        self._until_it_is_gone(47, "Remove the One to One Nat rule", lambda: self.rows(
            "UPDATE user_ip_address SET one_to_one_nat = 0, vm_id = NULL WHERE id = %s", address))

    def test_a_snapshot_of_a_volume(self) -> None:
        self.rows("INSERT INTO snapshots (data_center_id, account_id, domain_id, volume_id, disk_offering_id, status, name, uuid,"
                  " snapshot_type, size, created) SELECT data_center_id, account_id, domain_id, id, disk_offering_id, 'BackedUp',"
                  " 'nightly', UUID(), 0, size, UTC_TIMESTAMP() FROM volumes WHERE instance_id = 48")
        self._until_it_is_gone(48, "Snapshots exist for volume [ROOT-48]", lambda: self.rows(
            "UPDATE snapshots s JOIN volumes v ON v.id = s.volume_id SET s.status = 'Destroyed' WHERE v.instance_id = 48"))

    def test_a_snapshot_of_the_vm_is_not_looked_at(self) -> None:
        self.rows("INSERT INTO vm_snapshots (uuid, name, vm_id, account_id, domain_id, state) SELECT UUID(), 'before', id, account_id,"
                  " domain_id, 'Ready' FROM vm_instance WHERE id = 49")
        self.assign(49, "alice")
        self.assertEqual(self.value("SELECT account_id FROM vm_snapshots WHERE vm_id = 49"), self.accounts["admin"].id)

    def test_a_limit_of_the_account(self) -> None:
        self._limit("account_id", self.accounts["gina"].id, "user_vm", 0)
        self._until_it_is_gone(50, "Type = 'user_vm' for account", lambda: self.rows("DELETE FROM resource_limit"), "gina", 530)

    def test_a_limit_of_a_domain_above(self) -> None:
        north = self.value("SELECT id FROM domain WHERE path = '/north/'")
        self._limit("domain_id", north, "primary_storage", 0)
        self._until_it_is_gone(51, "Type = 'primary_storage' for domain", lambda: self.rows("DELETE FROM resource_limit"), "gina", 530)

    def test_a_template_that_is_not_the_new_owners_to_use(self) -> None:
        self.rows("INSERT INTO vm_template (id, unique_name, name, uuid, public, featured, hvm, bits, format, created, account_id,"
                  " guest_os_id) VALUES (300, 'own', 'own', UUID(), 0, 0, 1, 64, 'QCOW2', UTC_TIMESTAMP(), 2, 1)")
        self.rows("UPDATE vm_instance SET vm_template_id = 300 WHERE id = 52")
        self._until_it_is_gone(52, "does not have access to the template", lambda: self.rows(
            "INSERT INTO launch_permission (template_id, account_id) VALUES (300, %s)", self.accounts["bob"].id), "bob", 530)

    def test_a_network_of_another_account(self) -> None:
        self.assert_refused(53, "bob", 530, "permission denied", networkids=self.network("alice-net")["uuid"])

    def test_a_shared_network_of_another_domain(self) -> None:
        self.assert_refused(53, "bob", 530, "is not available in domain", networkids=self.network("shared-north")["uuid"])

    def test_several_networks_to_choose_from(self) -> None:
        self.rows("INSERT INTO account_network_ref (account_id, network_id, is_owner) VALUES (%s, 200, 0)", self.accounts["carol"].id)
        self._until_it_is_gone(54, "More than one default isolated network", lambda: self.rows(
            "DELETE FROM account_network_ref WHERE account_id = %s AND network_id = 200", self.accounts["carol"].id), "carol")

    def test_security_groups_in_a_zone_without(self) -> None:
        self.assert_refused(53, "bob", 431, "Cannot move VM with security groups", securitygroupids=str(uuid.uuid4()))

    def test_a_caller_who_is_no_administrator(self) -> None:
        self.rows("UPDATE user SET api_key = 'a', secret_key = 's' WHERE username = 'alice'")
        administrator = self.api
        self.api = self.client("a", "s")
        self.addCleanup(setattr, self, "api", administrator)
        self.assert_refused(53, "alice", 431, "Only root or domain admins")

    def test_what_is_not_there_at_all_leaves_no_event(self) -> None:
        events = self.value("SELECT COUNT(*) FROM event")
        for wrong in ({"virtualmachineid": "nothing"}, {"domainid": "nowhere"}, {"networkids": "none"}):
            parameters = {"virtualmachineid": self.vm(53)["uuid"], "account": "bob", "domainid": self.accounts["bob"].domain_uuid}
            with self.subTest(wrong):
                error = self.error_of(lambda: self.api.assignVirtualMachine(**{**parameters, **wrong}))
                self.assertIn("the entity does not exist", error["errortext"])
        self.assertEqual(self.value("SELECT COUNT(*) FROM event"), events)

    def _until_it_is_gone(self, vm: int, cause: str, lift: Callable[[], object], account: str = "alice", code: int = 431) -> None:
        """It holds, and when it is lifted nothing else does."""
        self.assert_refused(vm, account, code, cause)
        lift()
        self.assign(vm, account)

    def _set_state(self, vm: int, state: str) -> None:
        self.rows("UPDATE vm_instance SET state = %s WHERE id = %s", state, vm)

    def _address(self, vm: int, one_to_one: int) -> int:
        self.rows("INSERT INTO user_ip_address (uuid, account_id, domain_id, public_ip_address, data_center_id, vlan_db_id,"
                  " one_to_one_nat, vm_id, state, mac_address, source_network_id, physical_network_id)"
                  " VALUES (UUID(), 2, 1, %s, 1, 1, %s, %s, 'Allocated', 1, 200, 200)", f"192.0.2.{vm}", one_to_one, vm)
        return int(self.value("SELECT MAX(id) FROM user_ip_address"))

    def _rule(self, vm: int, purpose: str, address: int | None = None) -> int:
        self.rows("INSERT INTO firewall_rules (uuid, ip_address_id, start_port, end_port, state, purpose, account_id, domain_id,"
                  " network_id, xid) VALUES (UUID(), %s, 22, 22, 'Active', %s, 2, 1, 200, UUID())", address, purpose)
        return int(self.value("SELECT MAX(id) FROM firewall_rules"))

    def _delete_rule(self, rule: int) -> None:
        self.rows("DELETE FROM firewall_rules WHERE id = %s", rule)

    def _limit(self, owner: str, owner_id: int, kind: str, most: int) -> None:
        self.rows(f"INSERT INTO resource_limit ({owner}, type, max) VALUES (%s, %s, %s)", owner_id, kind, most)
        self.addCleanup(self.rows, "DELETE FROM resource_limit")


if __name__ == "__main__":
    unittest.main()
