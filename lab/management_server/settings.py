"""The settings file of the management server."""

from __future__ import annotations

import json
import pathlib
from dataclasses import dataclass

from .database import DatabaseSettings
from .defects import Defect


@dataclass(frozen=True)
class Address:
    host: str
    port: int


@dataclass(frozen=True)
class Settings:
    database: DatabaseSettings
    libvirt_uri: str  # {private_ip} stands for the host's address
    api: Address
    control: Address
    defect: Defect
    log: pathlib.Path


def read(path: pathlib.Path) -> Settings:
    """Raises ValueError with one sentence when the file is not as it must be."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Settings(
            database=DatabaseSettings(**values["database"]),
            libvirt_uri=values["libvirt_uri"],
            api=Address(**values["api"]),
            control=Address(**values["control"]),
            defect=Defect(values.get("defect", "none")),
            log=pathlib.Path(values["log"]),
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no settings file of the management server: {error!r}") from error
