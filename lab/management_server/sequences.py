"""CloudStack's generators of numbers (SequenceFetcher): each number is taken in a transaction of its own, on a connection of
its own. It is lost when the caller rolls back, and it cannot be taken from a row that the caller has locked or has not
committed."""

from __future__ import annotations

import pymysql

from . import nics
from .cloud import Cloud
from .database import Row, one_row


class NullSequence(Exception):
    """There was no number, and CloudStack does not look whether there is one."""

    def __init__(self) -> None:
        super().__init__('java.lang.NullPointerException: Cannot invoke "java.lang.Long.longValue()": the sequence is null')


def next_mac_address(cloud: Cloud, network: Row) -> str:
    """One that no NIC has. Raises NullSequence."""
    while True:
        number = _fetch(cloud, "op_networks", "id", network["id"], "mac_address_seq")
        address = nics.mac_address(network["data_center_id"], network["id"], number)
        with cloud.database.transaction() as sql:
            if one_row(sql, "SELECT id FROM nics WHERE mac_address = %s AND removed IS NULL LIMIT 1", address) is None:
                return address


def next_id(cloud: Cloud, name: str) -> int:
    """Of the table `sequence`, for example networks_seq. Raises NullSequence."""
    return _fetch(cloud, "sequence", "name", name, "value")


def _fetch(cloud: Cloud, table: str, key: str, value: object, column: str) -> int:
    try:
        with cloud.database.transaction() as sql:
            row = one_row(sql, f"SELECT `{column}` AS number FROM `{table}` WHERE `{key}` = %s FOR UPDATE", value)
            if row is not None:
                sql.execute(f"UPDATE `{table}` SET `{column}` = %s WHERE `{key}` = %s", (row["number"] + 1, value))
    except pymysql.err.MySQLError as error:
        cloud.log.write("sequence-failed", table=table, key=value, error=error)
        raise NullSequence from error
    if row is None:
        cloud.log.write("sequence-failed", table=table, key=value, error="Unable to get a sequence: there is no such row")
        raise NullSequence
    return int(row["number"])
