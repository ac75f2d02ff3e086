"""Signed requests: CloudStack's HMAC over the sorted parameters, and the time until which they are valid."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import urllib.parse
from collections.abc import Mapping

from ..clock import utc_now
from ..cloud import Cloud
from ..database import one_row
from ..events import Caller
from .errors import ApiError, Code

_REFUSED = "unable to verify user credentials and/or request signature"


def base_string(parameters: Mapping[str, str]) -> str:
    """Sorted by name as sent, values encoded as Java's URLEncoder does, and only then lower case."""
    pairs = (f"{name}={_encoded(parameters[name])}" for name in sorted(parameters) if name != "signature")
    return "&".join(pairs).lower()


def sign(parameters: Mapping[str, str], secret_key: str) -> str:
    digest = hmac.new(secret_key.encode(), base_string(parameters).encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def authenticate(cloud: Cloud, parameters: Mapping[str, str]) -> Caller:
    """Whose request this is. Raises ApiError 401 when that cannot be verified."""
    with cloud.database.transaction() as sql:
        user = one_row(
            sql,
            "SELECT u.*, a.domain_id FROM user u JOIN account a ON a.id = u.account_id"
            " WHERE u.api_key = %s AND u.state = 'enabled' AND u.removed IS NULL"
            " AND a.state = 'enabled' AND a.removed IS NULL",
            parameters.get("apiKey", parameters.get("apikey", "")),
        )
    if user is None or user.get("api_key_access") == 0:  # the column came with 4.20.1
        raise ApiError(Code.UNAUTHORIZED, _REFUSED)
    expected = sign(parameters, user["secret_key"])
    if not hmac.compare_digest(expected.encode(), parameters.get("signature", "").encode()):
        raise ApiError(Code.UNAUTHORIZED, _REFUSED)
    check_expiry(parameters, utc_now())
    return Caller(user["id"], user["account_id"], user["domain_id"])


def check_expiry(parameters: Mapping[str, str], now: datetime.datetime) -> None:
    """signatureVersion=3 makes `expires` mandatory; any other version ignores it."""
    if parameters.get("signatureVersion", parameters.get("signatureversion")) != "3":
        return
    text = parameters.get("expires", "")
    try:
        expires = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise ApiError(Code.UNAUTHORIZED, f"{_REFUSED}: expires is missing or malformed") from None
    if expires.tzinfo is None:
        raise ApiError(Code.UNAUTHORIZED, f"{_REFUSED}: expires has no time zone")
    if expires < now.replace(tzinfo=datetime.timezone.utc):
        raise ApiError(Code.UNAUTHORIZED, f"{_REFUSED}: the request has expired")


def _encoded(value: str) -> str:
    return urllib.parse.quote(value, safe="*").replace("~", "%7E")
