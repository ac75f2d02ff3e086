"""The arrows of the house point down only."""

import tempfile
import unittest
from pathlib import Path

from house import RULES, TEXT_RULES, Rule
from includes import FOLDERS, sources, violations

ROOT = Path(__file__).resolve().parent.parent.parent


def file_bound_by(rule: Rule) -> str:
    """A path that the rule binds: below its layer, or in any program when it binds all of them."""
    ending = "example.hpp" if rule.headers_only else "example.cpp"
    return f"{rule.layer.rstrip('/') or 'exporter'}/{ending}"


class Layering(unittest.TestCase):
    def test_no_source_includes_what_its_layer_forbids(self):
        found = violations(ROOT, RULES, TEXT_RULES)
        self.assertEqual([], found, "\n" + "\n".join(map(str, found)))

    def test_the_tree_is_really_read(self):
        self.assertGreater(len(list(sources(ROOT))), 20)

    def test_every_rule_is_about_a_folder_that_exists(self):
        for rule in (*RULES, *TEXT_RULES):
            self.assertTrue((ROOT / rule.layer).is_dir(), f"no folder {rule.layer}: {rule.reason}")

    def test_every_folder_with_sources_is_read(self):
        unread = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("*/**/*.cpp")} - {*FOLDERS, "build"}
        self.assertEqual(set(), unread)


class EachRuleBites(unittest.TestCase):
    """A rule that can never be broken guards nothing: each is broken here once, in a tree of its own."""

    def found_in(self, path: str, text: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, path)
            source.parent.mkdir(parents=True)
            source.write_text(text, encoding="utf-8")
            return [violation.reason for violation in violations(Path(folder), RULES, TEXT_RULES)]

    def test_every_forbidden_include_is_found_and_explained(self):
        for rule in RULES:
            for name in rule.forbidden:
                include = f"{name}x.hpp" if name.endswith("/") else name
                with self.subTest(layer=rule.layer, include=include):
                    self.assertIn(rule.reason, self.found_in(file_bound_by(rule), f"#include <{include}>\n"))

    def test_what_a_rule_allows_is_not_found(self):
        for rule in RULES:
            for name in rule.allowed:
                with self.subTest(layer=rule.layer, include=name):
                    self.assertNotIn(rule.reason, self.found_in(file_bound_by(rule), f'#include "{name}x.hpp"\n'))

    def test_every_forbidden_text_is_found(self):
        for rule in TEXT_RULES:
            with self.subTest(layer=rule.layer, text=rule.example):
                self.assertIn(rule.reason, self.found_in(f"{rule.layer.rstrip('/')}/example.cpp", rule.example))


if __name__ == "__main__":
    unittest.main()
