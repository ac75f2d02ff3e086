"""What has to be installed, and what installs it."""

import shutil

from .failure import LabError

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_COMMANDS = {
    "mariadbd": "mariadb-server-core", "mariadb-install-db": "mariadb-server-core", "libvirtd": "libvirt-daemon",
    "qemu-system-x86_64": "qemu-system-x86", "prometheus": "prometheus",
    "prometheus-alertmanager": "prometheus-alertmanager",
}


def check_commands() -> None:
    missing = [package for command, package in _COMMANDS.items() if shutil.which(command, path=_PATH) is None]
    if missing:
        raise LabError(f"not installed: {', '.join(sorted(set(missing)))}; `tools/setup lab` installs what is missing")


def check_modules() -> None:
    missing = [package for module, package in
               (("libvirt", "python3-libvirt"), ("pymysql", "python3-pymysql"), ("yaml", "python3-yaml"))
               if not _can_import(module)]
    if missing:
        raise LabError(f"not installed: {', '.join(missing)}; `tools/setup lab` installs what is missing")


def _can_import(module: str) -> bool:
    try:
        __import__(module)
    except ImportError:
        return False
    return True
