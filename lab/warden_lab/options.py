"""What `labctl up` was asked for."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from management_server import schemas
from management_server.defects import Defect

from . import database_flavours, programs
from .layout import PROJECT

DEFECTS = [defect.value for defect in Defect]
BINARIES = PROJECT / "build" / "release" / "bin"


@dataclass(frozen=True)
class Options:
    hosts: int = 3
    vms: int = 8
    ha: int = 2
    defect: str = "none"
    database: str = database_flavours.MARIADB
    schema: str = schemas.DEFAULT
    programs: list[str] = field(default_factory=lambda: list(programs.ORDINARY))
    binaries: str = str(BINARIES)
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def binary_directory(self) -> Path:
        return Path(self.binaries)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> "Options":
        return Options(**json.loads(text))
