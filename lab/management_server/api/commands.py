"""THE list of commands. Adding one is a function in the file of its group, and one line here."""

from __future__ import annotations

from collections.abc import Callable

from . import accounts, assignment, history, infrastructure, networks, virtual_machines
from .request import Answer, Request

COMMANDS: dict[str, Callable[[Request], Answer]] = {
    "listVirtualMachines": virtual_machines.list_virtual_machines,
    "stopVirtualMachine": virtual_machines.stop_virtual_machine,
    "startVirtualMachine": virtual_machines.start_virtual_machine,
    "migrateVirtualMachine": virtual_machines.migrate_virtual_machine,
    "recoverVirtualMachine": virtual_machines.recover_virtual_machine,
    "updateVirtualMachine": virtual_machines.update_virtual_machine,
    "assignVirtualMachine": assignment.assign_virtual_machine,
    "listNics": networks.list_nics,
    "listNetworks": networks.list_networks,
    "listAccounts": accounts.list_accounts,
    "listDomains": accounts.list_domains,
    "listHosts": infrastructure.list_hosts,
    "listManagementServers": infrastructure.list_management_servers,
    "listConfigurations": infrastructure.list_configurations,
    "listEvents": history.list_events,
    "queryAsyncJobResult": history.query_async_job_result,
}
