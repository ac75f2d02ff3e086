"""What the exporter says where CloudStack's schema, or Warden's account, is another one."""

import unittest

from facts_case import FactsCase

_SMALL = ("--hosts", "1", "--vms", "2", "--ha", "1")


class SchemaCase(FactsCase):
    def assert_everything_is_read(self, version: str) -> None:
        self.assert_label("version", version, "cloudstack_database_schema_info")
        self.eventually_page("every reading succeeds", lambda page: {
            sample.value for sample in page.all("warden_exporter_collector_success")} == {1})
        self.eventually_page("every feature is available", lambda page: {
            sample.value for sample in page.all("warden_exporter_feature_available")} == {1})
        self.assertEqual(2, self.page().value("cloudstack_vms", state="Running"))


class Schema418(SchemaCase):
    up_options = ("--schema", "4.18", *_SMALL)

    def test_everything_is_read(self) -> None:
        self.assert_everything_is_read("4.18.2.0")


class Schema422(SchemaCase):
    up_options = ("--schema", "4.22", *_SMALL)

    def test_everything_is_read(self) -> None:
        self.assert_everything_is_read("4.22.2.0")

    def test_what_the_account_may_not_read_is_missed_alone(self) -> None:
        self.lab.query("REVOKE SELECT ON cloud.ha_config FROM 'warden'@'%%'")
        try:
            self.assert_value(0, "warden_exporter_feature_available", feature="host_ha")
            page = self.eventually_page("no state of host HA is claimed", lambda page: not page.all("cloudstack_host_ha_state"))
            self.assertEqual(1, page.value("warden_exporter_feature_available", feature="hosts"))
            self.assertEqual(1, page.value("cloudstack_host_libvirt_up"))
            self.assertEqual(1, page.value("warden_exporter_up", source="database"))
        finally:
            self.lab.query("GRANT SELECT ON cloud.ha_config TO 'warden'@'%%'")
        self.assert_value(1, "warden_exporter_feature_available", feature="host_ha")
        self.assert_label("state", "Disabled", "cloudstack_host_ha_state", host="host1")


if __name__ == "__main__":
    unittest.main()
