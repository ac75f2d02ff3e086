"""Commands that do one thing to the lab and say in a sentence what they did."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .hosts import silence_libvirt

Status = dict[str, Any]
Settings = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """`arguments` are those of `do` after the status, by name; --options come last and may be missing."""

    name: str
    do: Callable[..., str]
    help: str
    arguments: dict[str, Settings] = field(default_factory=dict)


def named(name: str) -> Settings:
    return {"metavar": name}


def seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 < value < 86400:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def number(text: str) -> int:
    if not text.isdigit() or int(text) >= 1 << 32:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 2^32")
    return int(text)


VM, HOST, NETWORK, TABLE, ACCOUNT = (named(name) for name in ("VM", "HOST", "NETWORK", "TABLE", "ACCOUNT"))
SECONDS: Settings = {"metavar": "SECONDS", "type": seconds}
VALUE: Settings = {"metavar": "VALUE", "type": number}


def add(commands: Any, group: str, help: str, deeds: list[Deed], status_of: Callable[[argparse.Namespace], Status]) -> None:
    parsers = commands.add_parser(group, help=help).add_subparsers(metavar=group.upper(), required=True)
    for deed in deeds:
        parser = parsers.add_parser(deed.name, help=deed.help, description=deed.help)
        for argument, settings in deed.arguments.items():
            parser.add_argument(argument, **settings)
        parser.set_defaults(run=_run(deed, status_of))


def _run(deed: Deed, status_of: Callable[[argparse.Namespace], Status]) -> Callable[[argparse.Namespace], None]:
    def run(arguments: argparse.Namespace) -> None:
        silence_libvirt()
        names = [name.removeprefix("--") for name in deed.arguments]
        print(deed.do(status_of(arguments), **{name: getattr(arguments, name) for name in names}))

    return run
