"""The two ways in which CloudStack writes the time."""

from __future__ import annotations

import datetime


def utc_now() -> datetime.datetime:
    """Now, as CloudStack's Java writes it into datetime columns: UTC, and without a zone."""
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


def in_units(moment: datetime.datetime) -> int:
    """Epoch milliseconds >> 10: the units of 1.024 s in host.last_ping and op_ha_work.time_to_try."""
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000) >> 10
