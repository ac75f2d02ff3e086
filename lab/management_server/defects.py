"""The defects of real CloudStack releases that the lab can have, by the number of CloudStack's issue."""

from __future__ import annotations

import enum


class Defect(enum.Enum):
    none = "none"
    # A power report is written, but its listeners are told only when some other VM of the batch was left unchanged.
    not_published = "10406"
    # CheckVirtualMachine answers "failed" for a domain that does not exist, so HA takes the VM for alive.
    missing_is_unknown = "12920"
    # The bulk query lacks the VM's state, so a VM recorded Stopped that reports PowerOn looks in sync.
    never_out_of_sync = "13027"
    # VM HA takes a VM on a host that host HA has fenced for alive, so its work ends and the VM stays Running.
    fenced_is_alive = "12922"
    # A move to another account changes the owner first and the network afterwards, in transactions of their own.
    moved_in_two_steps = "10854"
    # A move makes the new owner's network in its own transaction, and then asks for a MAC address on another connection.
    network_not_committed = "10825"
