"""How labctl talks to the supervisor: one line of JSON each way, over a Unix socket in the lab's directory."""

import json
import logging
import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .failure import LabError

Request = dict[str, Any]
Handler = Callable[[Request], Any]

# The slowest request is a restart of a program or of the database.
_ANSWER_DEADLINE = 120


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    handler: Handler


class _Connection(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        line = self.rfile.readline()
        if not line:
            return  # somebody looked whether we listen
        try:
            answer = {"answer": self.server.handler(json.loads(line))}
        except LabError as error:
            answer = {"error": str(error)}
        except Exception as error:
            logging.exception("request %s", line)
            answer = {"error": f"the supervisor failed: {error!r}; see its log"}
        self.wfile.write(json.dumps(answer).encode() + b"\n")


def serve(path: Path, handler: Handler) -> None:
    """Answers requests on threads of its own, for as long as this process lives."""
    server = _Server(str(path), _Connection)
    path.chmod(0o600)
    server.handler = handler
    threading.Thread(target=server.serve_forever, daemon=True).start()


def ask(path: Path, request: Request) -> Any:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_ANSWER_DEADLINE)
            connection.connect(str(path))
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile() as answers:
                line = answers.readline()
    except (FileNotFoundError, ConnectionError, PermissionError) as error:
        raise LabError(f"no lab of yours runs in {path.parent}: `labctl up` starts one, --dir chooses another") from error
    except TimeoutError as error:
        raise LabError(f"the lab in {path.parent} did not answer within {_ANSWER_DEADLINE} s") from error
    if not line:
        raise LabError(f"the lab in {path.parent} went down meanwhile")
    answer = json.loads(line)
    if "error" in answer:
        raise LabError(answer["error"])
    return answer["answer"]
