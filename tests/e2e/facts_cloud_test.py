"""What the exporter says of hosts, of CloudStack at work, and of itself."""

import time
import unittest

from facts_case import FactsCase
from waiting import eventually, stays

_HOST = "SELECT h.name, h.uuid, h.status, h.resource_state, h.private_ip_address AS ip FROM host h WHERE h.name = %s"


class CloudFacts(FactsCase):
    """One lab for all; who stops something starts it again."""

    up_options = ("--hosts", "3", "--vms", "6", "--ha", "1")

    # Hosts

    def test_what_is_recorded_of_hosts(self) -> None:
        for host in self.lab["hosts"]:
            row = self.row(_HOST, host["name"])
            labels = {"host": row["name"], "host_id": row["uuid"]}
            self.assertEqual(1, self.page().value("cloudstack_host_info", **labels, private_ip=row["ip"], zone="zone-1", cluster="cluster-1"))
            self.assert_label("state", row["resource_state"], "cloudstack_host_resource_state", **labels)
        self.lab.query("UPDATE host SET resource_state = 'Maintenance' WHERE name = 'host1'")
        self.addCleanup(self.lab.query, "UPDATE host SET resource_state = 'Enabled' WHERE name = 'host1'")
        self.assert_label("state", "Maintenance", "cloudstack_host_resource_state", host="host1")

    def test_host_ha(self) -> None:
        self.break_and_restore("host-ha", "host2", "Fencing")
        self.assert_label("state", "Fencing", "cloudstack_host_ha_state", host="host2")

    def test_a_host_that_falls_silent_and_comes_back(self) -> None:
        self.assert_value(1, "cloudstack_host_libvirt_up", host="host3")
        heard = self.page().value("cloudstack_host_libvirt_last_success_timestamp_seconds", host="host3")
        self.assertAlmostEqual(time.time(), heard, delta=5)
        self.lab.fault("freeze", "host3")
        self.addCleanup(self.lab.fault, "thaw", "host3")
        self.assert_value(0, "cloudstack_host_libvirt_up", host="host3")
        self.assert_label("status", "Alert", "cloudstack_host_status", host="host3")
        page = self.eventually_page("its domains are not counted any more", lambda page: not page.all("cloudstack_host_domains", host="host3"))
        self.assertEqual([], page.all("cloudstack_host_orphan_domains", host="host3"))
        silent_since = page.value("cloudstack_host_libvirt_last_success_timestamp_seconds", host="host3")
        stays("the time of its last answer stands still", 4, lambda: self.page().value(
            "cloudstack_host_libvirt_last_success_timestamp_seconds", host="host3"), lambda seen: seen == silent_since)
        self.lab.fault("thaw", "host3")
        self.assert_value(1, "cloudstack_host_libvirt_up", host="host3")
        self.assert_label("status", "Up", "cloudstack_host_status", host="host3")

    def test_domains_and_orphans(self) -> None:
        self.assert_value(2, "cloudstack_host_domains", host="host1", state="running")
        self.assert_value(0, "cloudstack_host_orphan_domains", host="host1")
        vm = next(vm["name"] for vm in self.lab["vms"] if vm["host"] == "host1")
        self.lab.fault("pause", vm)
        self.assert_value(1, "cloudstack_host_domains", host="host1", state="paused")
        self.assert_value(1, "cloudstack_host_domains", host="host1", state="running")
        self.lab.fault("resume", vm)
        self.lab.query("UPDATE vm_instance SET removed = UTC_TIMESTAMP() WHERE instance_name = %s", vm)
        self.addCleanup(self.lab.query, "UPDATE vm_instance SET removed = NULL WHERE instance_name = %s", vm)
        self.assert_value(1, "cloudstack_host_orphan_domains", host="host1")

    def test_a_connection_without_encryption(self) -> None:
        self.assert_value(1, "cloudstack_host_libvirt_unencrypted", host="host1")

    # CloudStack at work

    def test_the_management_server(self) -> None:
        server = {"name": "management-1"}
        self.assert_value(1, "cloudstack_management_server_up", **server)
        self.eventually_page("its heartbeat is young", lambda page: page.value(
            "cloudstack_management_server_heartbeat_age_seconds", **server) < 8)
        self.pause_cloudstack()
        self.eventually_page("its heartbeat grows old", lambda page: page.value(
            "cloudstack_management_server_heartbeat_age_seconds", **server) > 10)
        self.assert_value(1, "cloudstack_management_server_up", **server)  # as CloudStack still records it
        self.lab.program("start", "management-server")
        self.lab.program("stop", "management-server")
        self.assert_value(0, "cloudstack_management_server_up", **server)

    def test_the_ping_interval(self) -> None:
        self.assert_value(2, "cloudstack_ping_interval_seconds")
        self.lab.query("UPDATE configuration SET value = '3' WHERE name = 'ping.interval'")
        self.addCleanup(self.lab.query, "UPDATE configuration SET value = '2' WHERE name = 'ping.interval'")
        self.assert_value(3, "cloudstack_ping_interval_seconds")

    def test_ha_work(self) -> None:
        self.assert_value(None, "cloudstack_ha_work", type="HA")
        self.assert_value(None, "cloudstack_ha_work_oldest_age_seconds")
        self.break_and_restore("ha-work", "i-2-46-VM", "Restarting")
        self.assert_value(1, "cloudstack_ha_work", type="HA", step="Restarting")
        self.lab.query("UPDATE op_ha_work SET created = created - INTERVAL 1 HOUR")
        page = self.eventually_page("its age is seen", lambda page: (page.value("cloudstack_ha_work_oldest_age_seconds") or 0) > 60)
        self.assertAlmostEqual(3600, page.value("cloudstack_ha_work_oldest_age_seconds"), delta=60)

    def test_jobs(self) -> None:
        self.assert_value(0, "cloudstack_vm_jobs_in_progress")
        self.assert_value(None, "cloudstack_vm_job_oldest_age_seconds")
        self.lab.fault("job", "i-2-41-VM", "8")
        in_progress = self.row("SELECT COUNT(*) AS jobs FROM async_job WHERE job_status = 0")["jobs"]
        self.eventually_page("the job is seen", lambda page: page.value("cloudstack_vm_jobs_in_progress") >= in_progress > 0)
        self.eventually_page("its age is seen", lambda page: 0 < (page.value("cloudstack_vm_job_oldest_age_seconds") or 0) < 12)
        self.assert_value(0, "cloudstack_vm_jobs_in_progress")

    def test_the_time_zone_of_the_database(self) -> None:
        self.assert_value(0, "cloudstack_database_time_zone_offset_seconds")
        self.addCleanup(self.lab.fault, "time-zone", "SYSTEM")
        for zone, seconds in (("+05:30", 19800), ("-08:00", -28800)):
            self.lab.fault("time-zone", "--", zone)
            self.assert_value(seconds, "cloudstack_database_time_zone_offset_seconds")

    def test_the_version_of_the_schema(self) -> None:
        version = self.row("SELECT version FROM version")["version"]
        self.assert_label("version", version, "cloudstack_database_schema_info")
        self.lab.query("INSERT INTO version (version, updated, step) VALUES ('9.9.9.9', UTC_TIMESTAMP(), 'Complete')")
        self.addCleanup(self.lab.query, "DELETE FROM version WHERE version = '9.9.9.9'")
        self.assert_label("version", "9.9.9.9", "cloudstack_database_schema_info")

    # The exporter itself

    def test_sources_and_collectors(self) -> None:
        for source in ("database", "libvirt"):
            self.assert_value(1, "warden_exporter_up", source=source)
        self.lab.query("RENAME TABLE version TO version_away")
        try:
            self.assert_value(0, "warden_exporter_collector_success", collector="schema")
            self.assert_value(None, "cloudstack_database_schema_info")
            before = self.page().value("warden_exporter_collector_last_success_timestamp_seconds", collector="schema")
            self.assertLess(before, time.time())
        finally:
            self.lab.query("RENAME TABLE version_away TO version")
        self.assert_value(1, "warden_exporter_collector_success", collector="schema")
        eventually("a newer success", 10, lambda: self.page().value(
            "warden_exporter_collector_last_success_timestamp_seconds", collector="schema"), lambda newest: newest > before)
        for sample in self.page().all("warden_exporter_collector_duration_seconds"):
            self.assertTrue(0 <= sample.value < 10, sample)

    def test_the_age_of_what_is_shown(self) -> None:
        self.assertLess(self.page().value("warden_exporter_snapshot_age_seconds"), 4)
        self.lab.fault("database", "stop")
        self.addCleanup(self.lab.fault, "database", "start")
        self.eventually_page("it grows old", lambda page: page.value("warden_exporter_snapshot_age_seconds") > 6)

    def test_what_it_is(self) -> None:
        page = self.page()
        about_itself = ("warden_exporter_series", "warden_exporter_snapshot_", "warden_exporter_config_", "warden_exporter_build_")
        self.assertEqual(page.count("") - sum(page.count(prefix) for prefix in about_itself), page.value("warden_exporter_series"))
        self.assertEqual(1, page.value("warden_exporter_build_info"))
        self.assertEqual(1, page.value("warden_exporter_config_last_reload_successful"))
        before = page.value("warden_exporter_config_hash")
        self.assertEqual(before, self.page().value("warden_exporter_config_hash"))


if __name__ == "__main__":
    unittest.main()
