"""The `configuration` table: CloudStack's global settings, read live."""

from __future__ import annotations

from dataclasses import dataclass

from pymysql.cursors import DictCursor

from .database import insert, one_row

# Name, CloudStack's default, the lab's own value (None: the default) and what it is.
# The lab shortens what would make a test wait for minutes, and limits nobody.
_SETTINGS = (
    ("ping.interval", "60", None, "Interval to send application level pings, in seconds"),
    ("ping.timeout", "2.5", None, "Multiplier to ping.interval before an agent is behind"),
    ("alert.wait", "1800", None, "Seconds before alerting on a disconnected agent"),
    ("wait", "1800", None, "Seconds to wait for control commands to return"),
    ("ha.vm.restart.hostup", "true", None, "Restart HA VMs that stopped out of band while their host is Up"),
    ("force.ha", "false", None, "Treat all VMs as HA enabled"),
    ("ha.workers", "5", None, "Number of HA worker threads"),
    ("max.retries", "5", None, "Number of times to try HA work"),
    ("investigate.retry.interval", "60", "4", "Seconds between two investigations of a VM"),
    ("restart.retry.interval", "600", "10", "Seconds between two restarts of a VM"),
    ("vm.op.wait.interval", "120", None, "Seconds before a VM in transition on an unreachable host is alerted on"),
    ("vm.job.report.interval", "60", None, "Interval to report on the progress of VM jobs, in seconds"),
    ("job.expire.minutes", "1440", None, "Minutes before a finished job is purged"),
    ("cluster.heartbeat.interval", "1500", None, "Interval of the management server's heartbeat, in milliseconds"),
    ("cluster.heartbeat.threshold", "150000", None, "Milliseconds before a management server is considered down"),
    ("default.page.size", "500", None, "Default page size of list commands"),
    ("mac.identifier", "0", None, "Second byte of generated MAC addresses"),
    ("instance.name", "VM", None, "Name of the deployment instance"),
    ("max.account.user.vms", "20", "-1", "Default maximum number of user VMs of an account"),
    ("max.account.cpus", "40", "-1", "Default maximum number of CPU cores of an account"),
    ("max.account.memory", "40960", "-1", "Default maximum memory of an account, in MiB"),
    ("max.account.volumes", "20", "-1", "Default maximum number of volumes of an account"),
    ("max.account.primary.storage", "200", "-1", "Default maximum primary storage of an account, in GiB"),
    ("max.domain.user.vms", "40", "-1", "Default maximum number of user VMs of a domain"),
    ("max.domain.cpus", "80", "-1", "Default maximum number of CPU cores of a domain"),
    ("max.domain.memory", "81920", "-1", "Default maximum memory of a domain, in MiB"),
    ("max.domain.volumes", "40", "-1", "Default maximum number of volumes of a domain"),
    ("max.domain.primary.storage", "400", "-1", "Default maximum primary storage of a domain, in GiB"),
    ("integration.api.port", "0", None, "Port of the unauthenticated API; 0 closes it"),
)


@dataclass(frozen=True)
class PingSettings:
    """How often agents report, and how long CloudStack waits for them. Read again in every round."""

    interval_seconds: float
    timeout_factor: float

    @property
    def grace_seconds(self) -> float:
        """How long a VM may be missing from its host's reports."""
        return 2 * self.interval_seconds

    @property
    def behind_seconds(self) -> float:
        """How long a host may be silent."""
        return self.timeout_factor * self.interval_seconds


def fill(sql: DictCursor, ping_interval_seconds: int) -> None:
    for name, default, ours, description in _SETTINGS:
        value = str(ping_interval_seconds) if name == "ping.interval" else ours or default
        insert(
            sql, "configuration", instance="DEFAULT", name=name, value=value, default_value=default,
            description=description, scope="Global", is_dynamic=1,
        )


def read(sql: DictCursor, name: str) -> str:
    row = one_row(sql, "SELECT COALESCE(value, default_value) AS value FROM configuration WHERE name = %s", name)
    if row is None or row["value"] is None:
        raise LookupError(f"configuration has no value for {name}")
    return str(row["value"])


def read_ping(sql: DictCursor) -> PingSettings:
    return PingSettings(float(read(sql, "ping.interval")), float(read(sql, "ping.timeout")))
