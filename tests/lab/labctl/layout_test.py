import os
import tempfile
import unittest
from pathlib import Path

from warden_lab import layout
from warden_lab.failure import LabError


class Claim(unittest.TestCase):
    def setUp(self) -> None:
        parent = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(parent.cleanup)
        os.chmod(parent.name, 0o755)  # the daemons' account has to get in
        self.root = Path(parent.name) / "lab"

    def _claim(self) -> int:
        descriptor = layout.claim(self.root)
        self.addCleanup(os.close, descriptor)
        return descriptor

    def test_makes_a_locked_directory(self) -> None:
        self._claim()
        self.assertTrue(self.root.is_dir())
        with self.assertRaisesRegex(LabError, "a lab runs in .* already"):
            layout.claim(self.root)

    def test_empties_what_a_killed_lab_left(self) -> None:
        os.close(layout.claim(self.root))
        (self.root / "log" / "mariadb.log").write_text("old")
        self._claim()
        self.assertEqual(list((self.root / "log").iterdir()), [])

    def test_never_touches_files_that_are_not_a_labs(self) -> None:
        self.root.mkdir()
        (self.root / "thesis.txt").write_text("years of work")
        with self.assertRaisesRegex(LabError, "not a lab's"):
            layout.claim(self.root)
        self.assertEqual((self.root / "thesis.txt").read_text(), "years of work")

    def test_refuses_a_symbolic_link(self) -> None:
        self.root.symlink_to(tempfile.gettempdir())
        with self.assertRaises(LabError):
            layout.claim(self.root)

    def test_refuses_a_path_that_is_too_long_for_qemus_sockets(self) -> None:
        with self.assertRaisesRegex(LabError, "too long"):
            layout.claim(Path("/tmp") / ("x" * 60))

    def test_secrets_are_for_their_owner_alone(self) -> None:
        path = layout.write_secret(self.root.parent / "token", "secret")
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()
