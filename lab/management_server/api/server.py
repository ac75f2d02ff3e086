"""The API's HTTP server: GET and POST on /client/api, and the lab's ways to make it slow, failing or mute."""

from __future__ import annotations

import http.server
import json
import urllib.parse
from dataclasses import dataclass
from typing import Any

from ..operations import Operations
from ..settings import Address
from . import signature
from .commands import COMMANDS
from .errors import ApiError, Code
from .request import Request

_PATH = "/client/api"
_LARGEST_BODY = 1 << 20
_CONTENT_TYPE = "application/json;charset=UTF-8"


@dataclass
class Mode:
    """How the API answers; changed by the control port."""

    name: str = "ok"  # ok, slow, fail, off
    seconds: float = 5.0  # slow: how long each answer takes after the work was accepted


class ApiServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: Address, operations: Operations, mode: Mode) -> None:
        super().__init__((address.host, address.port), _Handler)
        self.operations = operations
        self.mode = mode

    def verify_request(self, request: Any, client_address: Any) -> bool:
        return self.mode.name != "off"  # refused here, the connection is closed without an answer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away; everything else is answered by the handler."""
        self.operations.cloud.log.write("api-connection-lost")


class _Handler(http.server.BaseHTTPRequestHandler):
    server: ApiServer
    protocol_version = "HTTP/1.1"
    server_version = "CloudStack"
    timeout = 60

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _LARGEST_BODY:
            self.close_connection = True  # what follows is not read
            self._send(400, {"errorresponse": ApiError(Code.MALFORMED_PARAMETER_ERROR, "no usable body").body()})
            return
        self._answer(self.rfile.read(int(length)).decode("utf-8", errors="replace"))

    def log_message(self, format: str, *args: object) -> None:
        """The log of the management server has its own line for each request."""

    def _answer(self, form: str) -> None:
        url = urllib.parse.urlsplit(self.path)
        if url.path != _PATH:
            self._send(404, {"errorresponse": ApiError(Code.UNSUPPORTED_ACTION_ERROR, f"the API is at {_PATH}").body()})
            return
        parameters = _parameters(url.query, form)
        command = parameters.get("command", "")
        status, answer = self._execute(command, parameters)
        key = command.lower() + "response" if command in COMMANDS else "errorresponse"
        cloud, mode = self.server.operations.cloud, self.server.mode
        entity = parameters.get("id") or parameters.get("virtualmachineid") or parameters.get("jobid")
        cloud.log.write("api-request", command=command, id=entity, result=status, method=self.command)
        if mode.name == "slow":
            cloud.stopping.wait(mode.seconds)
        self._send(status, {key: answer})

    def _execute(self, command: str, parameters: dict[str, str]) -> tuple[int, dict[str, Any]]:
        operations = self.server.operations
        try:
            if self.server.mode.name == "fail":
                raise ApiError(Code.INTERNAL_ERROR, "Internal error executing command, please contact your administrator")
            if parameters.get("response") != "json":
                raise ApiError(Code.MALFORMED_PARAMETER_ERROR, "this server answers in JSON only: send response=json")
            caller = signature.authenticate(operations.cloud, parameters)
            if command not in COMMANDS:
                raise ApiError(
                    Code.UNSUPPORTED_ACTION_ERROR,
                    f"The given command '{command}' either does not exist, is not available for user",
                )
            return 200, COMMANDS[command](Request(command, parameters, caller, operations))
        except ApiError as error:
            return int(error.code), error.body()
        except Exception as error:  # CloudStack answers 530 to everything that it did not expect
            operations.cloud.log.write("api-error", command=command, error=repr(error))
            return int(Code.INTERNAL_ERROR), ApiError(Code.INTERNAL_ERROR, str(error)).body()

    def _send(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body, default=str).encode()
        self.send_response(status)
        self.send_header("Content-Type", _CONTENT_TYPE)
        self.send_header("Content-Length", str(len(content)))
        for error in body.values():
            if "errortext" in error:
                self.send_header("X-Description", urllib.parse.quote(error["errortext"], safe=" :/,.()'"))
        self.end_headers()
        self.wfile.write(content)


def _parameters(query: str, form: str) -> dict[str, str]:
    """Query and form merged; of a name that comes twice, the first value."""
    merged: dict[str, str] = {}
    for name, value in urllib.parse.parse_qsl(f"{query}&{form}", keep_blank_values=True):
        merged.setdefault(name, value)
    return merged
