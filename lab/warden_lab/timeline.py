"""A timeline on the terminal: one line for each thing that changed, with the time since the fault."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fact:
    """A sentence, and what in it must change for it to be news."""

    text: str = field(compare=False)
    essence: object

    def __str__(self) -> str:
        return self.text


Facts = dict[str, str | Fact]


class Timeline:
    def __init__(self) -> None:
        self._known: Facts = {}
        self._zero = time.monotonic()

    def start(self) -> None:
        """The fault happens now."""
        self._zero = time.monotonic()

    def elapsed(self) -> float:
        return time.monotonic() - self._zero

    def learn(self, facts: Facts) -> None:
        """Takes facts for known without printing them: how things were before the fault."""
        self._known |= facts

    def follow(self, source: str, facts: Facts) -> None:
        """Prints each fact that is new or has changed."""
        for key, fact in facts.items():
            if self._known.get(key) != fact:
                self._known[key] = fact
                self.say(source, str(fact))

    def say(self, source: str, text: str) -> None:
        print(f"{self.elapsed():+7.1f} s  {source:12} {text}", flush=True)
