"""CloudStack's error codes, which are HTTP statuses at the same time, and the body that goes with them."""

from __future__ import annotations

import enum
from typing import Any


class Code(enum.IntEnum):
    UNAUTHORIZED = 401
    MALFORMED_PARAMETER_ERROR = 430
    PARAM_ERROR = 431
    UNSUPPORTED_ACTION_ERROR = 432
    INTERNAL_ERROR = 530


_EXCEPTION_CODES = {Code.PARAM_ERROR: 4350}  # InvalidParameterValueException
_OTHER_EXCEPTION = 9999


class ApiError(Exception):
    def __init__(self, code: Code, text: str) -> None:
        super().__init__(text)
        self.code = code

    def body(self) -> dict[str, Any]:
        return {
            "uuidList": [],
            "errorcode": int(self.code),
            "cserrorcode": _EXCEPTION_CODES.get(self.code, _OTHER_EXCEPTION),
            "errortext": str(self),
        }
