"""The status page in a real browser, at the width of a desk and of a telephone: an operator signs in, looks, and decides."""

import os
import tempfile
import unittest
from pathlib import Path

import web
from chromium import Chromium
from lab_case import LabCase
from waiting import eventually

_FIRES_WITHIN = 60
_ENDS_WITHIN = 90
_DESK = 1280
_TELEPHONE = 390


class TheStatusPage(LabCase):
    up_options = ("--defect", "10406", "--vms", "6", "--ha", "0", "--set", "controller.remedies.stop_sync.mode=approve")

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)
        cls.pictures = Path(os.environ.get("WARDEN_PICTURES") or tempfile.mkdtemp(prefix="warden-pictures-"))
        cls.url = cls.lab["controller_url"]

    def sign_in(self, width: int) -> None:
        self.browser.forget_cookies()
        self.browser.be_as_wide_as(width)
        self.browser.open(f"{self.url}/")
        self.look(f"sign-in-{width}")
        self.browser.fill_in("input[name=name]", "jana")
        self.browser.fill_in("input[name=token]", self.lab["operator_token"])
        self.browser.follow("main button")
        self.assertIn("Drifted now", self.browser.text)

    def look(self, name: str) -> None:
        """What is too wide for its window cannot be read on a telephone."""
        self.browser.photograph(self.pictures / f"{name}.png")
        self.assertLessEqual(self.browser.overflow, 0, f"{name} is wider than its window")

    def approve_by_clicking(self, width: int) -> None:
        vm = self.take_vm()
        self.lab.fault("destroy", vm)
        number = self.eventually_action(vm, _FIRES_WITHIN, "awaiting_approval")["id"]
        self.sign_in(width)
        self.look(f"waiting-{width}")
        self.assertIn("Waiting for your approval", self.browser.text)
        self.browser.follow(f"#approval a.button[href='/actions/{number}']")
        self.look(f"action-{width}")
        self.browser.click("#approve summary")
        self.browser.fill_in("#approve input[name=reason]", "the host was rebuilt")
        self.look(f"approve-{width}")
        self.browser.follow("#approve button")

        self.assertEqual(f"/actions/{number}", self.browser.path)
        action = self.eventually_action(vm, _ENDS_WITHIN, "succeeded")
        self.assertEqual("Stopped", self.lab.record(vm)["state"])
        notes = " ".join(step["note"] for step in self.controller.action(action["id"])["steps"])
        self.assertIn("jana", notes)
        self.assertIn("the host was rebuilt", notes)
        self.browser.open(f"{self.url}/")
        self.look(f"done-{width}")
        self.assertIn("succeeded", self.browser.text)

    def pause_by_clicking(self, width: int) -> None:
        self.sign_in(width)
        self.browser.follow("#remedies a[href='/pause?scope=remedy&subject=stop_sync']")
        self.look(f"pause-{width}")
        self.browser.fill_in("input[name=reason]", f"works at {width}")
        self.browser.follow("main form button")
        eventually("the pause is on the page", _FIRES_WITHIN, lambda: self.browser.text,
                   lambda text: f"works at {width}" in text)
        self.look(f"paused-{width}")

        self.browser.follow("#paused a[href^='/pauses/']")
        self.look(f"end-pause-{width}")
        self.browser.fill_in("input[name=reason]", "works are over")
        self.browser.follow("main form button")
        self.assertIn("Nothing is paused", self.browser.text)

    def test_an_action_is_approved_by_clicking_at_a_desk(self):
        self.approve_by_clicking(_DESK)

    def test_an_action_is_approved_by_clicking_on_a_telephone(self):
        self.approve_by_clicking(_TELEPHONE)

    def test_a_remedy_is_paused_by_clicking_at_a_desk(self):
        self.pause_by_clicking(_DESK)

    def test_a_remedy_is_paused_by_clicking_on_a_telephone(self):
        self.pause_by_clicking(_TELEPHONE)

    def test_the_page_is_readable_in_the_dark(self):
        self.sign_in(_TELEPHONE)
        self.browser.be_as_wide_as(_TELEPHONE, dark=True)
        self.look("dark")
        ground = self.browser.evaluate("getComputedStyle(document.body).backgroundColor")
        self.assertLess(sum(int(part) for part in ground.strip("rgb()").split(",")), 3 * 64, ground)

    def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(self):
        self.sign_in(_DESK)
        cookie = next(cookie for cookie in self.browser.cookies() if cookie["name"] == "warden-session")
        self.assertTrue(cookie["httpOnly"])
        self.assertEqual("Strict", cookie["sameSite"])
        self.assertGreaterEqual(len(cookie["value"]), 64)

    def test_a_form_of_another_site_does_nothing(self):
        self.sign_in(_DESK)
        secret = next(cookie["value"] for cookie in self.browser.cookies() if cookie["name"] == "warden-session")
        answer = web.post(f"{self.url}/pause", b"scope=all&reason=evil&for=1d",
                          {"Cookie": f"warden-session={secret}", "Origin": "http://evil.example",
                           "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(403, answer.status)
        self.browser.open(f"{self.url}/")
        self.assertIn("Nothing is paused", self.browser.text)

    def test_strangers_learn_nothing(self):
        for path in ("/", "/actions/1", f"/vms/{self.lab['vms'][0]['id']}"):
            answer = web.get(f"{self.url}{path}")
            self.assertEqual(403, answer.status)
            self.assertNotIn(self.lab["vms"][0]["name"], answer.text)


if __name__ == "__main__":
    unittest.main()
