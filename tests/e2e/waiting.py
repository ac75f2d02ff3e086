"""Waiting for conditions: every wait has a deadline, and says what it saw last when that is over."""

import time
from collections.abc import Callable
from typing import TypeVar

_LOOK_SECONDS = 0.2

Seen = TypeVar("Seen")


def eventually(what: str, within: float, look: Callable[[], Seen], holds: Callable[[Seen], bool] = bool) -> Seen:
    """Looks until what it sees `holds`, and returns that."""
    deadline = time.monotonic() + within
    while True:
        seen = look()
        if holds(seen):
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within:g} s: {what}; last seen: {seen!r}")
        time.sleep(_LOOK_SECONDS)


def stays(what: str, seconds: float, look: Callable[[], Seen], holds: Callable[[Seen], bool] = bool) -> None:
    """Looks for so long and demands that it `holds` every time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen = look()
        if not holds(seen):
            raise AssertionError(f"did not stay so for {seconds:g} s: {what}; seen: {seen!r}")
        time.sleep(_LOOK_SECONDS)
