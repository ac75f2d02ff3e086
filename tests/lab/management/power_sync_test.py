"""The three-report rule, the reset, the grace period, and the defects that bend them."""

import datetime
import unittest
from typing import Any

from management_server import power_sync
from management_server.defects import Defect
from management_server.power_sync import PowerRecord, PowerWrite

HOST, OTHER_HOST = 1, 2
GRACE_SECONDS = 4.0
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, 600000)


def ago(seconds: float) -> datetime.datetime:
    return (NOW - datetime.timedelta(seconds=seconds)).replace(microsecond=0)


def record(**values: Any) -> PowerRecord:
    defaults = {
        "vm_id": 41, "instance_name": "i-2-41-VM", "state": "Running", "power_state": "PowerOn", "power_host": HOST,
        "count": 3, "power_time": ago(3600), "update_time": ago(7200), "created": ago(9000),
    }
    return PowerRecord(**{**defaults, **values})


def reported(*records: PowerRecord, host: int = HOST, defect: Defect = Defect.none) -> power_sync.Changes:
    return power_sync.reported(records, host, NOW, defect)


def missing(*records: PowerRecord, defect: Defect = Defect.none) -> power_sync.Changes:
    return power_sync.missing(records, HOST, GRACE_SECONDS, NOW, defect)


class Reported(unittest.TestCase):
    def test_the_fourth_equal_report_writes_nothing(self) -> None:
        self.assertEqual(reported(record(count=3)), power_sync.Changes())

    def test_up_to_three_equal_reports_are_counted_and_published(self) -> None:
        for count in (0, 1, 2):
            changes = reported(record(count=count))
            self.assertEqual(changes.writes, [PowerWrite(41, "PowerOn", HOST, count + 1)])
            self.assertEqual(changes.publish, [41])

    def test_another_state_or_another_host_begins_at_one(self) -> None:
        self.assertEqual(reported(record(power_state="PowerReportMissing")).writes, [PowerWrite(41, "PowerOn", HOST, 1)])
        self.assertEqual(reported(record(), host=OTHER_HOST).writes, [PowerWrite(41, "PowerOn", OTHER_HOST, 1)])

    def test_a_row_that_was_written_since_the_report_was_collected_stays(self) -> None:
        self.assertEqual(reported(record(power_state="PowerOff", power_time=ago(0))), power_sync.Changes())

    def test_recorded_stopped_but_on_is_out_of_sync_and_told_each_time(self) -> None:
        self.assertEqual(reported(record(state="Stopped")).publish, [41])

    def test_defect_13027_sees_nothing_wrong_with_it(self) -> None:
        self.assertEqual(reported(record(state="Stopped"), defect=Defect.never_out_of_sync), power_sync.Changes())

    def test_defect_10406_tells_only_beside_a_vm_that_was_left_unchanged(self) -> None:
        moved, healthy = record(power_host=OTHER_HOST), record(vm_id=42)
        self.assertEqual(reported(moved, defect=Defect.not_published).publish, [])
        self.assertEqual(reported(moved, healthy, defect=Defect.not_published).publish, [41])


class Missing(unittest.TestCase):
    def test_a_frozen_row_is_reset_first_however_old_it_is(self) -> None:
        changes = missing(record(count=3, power_time=ago(3600)))
        self.assertEqual((changes.resets, changes.writes), ([41], []))

    def test_within_the_grace_period_nothing_happens(self) -> None:
        self.assertEqual(missing(record(count=0, power_time=ago(3))), power_sync.Changes())

    def test_the_grace_period_is_strict(self) -> None:
        just = NOW - datetime.timedelta(seconds=GRACE_SECONDS)
        self.assertEqual(missing(record(count=0, power_time=just)), power_sync.Changes())

    def test_after_it_the_report_is_missing(self) -> None:
        changes = missing(record(count=0, power_time=ago(5)))
        self.assertEqual(changes.writes, [PowerWrite(41, "PowerReportMissing", HOST, 1)])
        self.assertEqual(changes.publish, [41])

    def test_without_a_time_the_last_change_of_state_counts_then_the_creation(self) -> None:
        self.assertEqual(missing(record(count=0, power_time=None, update_time=ago(2))), power_sync.Changes())
        self.assertEqual(missing(record(count=0, power_time=None, update_time=None, created=ago(9))).publish, [41])

    def test_defect_10406_writes_it_and_tells_nobody(self) -> None:
        changes = missing(record(count=0, power_time=ago(5)), defect=Defect.not_published)
        self.assertEqual(len(changes.writes), 1)
        self.assertEqual(changes.publish, [])


if __name__ == "__main__":
    unittest.main()
