"""Waiting on a condition, always with a deadline."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from .failure import LabError

Answer = TypeVar("Answer")

_PAUSE_BETWEEN_LOOKS = 0.02


def wait_until(what: str, deadline: float, look: Callable[[], Answer]) -> Answer:
    """Looks until the answer is truthy and returns it; fails with `what` after `deadline` seconds."""
    end = time.monotonic() + deadline
    while not (answer := look()):
        if time.monotonic() > end:
            raise LabError(f"waited {deadline:g} s for {what}, in vain")
        time.sleep(_PAUSE_BETWEEN_LOOKS)
    return answer


def within(what: str, deadline: float, action: Callable[[], Answer]) -> Answer:
    """Runs an action that knows no deadline of its own (a libvirt call) and gives up on it after `deadline` seconds."""
    outcome: dict[str, object] = {}

    def run() -> None:
        try:
            outcome["answer"] = action()
        except BaseException as failure:  # handed to the caller below, whatever it is
            outcome["failure"] = failure

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    worker.join(deadline)
    if worker.is_alive():
        raise LabError(f"{what} did not answer within {deadline:g} s")
    if "failure" in outcome:
        raise outcome["failure"]
    return outcome["answer"]
