"""The command line of the lab."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from management_server import schemas

from . import (control, database_flavours, deeds, fault_commands, faults, layout, lifecycle, make_commands, programs,
               rendering, requirements)
from .failure import LabError
from .layout import Layout
from .management import NAME as MANAGEMENT_SERVER
from .options import BINARIES, DEFECTS, Options

_EPILOG = """
The lab is chosen by --dir or the environment variable WARDEN_LAB_DIR (default: one per user, under /tmp).
Exit codes: 0 done, 1 it did not work (one sentence says why), 2 wrong usage.
"""


def _up(arguments: argparse.Namespace) -> None:
    requirements.check_commands()
    options = Options(
        hosts=arguments.hosts, vms=arguments.vms, ha=min(arguments.ha, arguments.vms), defect=arguments.defect,
        database=arguments.database, schema=arguments.schema,
        programs=programs.parse_list(arguments.programs), binaries=str(Path(arguments.bin_dir).absolute()),
        settings=dict(rendering.parse_override(text) for text in arguments.set))
    database_flavours.find(options.database)
    programs.check_binaries(options.programs, options.binary_directory)
    lifecycle.up(arguments.dir, options, arguments.while_pid, lambda step: print(f"  {step}", file=sys.stderr))
    _print_status(_status(arguments))


def _down(arguments: argparse.Namespace) -> None:
    lifecycle.down(arguments.dir)


def _show_status(arguments: argparse.Namespace) -> None:
    status = _status(arguments)
    if arguments.json:
        print(json.dumps(status, indent=2))
    else:
        _print_status(status)


def _status(arguments: argparse.Namespace) -> dict[str, Any]:
    return control.ask(Layout(arguments.dir).control_socket, {"do": "status"})


def _print_status(status: dict[str, Any]) -> None:
    def state(pid: int | None) -> str:
        return f"process {pid}" if pid is not None else "does not run"

    print(f"lab in {status['directory']}")
    for name, program in status["programs"].items():
        print(f"  {name:18} {state(program['pid']):15} {status[name + '_url']}")
    print(f"  {'management-server':18} {state(status['management_server']['pid']):15} {status['api_url']}")
    database = status["database"]
    print(f"  {database['flavour']:18} {state(database['pid']):15} {database['host']}:{database['port']}")
    for host in status["hosts"]:
        vms = [vm["name"] + (" (HA)" if vm["ha"] else "") for vm in status["vms"] if vm["host"] == host["name"]]
        print(f"  {host['name']:18} {state(host['pid']):15} {host['uri']}  started with {', '.join(vms) or 'no VM'}")


def _add_up(commands: Any) -> None:
    up = commands.add_parser("up", help="start a lab; returns when everything answers")
    up.add_argument("--hosts", type=_count(1, 40), default=3, metavar="N", help="KVM hosts (default 3)")
    up.add_argument("--vms", type=_count(1, 100), default=8, metavar="N", help="VMs, spread over the hosts (default 8)")
    up.add_argument("--ha", type=_count(0, 100), default=2, metavar="N",
                    help="how many of the VMs, the last ones, have HA (default 2)")
    up.add_argument("--defect", choices=DEFECTS, default="none",
                    help="which of CloudStack's defects the management server has (default none)")
    up.add_argument("--database", choices=database_flavours.NAMES, default=database_flavours.MARIADB,
                    help="the database server (default mariadb, Debian's own; tools/setup_database fetches the others)")
    up.add_argument("--schema", choices=list(schemas.SCHEMAS), default=schemas.DEFAULT,
                    help=f"CloudStack's release, for the schema (default {schemas.DEFAULT})")
    up.add_argument("--programs", default="all", metavar="LIST",
                    help=f"all, none, or some of {','.join(programs.NAMES)} (default all)")
    up.add_argument("--bin-dir", default=str(BINARIES), metavar="DIR",
                    help="where Warden's programs are (default build/release/bin)")
    up.add_argument("--set", action="append", default=[], metavar="PATH=VALUE",
                    help="override a key of warden.yml, e.g. controller.remedies.stop_sync.mode=observe")
    up.add_argument("--while-pid", type=int, metavar="PID",
                    help="take the lab down when this process ends, however it ends")
    up.set_defaults(run=_up)


def _add_programs(commands: Any) -> None:
    program = commands.add_parser("program", help="end or start one of the lab's programs")
    program.add_argument("action", choices=["start", "stop", "kill"], help="stop asks it to end, kill does not ask")
    program.add_argument("name", choices=[*programs.NAMES, MANAGEMENT_SERVER])
    program.set_defaults(run=lambda arguments: print(faults.program(_status(arguments), arguments.action, arguments.name)))


class _CommandParser(argparse.ArgumentParser):
    """Takes --dir after the command as well as before it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.add_argument("--dir", type=_directory, default=argparse.SUPPRESS, metavar="DIR",
                          help="the lab's directory")


def _directory(text: str) -> Path:
    return Path(text).absolute()


def _count(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text} is not a number from {least} to {most}")
        return int(text)

    return parse


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="labctl", description="A small real cloud on this machine: MariaDB, libvirt hosts with QEMU guests, "
        "a CloudStack management server, Prometheus, Alertmanager and Warden.",
        epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = _directory(os.environ.get("WARDEN_LAB_DIR") or str(layout.default_directory()))
    parser.add_argument("--dir", type=_directory, default=default, metavar="DIR",
                        help=f"the lab's directory (default {default})")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_CommandParser)
    _add_up(commands)
    commands.add_parser("down", help="end the lab and everything in it").set_defaults(run=_down)
    status = commands.add_parser("status", help="what runs where")
    status.add_argument("--json", action="store_true", help="everything, secrets included")
    status.set_defaults(run=_show_status)
    deeds.add(commands, "fault", "break something real", fault_commands.ALL, _status)
    deeds.add(commands, "make", "make what a move of a VM can meet", make_commands.ALL, _status)
    _add_programs(commands)
    return parser


def main() -> int:
    arguments = _parser().parse_args()
    try:
        arguments.run(arguments)
    except LabError as error:
        print(f"labctl: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("labctl: interrupted", file=sys.stderr)
        return 1
    return 0
