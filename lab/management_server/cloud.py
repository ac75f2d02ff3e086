"""What every part of the management server works with."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from .database import Database
from .defects import Defect
from .log import Log


@dataclass
class Cloud:
    database: Database
    log: Log
    libvirt_uri: str
    management_server_id: int  # mshost.msid
    defect: Defect = Defect.none  # changed by the control port
    stopping: threading.Event = field(default_factory=threading.Event)
