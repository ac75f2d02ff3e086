"""A small HTTP client that takes every answer as an answer."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import Any

TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def get(url: str, headers: dict[str, str] | None = None) -> Answer:
    return _send(urllib.request.Request(url, headers=headers or {}))


def post(url: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    return _send(urllib.request.Request(url, data=body, headers=headers or {}, method="POST"))


def post_json(url: str, value: Any, headers: dict[str, str] | None = None) -> Answer:
    return post(url, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _send(request: urllib.request.Request) -> Answer:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
