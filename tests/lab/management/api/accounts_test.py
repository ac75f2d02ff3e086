"""The lists of who is there: domains, accounts, and whose VMs and networks are."""

import unittest

from ..cloud_case import CloudCase


class Lists(CloudCase):
    VMS = 2

    def test_domains_with_their_paths(self) -> None:
        domains = {domain["path"]: domain for domain in self.api.listDomains(listall=True)["domain"]}
        self.assertEqual(list(domains), ["ROOT", "ROOT/north", "ROOT/north/dev", "ROOT/north/ops", "ROOT/south"])
        self.assertEqual((domains["ROOT/north"]["level"], domains["ROOT/north"]["haschild"]), (1, True))
        self.assertEqual(domains["ROOT/north/dev"]["parentdomainid"], domains["ROOT/north"]["id"])
        self.assertEqual(self.api.listDomains(name="dev")["count"], 1)

    def test_accounts_with_their_states(self) -> None:
        accounts = {account["name"]: account for account in self.api.listAccounts(listall=True)["account"]}
        self.assertEqual({name: account["state"] for name, account in accounts.items()}, {
            "admin": "enabled", "alice": "enabled", "bob": "enabled", "carol": "enabled", "gina": "enabled", "dave": "enabled",
            "erin": "disabled", "frank": "locked"})
        self.assertEqual((accounts["admin"]["vmtotal"], accounts["admin"]["accounttype"]), (2, 1))
        self.assertEqual((accounts["carol"]["domainpath"], accounts["carol"]["networktotal"]), ("ROOT/north/dev", 1))
        self.assertEqual(self.api.listAccounts(name="alice", domainid=self.accounts["alice"].domain_uuid)["count"], 1)
        self.assertEqual(self.api.listAccounts(state="locked")["account"][0]["name"], "frank")

    def test_the_networks_of_an_account(self) -> None:
        domain = self.accounts["alice"].domain_uuid
        found = self.api.listNetworks(account="alice", domainid=domain, type="Isolated")["network"]
        self.assertEqual([(network["name"], network["account"], network["acltype"]) for network in found],
                         [("alice-net", "alice", "Account")])
        self.assertEqual(self.api.listNetworks(account="dave", domainid=domain), {})
        shared = self.api.listNetworks(type="Shared")["network"]
        self.assertEqual([(network["name"], network["domain"], network["subdomainaccess"]) for network in shared],
                         [("shared-all", "ROOT", True), ("shared-north", "north", True)])

    def test_the_vms_of_an_account(self) -> None:
        uuid = self.vm(41)["uuid"]
        self.api.assignVirtualMachine(virtualmachineid=uuid, account="alice", domainid=self.accounts["alice"].domain_uuid)
        found = self.api.listVirtualMachines(account="alice", domainid=self.accounts["alice"].domain_uuid)["virtualmachine"]
        self.assertEqual([(vm["id"], vm["account"], vm["domain"]) for vm in found], [(uuid, "alice", "north")])
        self.assertEqual(self.api.listVirtualMachines(domainid=self.accounts["bob"].domain_uuid), {})

    def test_an_account_needs_its_domain(self) -> None:
        self.assertIn("must be specified together", self.error_of(lambda: self.api.listNetworks(account="alice"))["errortext"])


if __name__ == "__main__":
    unittest.main()
