"""Moves on a whole lab: through labctl, the API and a guest that runs for its new owner."""

import concurrent.futures
import unittest

import cs

from .support import LabCase


class Assignment(LabCase):
    VMS = 8

    def test_the_status_names_the_accounts_and_their_networks(self) -> None:
        accounts = {account["name"]: account for account in self.status["accounts"]}
        self.assertEqual((accounts["admin"]["domain"], accounts["admin"]["networks"]), ("ROOT", ["network-1", "network-2"]))
        self.assertEqual((accounts["carol"]["domain"], accounts["carol"]["networks"]), ("north/dev", ["carol-net"]))
        self.assertEqual((accounts["erin"]["state"], accounts["dave"]["networks"]), ("disabled", []))
        self.assertEqual(accounts["bob"]["domain_id"], self.api.listDomains(name="south")["domain"][0]["id"])
        self.assertIn("shared-north", self.status["networks"])

    def test_a_locked_sequence_is_a_lock_wait_timeout_until_it_is_free(self) -> None:
        uuid = self._stopped("i-2-41-VM")
        self.fault("lock-sequence", "alice-net", "60")
        with self.assertRaises(cs.CloudStackApiException) as refused:
            self._assign(uuid, "alice")
        self.assertEqual(refused.exception.error["errorcode"], 530)
        self.assertEqual(len(self.log("sequence-failed", "table=op_networks", "1205", "Lock wait timeout exceeded")), 1)
        self.assertEqual(self.vm("i-2-41-VM")["account_id"], 2)
        self.fault("database", "ok")
        self.assertEqual(self._assign(uuid, "alice"), "alice")

    def test_a_dropped_sequence_is_null_until_it_is_restored(self) -> None:
        uuid = self._stopped("i-2-42-VM")
        _, _, restore = self.labctl("fault", "drop-sequence", "bob-net").partition("; to restore it: ")
        with self.assertRaises(cs.CloudStackApiException):
            self._assign(uuid, "bob")
        self.assertEqual(len(self.log("move-failed", "vm=i-2-42-VM", "NullPointerException")), 1)
        self.rows(restore)
        self.assertEqual(self._assign(uuid, "bob"), "bob")

    def test_the_guest_runs_for_its_new_owner_in_the_network_that_was_made(self) -> None:
        uuid = self._stopped("i-2-43-VM")
        self._assign(uuid, "dave")
        started = self.api.startVirtualMachine(id=uuid, fetch_result=True)["virtualmachine"]
        self.assertEqual((started["state"], started["account"], started["instancename"]), ("Running", "dave", "i-2-43-VM"))
        self.assertEqual(started["nic"][0]["networkname"], "dave-network")
        self.assertEqual(self.rows("SELECT n.state, o.nics_count FROM networks n JOIN op_networks o ON o.id = n.id"
                                   " WHERE n.name = 'dave-network'"), [{"state": "Implemented", "nics_count": 1}])
        self.settle("i-2-43-VM")
        self.assertEqual(self.vm("i-2-43-VM")["state"], "Running")

    def test_what_was_made_is_in_the_way_until_it_is_taken_away(self) -> None:
        uuid = self._stopped("i-2-44-VM")
        _, _, take_away = self.labctl("make", "port-forwarding", "i-2-44-VM", "22").partition("; to take it away: ")
        with self.assertRaises(cs.CloudStackApiException) as refused:
            self._assign(uuid, "carol")
        self.assertEqual(refused.exception.error["errorcode"], 431)
        self.rows(take_away)
        self.assertEqual(self._assign(uuid, "carol"), "carol")

    def test_several_at_once_have_different_addresses(self) -> None:
        names = [f"i-2-{number}-VM" for number in range(45, 49)]
        uuids = [self._stopped(name) for name in names]
        with concurrent.futures.ThreadPoolExecutor(len(uuids)) as pool:
            owners = list(pool.map(lambda uuid: self._assign(uuid, "gina"), uuids))
        self.assertEqual(owners, ["gina"] * len(names))
        self.assertEqual(len({self.nic(name)["mac_address"] for name in names}), len(names))

    def _stopped(self, name: str) -> str:
        uuid = str(self.vm(name)["uuid"])
        self.api.stopVirtualMachine(id=uuid, forced=True, fetch_result=True)
        return uuid

    def _assign(self, uuid: str, account: str) -> str:
        """With a client of its own: a client is one thread's."""
        domain = next(entry["domain_id"] for entry in self.status["accounts"] if entry["name"] == account)
        answer = self.new_client().assignVirtualMachine(virtualmachineid=uuid, account=account, domainid=domain)
        return str(answer["virtualmachine"]["account"])


if __name__ == "__main__":
    unittest.main()
