"""Runs the management server in the foreground until SIGTERM or SIGINT: `python3 -m management_server --config FILE`."""

from __future__ import annotations

import argparse
import os
import pathlib
import signal
import sys
import threading

import pymysql

from . import settings
from .server import ManagementServer


def main() -> int:
    arguments = _arguments()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        server = ManagementServer(settings.read(arguments.config))
        server.start()
    except (ValueError, LookupError, OSError, pymysql.err.MySQLError) as error:
        print(f"management_server: cannot start: {error}", file=sys.stderr)
        return 1
    print("ready", flush=True)
    stop.wait()
    try:
        server.stop()
    except pymysql.err.MySQLError as error:
        print(f"management_server: could not be marked Down: {error}", file=sys.stderr)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="management_server", description=__doc__)
    parser.add_argument("--config", type=pathlib.Path, required=True, help="the settings file (JSON)")
    return parser.parse_args()


if __name__ == "__main__":
    code = main()
    # Not sys.exit: a thread that waits in libvirt for a frozen host must not hold up the end.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
