"""What a move is asked for, and how it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..database import Row
from ..events import Caller


class InvalidParameter(Exception):
    """CloudStack's InvalidParameterValueException: error 431."""


class PermissionDenied(Exception):
    """CloudStack's PermissionDeniedException."""


class Unable(Exception):
    """CloudStack's CloudRuntimeException."""


@dataclass(frozen=True)
class MoveRequest:
    """Networks and security groups as rows and names; empty where none were named."""

    vm_id: int
    account_name: str | None
    domain: Row | None
    networks: Sequence[Row]
    security_groups: Sequence[str]
    caller: Caller


@dataclass(frozen=True)
class Move:
    """A request that CloudStack has found nothing against."""

    request: MoveRequest
    vm: Row
    old_account: Row
    new_account: Row
    offering: Row
    volumes: Sequence[Row]
