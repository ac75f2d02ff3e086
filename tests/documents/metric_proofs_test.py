"""The page that says what proves each metric is what the tests say."""

import subprocess
import unittest
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]


class MetricProofs(unittest.TestCase):
    def test_every_metric_has_a_proof_and_the_page_names_it(self) -> None:
        done = subprocess.run([_ROOT / "tools" / "metric_proofs", "--check"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((0, ""), (done.returncode, done.stderr))


if __name__ == "__main__":
    unittest.main()
