"""What a host's power report changes in vm_instance. Pure: records, report and time in, writes out.

A KVM agent reports only domains that are on, so a VM that is off is not reported at all. CloudStack stops refreshing
a VM's row after three equal reports: the row of a healthy VM is old. When a VM goes missing, the row is reset first,
and only if it is still missing after the grace period it becomes PowerReportMissing.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from .defects import Defect

POWER_ON = "PowerOn"
POWER_OFF = "PowerOff"
REPORT_MISSING = "PowerReportMissing"

EQUAL_REPORTS = 3  # CloudStack's MAX_CONSECUTIVE_SAME_STATE_UPDATE_COUNT


@dataclass(frozen=True)
class PowerRecord:
    """One row of vm_instance, as far as power reports are concerned."""

    vm_id: int
    instance_name: str
    state: str
    power_state: str | None
    power_host: int | None
    count: int
    power_time: datetime.datetime | None
    update_time: datetime.datetime | None
    created: datetime.datetime

    @property
    def last_known(self) -> datetime.datetime:
        """Since when a missing VM counts as missing."""
        return self.power_time or self.update_time or self.created


@dataclass(frozen=True)
class PowerWrite:
    """Sets power_state, power_host and count; the time becomes now."""

    vm_id: int
    power_state: str
    power_host: int
    count: int


@dataclass(frozen=True)
class Changes:
    writes: list[PowerWrite] = field(default_factory=list)
    resets: list[int] = field(default_factory=list)  # count 0, time now
    publish: list[int] = field(default_factory=list)  # whose listeners are told


def reported(records: Iterable[PowerRecord], host_id: int, collected: datetime.datetime, defect: Defect) -> Changes:
    """The VMs that the host reported as on, in a report that it began to collect at `collected`."""
    writes, unchanged = [], []
    for record in records:
        write = _follow(record, POWER_ON, host_id, defect)
        # A row that was written since knows better than this report. Rows hold whole seconds.
        is_newer = record.power_time is not None and record.power_time >= collected.replace(microsecond=0)
        if write is None or is_newer:
            unchanged.append(record.vm_id)
        else:
            writes.append(write)
    return Changes(writes=writes, publish=_published(writes, unchanged, defect))


def missing(
    records: Iterable[PowerRecord], host_id: int, grace_seconds: float, now: datetime.datetime, defect: Defect
) -> Changes:
    """The VMs that are recorded on the host, in a state with a domain, but are not in its report."""
    writes, unchanged, resets = [], [], []
    for record in records:
        if record.count >= EQUAL_REPORTS:
            resets.append(record.vm_id)  # its time froze long ago; the grace period begins now
        elif (now - record.last_known).total_seconds() > grace_seconds:
            write = _follow(record, REPORT_MISSING, host_id, defect)
            writes.append(write) if write else unchanged.append(record.vm_id)
    return Changes(writes=writes, resets=resets, publish=_published(writes, unchanged, defect))


def _follow(record: PowerRecord, power_state: str, host_id: int, defect: Defect) -> PowerWrite | None:
    """The three-report rule for one VM. None: nothing is written."""
    is_same = record.power_state == power_state and record.power_host == host_id
    if not is_same or _is_out_of_sync(record, power_state, defect):
        return PowerWrite(record.vm_id, power_state, host_id, count=1)
    if record.count < EQUAL_REPORTS:
        return PowerWrite(record.vm_id, power_state, host_id, record.count + 1)
    return None


def _is_out_of_sync(record: PowerRecord, power_state: str, defect: Defect) -> bool:
    if defect is Defect.never_out_of_sync:
        return False
    return (power_state, record.state) in ((POWER_OFF, "Running"), (POWER_ON, "Stopped"))


def _published(writes: list[PowerWrite], unchanged: Collection[int], defect: Defect) -> list[int]:
    if defect is Defect.not_published and not unchanged:
        return []
    return [write.vm_id for write in writes]
