"""Chromium as an operator uses it: pages are opened, fields are filled in, buttons are clicked where they are drawn.

It is driven over its DevTools protocol, which it speaks on a pair of pipes (--remote-debugging-pipe): no port, no library.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from waiting import eventually

_STARTS_WITHIN = 60
_ANSWERS_WITHIN = 30
_LOADS_WITHIN = 30
_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", "about:blank")


def _end_of_pipe(descriptor: int) -> int:
    """The same end under a number that is not needed for anything else."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return moved


class Chromium:
    """One browser with one page; ends with close()."""

    def __init__(self) -> None:
        self._profile = tempfile.mkdtemp(prefix="warden-chromium-")
        its_input, self._input = (_end_of_pipe(end) for end in os.pipe())
        self._output, its_output = (_end_of_pipe(end) for end in os.pipe())
        command = ["chromium", f"--user-data-dir={self._profile}", *_OPTIONS]
        # Chromium reads descriptor 3 and writes descriptor 4.
        self._process = subprocess.Popen(["bash", "-c", f'exec "$@" 3<&{its_input} 4>&{its_output}', "bash", *command],
                                         pass_fds=(its_input, its_output), stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(its_input)
        os.close(its_output)
        self._unread = b""
        self._asked = 0
        self._session: str | None = None
        targets = self._call("Target.getTargets", within=_STARTS_WITHIN)["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self._session = self._call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        self._call("Page.enable")

    def close(self) -> None:
        os.close(self._input)
        try:
            self._process.wait(_ANSWERS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._output)
        shutil.rmtree(self._profile, ignore_errors=True)

    def be_as_wide_as(self, pixels: int, dark: bool = False) -> None:
        self._call("Emulation.setDeviceMetricsOverride", width=pixels, height=844, deviceScaleFactor=1, mobile=pixels < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, url: str) -> None:
        self._leave(lambda: self._call("Page.navigate", url=url))

    def fill_in(self, selector: str, text: str) -> None:
        self._click_at(selector)
        self._call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Clicks what stays on the page: a field, a line that opens."""
        self._click_at(selector)

    def follow(self, selector: str) -> None:
        """Clicks what leads to another page, and waits for that."""
        self._leave(lambda: self._click_at(selector))

    def has(self, selector: str) -> bool:
        return self.evaluate(f"document.querySelector({json.dumps(selector)}) !== null")

    @property
    def text(self) -> str:
        return self.evaluate("document.body.innerText")

    @property
    def path(self) -> str:
        return self.evaluate("location.pathname")

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return self.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def cookies(self) -> list[dict[str, Any]]:
        return self._call("Network.getCookies")["cookies"]

    def forget_cookies(self) -> None:
        self._call("Network.clearBrowserCookies")

    def photograph(self, path: Path) -> None:
        """The whole page, not only what the window shows."""
        shot = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def evaluate(self, expression: str) -> Any:
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def _leave(self, step: Any) -> None:
        """Does the step, and waits until another document stands there whole."""
        self.evaluate("window.isTheFormerPage = true")
        step()
        eventually("another page is loaded", _LOADS_WITHIN, self._is_loaded_anew)

    def _is_loaded_anew(self) -> bool:
        return self.evaluate("window.isTheFormerPage === undefined && document.readyState === 'complete'"
                             " && location.href !== 'about:blank'")

    def _click_at(self, selector: str) -> None:
        if not self.has(selector):
            raise AssertionError(f"no {selector} on {self.path}: {self.text}")
        place = self.evaluate(f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
                              " e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                              " return {x: r.x + r.width / 2, y: r.y + r.height / 2, width: r.width, height: r.height}; })()")
        if place["width"] == 0 or place["height"] == 0:
            raise AssertionError(f"{selector} on {self.path} is not to be seen")
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=place["x"], y=place["y"], button="left", clickCount=1)

    def _call(self, method: str, within: float = _ANSWERS_WITHIN, **parameters: Any) -> dict[str, Any]:
        self._asked += 1
        message = {"id": self._asked, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._input, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + within
        while True:
            answer = self._read(deadline, method)
            if answer.get("id") == self._asked:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]

    def _read(self, deadline: float, method: str) -> dict[str, Any]:
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._output], [], [], max(0.0, deadline - time.monotonic()))
            piece = os.read(self._output, 65536) if ready else b""
            if not piece:
                raise AssertionError(f"Chromium {'has ended' if ready else 'did not answer in time'}, asked for {method}")
            self._unread += piece
        message, self._unread = self._unread.split(b"\0", 1)
        return json.loads(message)
