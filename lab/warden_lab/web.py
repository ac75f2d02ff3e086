"""HTTP on loopback, past any proxy that the environment names."""

import urllib.error
import urllib.request

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def request(url: str, method: str = "GET", headers: dict[str, str] | None = None,
            timeout: float = 5) -> tuple[int, str]:
    """Status and body, whatever the status is; OSError when nobody answers."""
    question = urllib.request.Request(url, method=method, headers=headers or {})
    try:
        with _OPENER.open(question, timeout=timeout) as response:
            return response.status, response.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
