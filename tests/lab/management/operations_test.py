"""Stop, start and migrate through the API with the real client `cs`, and the API when it misbehaves."""

import concurrent.futures
import time
import unittest

import cs
import requests

from .support import LabCase


class Operations(LabCase):
    VMS = 8

    def test_a_forced_stop_ends_with_everything_released(self) -> None:
        before = self.vm("i-2-41-VM")
        self.api.stopVirtualMachine(id=before["uuid"], forced=True, fetch_result=True)
        vm, nic = self.vm("i-2-41-VM"), self.nic("i-2-41-VM")
        self.assertEqual((vm["state"], vm["host_id"], vm["last_host_id"]), ("Stopped", None, before["host_id"]))
        self.assertEqual((vm["power_state"], vm["update_count"]), ("PowerOff", before["update_count"] + 2))
        self.assertEqual((nic["state"], nic["ip4_address"]), ("Allocated", None))
        events = self.rows("SELECT id, type, state, start_id FROM event WHERE resource_id = %s ORDER BY id", vm["id"])
        self.assertEqual([event["state"] for event in events], ["Scheduled", "Started", "Completed"])
        self.assertEqual([event["start_id"] for event in events], [0, events[0]["id"], events[0]["id"]])
        self.assertEqual(len(self.log("stop-command", "vm=i-2-41-VM", "forced=true", "result=destroyed")), 1)
        self.assertEqual(self.rows("SELECT type FROM usage_event WHERE resource_id = %s", vm["id"]), [{"type": "VM.STOP"}])

    def test_stops_at_once_are_one_stop(self) -> None:
        uuid = self.vm("i-2-42-VM")["uuid"]
        self.fault("job", "i-2-42-VM", "2")  # so that all of them are there before the first can begin
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asked = [
                pool.submit(self.new_client().stopVirtualMachine, id=uuid, forced=True, fetch_result=True)
                for _ in range(4)  # a client is one thread's
            ]
            for answer in asked:
                self.assertEqual(answer.result()["virtualmachine"]["state"], "Stopped")
        self.assertEqual(len(self.log("stop-command", "vm=i-2-42-VM")), 1)
        self.assertEqual(len(self.log("job-joined", "VmWorkStop")), 3)

    def test_stop_start_and_migrate_follow_each_other(self) -> None:
        uuid = self.vm("i-2-43-VM")["uuid"]
        hosts = {host["name"]: host["id"] for host in self.api.listHosts(type="Routing")["host"]}
        self.api.stopVirtualMachine(id=uuid, fetch_result=True)
        self.api.startVirtualMachine(id=uuid, hostid=hosts["host1"], fetch_result=True)
        self.assertEqual(self.vm("i-2-43-VM")["host_id"], self.host("host1")["id"])
        self.assertEqual(self.nic("i-2-43-VM")["state"], "Reserved")
        self.api.migrateVirtualMachine(virtualmachineid=uuid, hostid=hosts["host2"], fetch_result=True)
        self.settle("i-2-43-VM")
        vm = self.vm("i-2-43-VM")
        self.assertEqual((vm["state"], vm["host_id"]), ("Running", self.host("host2")["id"]))
        self.assertEqual(vm["last_host_id"], self.host("host1")["id"])

    def test_a_stop_of_a_vm_that_vanished_succeeds(self) -> None:
        self.control("/control/defect?name=10406")
        self.addCleanup(self.control, "/control/defect?name=none")
        self.fault("destroy", "i-2-44-VM")
        self.api.stopVirtualMachine(id=self.vm("i-2-44-VM")["uuid"], forced=True, fetch_result=True)
        self.assertEqual(self.vm("i-2-44-VM")["state"], "Stopped")
        self.assertEqual(len(self.log("stop-command", "vm=i-2-44-VM", "result=not-found")), 1)

    def test_on_a_frozen_host_only_a_forced_stop_succeeds(self) -> None:
        name = str(self.rows("SELECT instance_name FROM vm_instance WHERE host_id = 2 AND id > 45")[0]["instance_name"])
        uuid = self.vm(name)["uuid"]
        self.fault("freeze", "host2")
        self.addCleanup(self.fault, "thaw", "host2")
        self.wait_until("host2 is in Alert", lambda: self.host("host2")["status"] == "Alert")
        with self.assertRaises(cs.CloudStackApiException):
            self.api.stopVirtualMachine(id=uuid, fetch_result=True)
        self.assertEqual(self.vm(name)["state"], "Running")
        self.api.stopVirtualMachine(id=uuid, forced=True, fetch_result=True)
        self.assertEqual(self.vm(name)["state"], "Stopped")
        self.assertEqual(self.log("stop-command", f"vm={name}"), [])

    def test_a_locked_sequence_row_does_not_keep_the_vm_from_stopping(self) -> None:
        network = self.rows("SELECT name FROM networks WHERE id = %s", self.nic("i-2-45-VM")["network_id"])[0]["name"]
        self.fault("lock-sequence", network, "8")
        self.api.stopVirtualMachine(id=self.vm("i-2-45-VM")["uuid"], forced=True, fetch_result=True)
        self.assertEqual(self.vm("i-2-45-VM")["state"], "Stopped")
        self.assertEqual(self.nic("i-2-45-VM")["state"], "Reserved")
        self.assertEqual(len(self.log("release-failed", "vm=i-2-45-VM", "1205")), 1)


class Api(LabCase):
    VMS = 2

    def test_refuses_a_wrong_signature_an_unknown_command_and_an_unknown_vm(self) -> None:
        stranger = cs.CloudStack(endpoint=self.status["api_url"], key=self.status["api_key"], secret="wrong")
        for status, ask in (
            (401, stranger.listHosts),
            (432, self.api.listNothing),
            (431, lambda: self.api.stopVirtualMachine(id="nobody")),
            (431, self.api.stopVirtualMachine),
            (431, lambda: self.api.queryAsyncJobResult(jobid="none")),
        ):
            with self.assertRaises(cs.CloudStackApiException) as refused:
                ask()
            self.assertEqual(refused.exception.error["errorcode"], status)

    def test_answers_get_and_post_alike(self) -> None:
        post = cs.CloudStack(
            endpoint=self.status["api_url"], key=self.status["api_key"], secret=self.status["secret_key"], method="post"
        )
        self.assertEqual(post.listVirtualMachines(listall=True), self.api.listVirtualMachines(listall=True))

    def test_lists_what_warden_asks_for(self) -> None:
        self.assertEqual(self.api.listConfigurations(name="ping.interval")["configuration"][0]["value"], "2")
        self.assertEqual(self.api.listManagementServers()["managementserver"][0]["state"], "Up")
        self.assertEqual({host["state"] for host in self.api.listHosts(type="Routing")["host"]}, {"Up"})
        self.assertEqual(self.api.listVirtualMachines(name="nobody"), {})
        self.assertEqual(len(self.api.listVirtualMachines(page=2, pagesize=1)["virtualmachine"]), 1)
        vm = self.api.listVirtualMachines(listall=True)["virtualmachine"][0]
        self.assertEqual(len(self.api.listNics(virtualmachineid=vm["id"])["nic"]), 1)
        self.assertTrue(self.api.updateVirtualMachine(id=vm["id"], haenable=True)["virtualmachine"]["haenable"])

    def test_misbehaves_on_demand(self) -> None:
        self.addCleanup(self.fault, "api", "ok")
        self.fault("api", "fail")
        with self.assertRaises(cs.CloudStackApiException) as refused:
            self.api.listHosts()
        self.assertEqual(refused.exception.error["errorcode"], 530)
        self.fault("api", "off")
        with self.assertRaises(requests.exceptions.ConnectionError):
            self.api.listHosts()
        self.control("/control/api?mode=slow&seconds=2")
        began = time.monotonic()
        self.api.stopVirtualMachine(id=self.vm("i-2-42-VM")["uuid"], forced=True)
        self.assertGreater(time.monotonic() - began, 2)
        self.assertEqual(self.vm("i-2-42-VM")["state"], "Stopped")  # accepted at once, answered late


if __name__ == "__main__":
    unittest.main()
