"""Where a lab keeps its files: one directory, which goes away with it."""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .failure import LabError

PROJECT = Path(__file__).resolve().parents[2]

# sockaddr_un holds 108 bytes, and QEMU's monitor socket is the longest path below the directory.
_LONGEST_SOCKET_SUFFIX = len("/h10/config/libvirt/qemu/lib/domain-1000-i-2-1000-VM/monitor.sock")
_SOCKET_PATH_LIMIT = 107
_MARK = ".warden-lab"


def default_directory() -> Path:
    return Path("/tmp") / f"warden-lab-{os.geteuid()}"


@dataclass(frozen=True)
class Layout:
    """The paths of one lab."""

    root: Path

    @property
    def control_socket(self) -> Path:
        return self.root / "control.sock"

    @property
    def database(self) -> Path:
        return self.root / "db"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def data(self) -> Path:
        return self.root / "data"

    def host(self, name: str) -> Path:
        return self.root / name.replace("host", "h")

    def log(self, process: str) -> Path:
        return self.logs / f"{process}.log"


def check_path(root: Path) -> None:
    closed = next((parent for parent in root.parents if parent.exists() and not parent.stat().st_mode & 0o001), None)
    if os.geteuid() == 0 and closed is not None:
        raise LabError(f"{closed} is closed to the unprivileged account that the daemons run as; choose another --dir")
    spare = _SOCKET_PATH_LIMIT - _LONGEST_SOCKET_SUFFIX
    if len(os.fsencode(root)) > spare:
        raise LabError(f"{root} is too long: QEMU's sockets leave {spare} bytes for the lab's directory (--dir)")


def lock(root: Path) -> int | None:
    """Takes the directory's lock, which a lab holds for as long as it lives. None: a lab runs there."""
    while True:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        if root.exists() and os.path.samestat(os.fstat(descriptor), root.stat()):
            return descriptor
        os.close(descriptor)  # it was removed by a lab that ended just now
        root.mkdir(mode=0o755, exist_ok=True)


def claim(root: Path) -> int:
    """Makes and locks the directory, emptying what a killed lab left there; never touches anybody else's files."""
    check_path(root)
    try:
        root.mkdir(mode=0o755, parents=True, exist_ok=True)
        if root.stat().st_uid != os.geteuid():
            raise LabError(f"{root} belongs to somebody else; choose another directory with --dir")
        descriptor = lock(root)
    except OSError as error:
        raise LabError(f"cannot use {root} for the lab ({error.strerror}); choose another with --dir") from error
    if descriptor is None:
        raise LabError(f"a lab runs in {root} already: `labctl down` ends it, --dir chooses a place for another one")
    if any(root.iterdir()) and not (root / _MARK).exists():
        raise LabError(f"{root} holds files that are not a lab's; choose another directory with --dir")
    _empty(root)
    root.chmod(0o755)  # the unprivileged account of the daemons has to pass through
    (root / _MARK).touch()
    layout = Layout(root)
    for directory in (layout.logs, layout.config, layout.data):
        directory.mkdir(mode=0o700)
    return descriptor


def _empty(root: Path) -> None:
    for entry in root.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def remove(root: Path) -> None:
    shutil.rmtree(root)


def write_secret(path: Path, text: str) -> Path:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)
    return path
