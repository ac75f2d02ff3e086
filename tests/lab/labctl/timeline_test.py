import contextlib
import io
import unittest

from warden_lab.timeline import Fact, Timeline


class TimelineOnTheTerminal(unittest.TestCase):
    def setUp(self) -> None:
        self.timeline = Timeline()
        self.output = io.StringIO()
        redirect = contextlib.redirect_stdout(self.output)
        redirect.__enter__()
        self.addCleanup(redirect.__exit__, None, None, None)

    def _printed(self) -> list[str]:
        return [line.split(maxsplit=3)[3] for line in self.output.getvalue().splitlines()]

    def test_says_each_change_once(self) -> None:
        for state in ("Running", "Running", "Stopped"):
            self.timeline.follow("cloudstack", {"vm": state})
        self.assertEqual(self._printed(), ["Running", "Stopped"])

    def test_what_was_known_before_is_no_news(self) -> None:
        self.timeline.learn({"vm": "Running"})
        self.timeline.follow("cloudstack", {"vm": "Running"})
        self.assertEqual(self._printed(), [])

    def test_a_fact_is_news_only_when_its_essence_changes(self) -> None:
        for text, passes in (("holds: 1 s of 3 s", False), ("holds: 2 s of 3 s", False), ("passes: 3 s of 3 s", True)):
            self.timeline.follow("controller", {"grace": Fact(text, passes)})
        self.assertEqual(self._printed(), ["holds: 1 s of 3 s", "passes: 3 s of 3 s"])


if __name__ == "__main__":
    unittest.main()
