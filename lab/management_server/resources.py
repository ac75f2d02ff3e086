"""What a VM holds while it runs, and gives back when it stops: NICs and volumes (CloudStack's releaseVmResources)."""

from __future__ import annotations

import pymysql

from . import nics
from .clock import utc_now
from .cloud import Cloud
from .database import Row


def release(cloud: Cloud, vm: Row) -> None:
    """In a transaction of its own. As in CloudStack a failure is only logged: the VM is stopped all the same."""
    try:
        with cloud.database.transaction() as sql:
            released = nics.release(sql, vm["id"])
            sql.execute("UPDATE volumes SET updated = %s WHERE instance_id = %s AND removed IS NULL", (utc_now(), vm["id"]))
    except pymysql.err.MySQLError as error:
        cloud.log.write("release-failed", vm=vm["instance_name"], error=error)
    else:
        cloud.log.write("release", vm=vm["instance_name"], nics=released)
