"""What a command gets: its parameters, who asks, and the cloud that it works on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pymysql.cursors import DictCursor

from ..cloud import Cloud
from ..database import Row, one_row
from ..events import Caller
from ..operations import Operations
from .errors import ApiError, Code

Answer = dict[str, Any]

_FIRST_PAGE_SIZE = 500


@dataclass(frozen=True)
class OwnerIds:
    """None: any."""

    account: int | None
    domain: int | None


@dataclass(frozen=True)
class Request:
    command: str
    parameters: dict[str, str]
    caller: Caller
    operations: Operations

    @property
    def cloud(self) -> Cloud:
        return self.operations.cloud

    def text(self, name: str) -> str | None:
        """The parameter, whatever the case of its name; an empty one counts as absent."""
        return next((value for key, value in self.parameters.items() if key.lower() == name and value), None)

    def flag(self, name: str) -> bool | None:
        text = self.text(name)
        if text is None:
            return None
        if text.lower() not in ("true", "false"):
            raise self.wrong(name, "it is neither true nor false")
        return text.lower() == "true"

    def number(self, name: str) -> int | None:
        text = self.text(name)
        if text is None:
            return None
        if not text.isdecimal():
            raise self.wrong(name, "it is no number")
        return int(text)

    def moment(self, name: str) -> datetime.datetime | None:
        """A date and time, in UTC where no zone is given."""
        text = self.text(name)
        if text is None:
            return None
        try:
            value = datetime.datetime.fromisoformat(text)
        except ValueError:
            raise self.wrong(name, "it is no date") from None
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return value

    def required(self, name: str) -> str:
        text = self.text(name)
        if text is None:
            raise ApiError(
                Code.PARAM_ERROR,
                f"Unable to execute API command {self.command.lower()} due to missing parameter {name}",
            )
        return text

    def entity(self, sql: DictCursor, name: str, table: str) -> Row:
        """The row that a required parameter names by its uuid."""
        row = one_row(sql, f"SELECT * FROM `{table}` WHERE uuid = %s AND removed IS NULL", self.required(name))
        if row is None:
            raise self.wrong(name, "the entity does not exist")
        return row

    def optional_id(self, sql: DictCursor, name: str, table: str) -> int | None:
        return None if self.text(name) is None else int(self.entity(sql, name, table)["id"])

    def entities(self, sql: DictCursor, name: str, table: str) -> list[Row]:
        """The rows that a list of uuids names; none where the parameter is absent."""
        rows = []
        for uuid in (self.text(name) or "").split(","):
            row = one_row(sql, f"SELECT * FROM `{table}` WHERE uuid = %s AND removed IS NULL", uuid.strip()) if uuid else None
            if uuid and row is None:
                raise self.wrong(name, "the entity does not exist")
            if row is not None:
                rows.append(row)
        return rows

    def owner_ids(self, sql: DictCursor) -> OwnerIds:
        """What `account` and `domainid` select; an account is one of that domain."""
        domain_id = self.optional_id(sql, "domainid", "domain")
        account = self.text("account")
        if account is None:
            return OwnerIds(None, domain_id)
        if domain_id is None:
            raise ApiError(Code.PARAM_ERROR, "AccountName and domainId must be specified together")
        row = one_row(
            sql, "SELECT id FROM account WHERE account_name = %s AND domain_id = %s AND removed IS NULL", account, domain_id
        )
        if row is None:
            raise ApiError(Code.PARAM_ERROR, f"Unable to find account {account} in domain with specified id")
        return OwnerIds(int(row["id"]), domain_id)

    def wrong(self, name: str, why: str) -> ApiError:
        return ApiError(
            Code.PARAM_ERROR,
            f"Unable to execute API command {self.command.lower()} due to invalid value. "
            f"Invalid parameter {name} value={self.text(name)}: {why}",
        )

    def page(self, kind: str, items: Sequence[Answer]) -> Answer:
        """The answer of a list command. As in CloudStack an empty list is left out."""
        size = self.number("pagesize") or _FIRST_PAGE_SIZE
        begin = ((self.number("page") or 1) - 1) * size
        chosen = list(items)[begin : begin + size]
        return {"count": len(items), kind: chosen} if chosen else {}


def written(moment: datetime.datetime | None) -> str | None:
    """A time as the API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000") if moment else None


def without_empty(answer: Answer) -> Answer:
    """CloudStack leaves out what is null."""
    return {name: value for name, value in answer.items() if value is not None}
