"""VM truth: what the hypervisors show is seen at once and never falsely, whatever some hosts do."""

import threading
import unittest
import uuid

from facts_case import FactsCase
from hung_hosts import HungHosts
from lab import Lab
from waiting import eventually
from warden_lab import guests

_DRIFT = "cloudstack_vm_drift"


class ByEvents(FactsCase):
    """With the intervals of a real cloud: what shows within seconds was not found by asking at intervals."""

    up_options = ("--defect", "10406", "--hosts", "3", "--vms", "9", "--ha", "0", "--set", "cloud.libvirt.interval=20s",
                  "--set", "cloud.libvirt.timeout=5s", "--set", "cloud.database.interval=20s", "--set", "cloud.freshness=60s")
    _SOON = 8
    _RECORDS_EVERY = 20

    def kind(self, vm: str) -> str | None:
        return self.page().label("kind", _DRIFT, vm=vm)

    def eventually_kind(self, vm: str, kind: str) -> None:
        eventually(f"the drift of {vm} is {kind}", self._SOON, lambda: self.kind(vm), lambda seen: seen == kind)

    def eventually_one_again(self, vm: str) -> None:
        """CloudStack may have taken over the second host meanwhile (reference 2.3): the next reading of its record shows the way back."""
        eventually(f"{vm} no longer runs twice", self._SOON, lambda: self.kind(vm), lambda seen: seen != "duplicate_running")
        eventually(f"the drift of {vm} is over", self._RECORDS_EVERY + self._SOON, lambda: self.kind(vm), lambda seen: seen is None)

    def test_a_death_is_seen_at_once(self) -> None:
        vm = self.lab["vms"][0]["name"]
        self.lab.fault("destroy", vm)
        self.eventually_kind(vm, "stopped_out_of_band")

    def test_a_second_life_is_seen_at_once(self) -> None:
        vm = self.lab["vms"][1]["name"]
        other = next(host["name"] for host in self.lab["hosts"] if host["name"] != self.lab.vm(vm)["host"])
        self.lab.fault("duplicate", vm, other)
        self.eventually_kind(vm, "duplicate_running")
        self.lab.fault("destroy", vm, "--host", other)
        self.eventually_one_again(vm)

    def test_a_domain_is_a_vms_by_its_name_or_by_its_uuid(self) -> None:
        vm = self.lab["vms"][4]
        other = next(host for host in self.lab["hosts"] if host["name"] != vm["host"])
        orphans = self.page().value("cloudstack_host_orphan_domains", host=other["name"])
        for name, identifier in ((vm["name"], str(uuid.uuid4())), ("i-2-4711-VM", vm["id"])):
            with self.subTest(name=name, uuid=identifier):
                guests.start(other, name, identifier)
                self.eventually_kind(vm["name"], "duplicate_running")
                self.assertEqual(orphans, self.page().value("cloudstack_host_orphan_domains", host=other["name"]))
                guests.destroy(other, name)
                self.eventually_one_again(vm["name"])
        guests.start(other, "i-2-4711-VM", str(uuid.uuid4()))
        eventually("it is nobody's", self._SOON, lambda: self.page().value("cloudstack_host_orphan_domains", host=other["name"]),
                   lambda seen: seen == orphans + 1)

    def test_a_vm_that_moves_is_never_dead(self) -> None:
        vm = self.lab["vms"][2]["name"]
        kinds: list[str | None] = []
        over = threading.Event()

        def watch() -> None:
            while not over.is_set():
                kinds.append(self.kind(vm))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            for move in range(20):
                self.lab.fault("migrate", vm, f"host{1 + (self.lab['vms'].index(self.lab.vm(vm)) + move + 1) % 3}")
        finally:
            over.set()
            watcher.join()
        self.assertGreater(len(kinds), 100)
        self.assertNotIn("stopped_out_of_band", kinds)
        self.assertLessEqual(set(kinds), {None, "unknown", "wrong_host", "duplicate_running"})

    def test_what_happens_while_libvirtd_restarts_is_seen_when_it_is_back(self) -> None:
        """The connection is lost, and the events with it: everything is listed anew."""
        vm = self.lab["vms"][3]["name"]
        host = self.lab.vm(vm)["host"]
        self.lab.fault("freeze", host)
        eventually(f"{host} is silent", 60, lambda: self.page().value("cloudstack_host_libvirt_up", host=host),
                   lambda up: up == 0)
        self.assertEqual("unknown", self.kind(vm))
        self.lab.fault("thaw", host)
        self.lab.fault("destroy", vm)
        eventually(f"the death of {vm} is seen", 60, lambda: self.kind(vm), lambda seen: seen == "stopped_out_of_band")


class HungHostsTest(unittest.TestCase):
    """Hosts that freeze, stay silent, refuse and drop cost only their own rows."""

    INTERVAL = 4.0
    SECONDS = 30

    def test_hung_hosts_cost_only_their_own_rows(self) -> None:
        lab = Lab("--programs", "exporter", "--hosts", "6", "--vms", "4", "--ha", "0",
                  "--set", f"cloud.libvirt.interval={self.INTERVAL:g}s", "--set", "cloud.libvirt.timeout=2s",
                  "--set", "cloud.freshness=30s")
        lab.up()
        self.addCleanup(lab.down)
        hosts = HungHosts(lab, 2)
        self.addCleanup(hosts.close)
        hosts.wait_until_up([*hosts.frozen, *hosts.healthy], 60)
        hosts.begin()
        eventually("all hosts are known, and the ailing ones are not up", 60,
                   lambda: (len(hosts.page().all("cloudstack_host_libvirt_up")), hosts.up()),
                   lambda seen: seen == (12, set(hosts.healthy)))
        before = hosts.usage()
        age = hosts.worst_age(self.SECONDS)
        after = hosts.usage()
        self.assertLess(age, self.INTERVAL + 2)
        self.assertEqual(set(hosts.healthy), hosts.up())
        self.assertEqual(before.threads, after.threads)
        self.assertLessEqual(after.processes, 12)
        self.assertLessEqual(after.descriptors, before.descriptors + 8)
        self.assertLess(after.memory_mib, 1.2 * before.memory_mib + 10)

        hosts.cure()
        took = hosts.wait_until_up(hosts.ailing, 60)
        self.assertLess(took, 2 * self.INTERVAL + 2)


if __name__ == "__main__":
    unittest.main()
