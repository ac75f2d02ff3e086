"""Which server a lab starts, and what is said when it is not there."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from warden_lab import database_flavours
from warden_lab.failure import LabError


class Flavours(unittest.TestCase):
    def setUp(self) -> None:
        roots = tempfile.TemporaryDirectory(dir="/tmp")
        self.addCleanup(roots.cleanup)
        self.roots = Path(roots.name)
        self.roots.chmod(0o755)
        patch = mock.patch.object(database_flavours, "_ROOTS", self.roots)
        patch.start()
        self.addCleanup(patch.stop)

    def test_debians_own_is_taken_from_the_path(self) -> None:
        self.assertEqual("mariadbd", database_flavours.find("mariadb").serve(Path("/lab"))[0])

    def test_one_that_was_not_fetched_is_named_with_what_fetches_it(self) -> None:
        with self.assertRaisesRegex(LabError, "`tools/setup_database mysql` fetches it"):
            database_flavours.find("mysql")

    def test_one_that_was_fetched_runs_from_where_it_is(self) -> None:
        for name, program in (("mysql", "mysqld"), ("mariadb-11.8", "mariadbd")):
            (self.roots / name).mkdir(mode=0o755)
            command = database_flavours.find(name).serve(Path("/lab"))
            self.assertEqual(f"{self.roots}/{name}/usr/sbin/{program}", command[0])
            self.assertIn("--datadir=/lab/data", command)

    def test_a_directory_that_the_daemons_cannot_enter_is_named(self) -> None:
        (self.roots / "mysql").mkdir(mode=0o700)
        with mock.patch("os.geteuid", return_value=0), self.assertRaisesRegex(LabError, "chmod o\\+x"):
            database_flavours.find("mysql")


if __name__ == "__main__":
    unittest.main()
