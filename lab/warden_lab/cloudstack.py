"""The lab's CloudStack as faults need it: its control port, and the events that it writes."""

import json
from typing import Any

from management_server import events
from management_server.database import Row
from pymysql.cursors import DictCursor

from . import web
from .failure import LabError
from .inventory import Status


def tell(status: Status, path: str) -> dict[str, Any]:
    url = status["management_server"]["control_url"] + path
    try:
        code, body = web.request(url, "POST", timeout=20)
    except OSError as error:
        raise LabError("the management server does not answer; `labctl program start management-server` starts it") from error
    if code != 200:
        raise LabError(f"the management server refuses {path}: {body.strip()}")
    return json.loads(body)


def write_move_event(sql: DictCursor, vm: Row, succeeded: bool) -> None:
    """CloudStack's one row per call of assignVirtualMachine."""
    events.move(sql, events.SYSTEM, vm, succeeded)
