"""Finds the includes of a source tree that its house forbids."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from house import Rule, TextRule

FOLDERS = ("inventory", "service", "exporter", "controller", "wardenctl", "tests", "bench")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


@dataclass(frozen=True)
class Violation:
    place: str
    found: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.found}: {self.reason}"


def sources(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                yield path


def forbids(rule: Rule, path: str, include: str) -> bool:
    if not path.startswith(rule.layer) or path.startswith(rule.except_in):
        return False
    if rule.headers_only and not path.endswith(".hpp"):
        return False
    return include.startswith(rule.forbidden) and not include.startswith(rule.allowed)


def violations(root: Path, rules: Iterable[Rule], text_rules: Iterable[TextRule]) -> list[Violation]:
    found = []
    for source in sources(root):
        path = source.relative_to(root).as_posix()
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
            place = f"{path}:{number}"
            include = INCLUDE.match(line)
            if include:
                found += [Violation(place, f"includes {include[1]}", rule.reason)
                          for rule in rules if forbids(rule, path, include[1])]
            found += [Violation(place, f"has {match[0]}", rule.reason) for rule in text_rules
                      if path.startswith(rule.layer) and (match := re.search(rule.pattern, line))]
    return found
