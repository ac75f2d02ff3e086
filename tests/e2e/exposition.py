"""Prometheus's text format, read strictly: whatever is not of the format is an error."""

import re
from dataclasses import dataclass

_SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)')
_LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)')
_ESCAPES = {r"\\": "\\", r"\"": '"', r"\n": "\n"}


@dataclass(frozen=True)
class Sample:
    name: str
    labels: dict[str, str]
    value: float


class Page:
    """What one scrape gave."""

    def __init__(self, text: str) -> None:
        self._samples: list[Sample] = []
        self._types: dict[str, str] = {}
        seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
        if not text.endswith("\n"):
            raise ValueError("the page does not end with a line feed")
        for line in text.splitlines():
            if line.startswith("#"):
                self._read_comment(line)
                continue
            sample = _parse(line)
            series = (sample.name, frozenset(sample.labels.items()))
            if series in seen:
                raise ValueError(f"twice on the page: {line}")
            seen.add(series)
            self._samples.append(sample)

    def everything(self) -> list[Sample]:
        return list(self._samples)

    def all(self, name: str, /, **labels: str) -> list[Sample]:
        """The series of that name with these labels, and perhaps others."""
        return [sample for sample in self._samples if sample.name == name and labels.items() <= sample.labels.items()]

    def value(self, name: str, /, **labels: str) -> float | None:
        """Of the only such series; None where there is none."""
        found = self.all(name, **labels)
        if len(found) > 1:
            raise ValueError(f"{len(found)} series, not one: {found}")
        return found[0].value if found else None

    def label(self, wanted: str, name: str, /, **labels: str) -> str | None:
        """What one label of the only such series says."""
        found = self.all(name, **labels)
        if len(found) > 1:
            raise ValueError(f"{len(found)} series, not one: {found}")
        return found[0].labels[wanted] if found else None

    def count(self, prefix: str) -> int:
        return sum(sample.name.startswith(prefix) for sample in self._samples)

    def _read_comment(self, line: str) -> None:
        words = line.split(" ", 3)
        if words[:2] == ["#", "TYPE"]:
            if words[2] in self._types:
                raise ValueError(f"a second type: {line}")
            self._types[words[2]] = words[3]


def _parse(line: str) -> Sample:
    match = _SAMPLE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a sample: {line!r}")
    name, inside, value = match.groups()
    return Sample(name, _labels(inside or "", line), float(value))


def _labels(text: str, line: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    position = 0
    while position < len(text):
        match = _LABEL.match(text, position)
        if match is None or match.group(1) in labels:
            raise ValueError(f"not labels: {line!r}")
        labels[match.group(1)] = re.sub(r"\\.", lambda escape: _ESCAPES[escape.group()], match.group(2))
        position = match.end()
    return labels
