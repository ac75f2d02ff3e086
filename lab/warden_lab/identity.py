"""The account that the daemons run as: one's own, or an unprivileged one when root starts the lab.

Root would get libvirt's system mode, and mariadbd refuses to run as root.
"""

import os
import pwd
from pathlib import Path

UNPRIVILEGED = "nobody"


def unprivileged_command(argv: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return argv
    account = pwd.getpwnam(UNPRIVILEGED)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", "--", *argv]


def give_away(path: Path) -> None:
    """Hands a file or directory (not what is in it) to the daemons' account."""
    if os.geteuid() == 0:
        account = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, account.pw_uid, account.pw_gid)


def private_directory(path: Path) -> Path:
    path.mkdir(mode=0o700)
    give_away(path)
    return path
