"""The log: one line per event, `2026-01-02T03:04:05.678Z KIND key=value ...`. Tests read it, so kinds are a contract."""

from __future__ import annotations

import pathlib
import shlex
import threading

from .clock import utc_now


class Log:
    def __init__(self, path: pathlib.Path) -> None:
        # Line buffering: a line is in the file before anything happens after it.
        self._file = path.open("a", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    def write(self, kind: str, **fields: object) -> None:
        moment = utc_now().isoformat(timespec="milliseconds") + "Z"
        pairs = "".join(f" {name}={_text(value)}" for name, value in fields.items())
        with self._lock:
            self._file.write(f"{moment} {kind}{pairs}\n")


def _text(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    return shlex.quote(" ".join(str(value).split())) if value != "" else "''"
