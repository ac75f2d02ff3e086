"""The demo of `./run`: a VM dies unseen, and everybody's part in what follows, live on one timeline."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from . import control, faults, guests, lifecycle, programs, requirements
from .failure import LabError
from .hosts import silence_libvirt
from .layout import Layout
from .options import DEFECTS, Options
from .timeline import Timeline
from .waiting import wait_until
from .witnesses import Actions, Alerts, Hypervisors, ManagementServerLog, Records

_LOOK_SECONDS = 0.25
_HEALTHY_DEADLINE = 60
_OUTCOME_SECONDS = 120
# Nobody repairs without the controller; ten of CloudStack's ping intervals after its own verdict show that it stays so.
_CONTROL_SECONDS = 40
# Defects of CloudStack's HA: there the VM that dies is one that has HA, and is to be restarted.
_DEFECTS_OF_HA = ("12920",)


class Demo:
    def __init__(self, status: dict[str, Any], watched: list[str], with_ha: bool) -> None:
        self._status = status
        self._with_ha = with_ha
        self._vm = next(vm for vm in status["vms"] if vm["ha"] == with_ha)
        self._watched = watched
        self._timeline = Timeline()
        self._records = Records(status)
        self._hypervisors = Hypervisors(status)
        self._alerts = Alerts(status)
        self._actions = Actions(status)
        self._log = ManagementServerLog(status)
        self._witnesses = [self._hypervisors, self._records]
        if programs.PROMETHEUS in watched:
            self._witnesses.append(self._alerts)
        if programs.CONTROLLER in watched:
            self._witnesses.append(self._actions)

    def break_something(self) -> None:
        """Waits until all is well, so that every later line of the timeline comes from the fault."""
        wait_until("every VM to be reported three times", _HEALTHY_DEADLINE, self._is_healthy)
        for witness in self._witnesses:
            self._timeline.learn(witness.facts())
        self._log.news()
        self._timeline.start()
        self._timeline.say("fault", faults.destroy(self._status, self._vm["name"]))

    def watch(self) -> None:
        for witness in self._witnesses:
            self._timeline.follow(witness.source, witness.facts())
        for event in self._log.news():
            self._timeline.say("cloudstack", f"log: {event}")

    def watch_until_outcome(self) -> list[str]:
        """What is still missing when the time is over; nothing, if all ended well."""
        limit = _OUTCOME_SECONDS if programs.CONTROLLER in self._watched else _CONTROL_SECONDS
        while True:
            self.watch()
            missing = self._missing()
            if not missing or self._timeline.elapsed() > limit:
                break
            time.sleep(_LOOK_SECONDS)
        well = "runs again, on one host alone" if self._with_ha else "is Stopped, its address is released"
        self._timeline.say("outcome", f"not all is well: {'; '.join(missing)}" if missing else
                           f"{self._vm['name']} {well}, the alert is resolved")
        return missing

    def watch_for_ever(self) -> None:
        while True:
            self.watch()
            time.sleep(_LOOK_SECONDS)

    def _is_healthy(self) -> bool:
        self._records.facts()
        rows = self._records.rows.values()
        return bool(rows) and all(row["reports"] >= 3 and row["power_state"] == "PowerOn" for row in rows)

    def _missing(self) -> list[str]:
        identifier = self._vm["id"]
        missing = self._missing_for_a_restart() if self._with_ha else self._missing_for_a_stop()
        if identifier not in self._alerts.fired:
            missing.append("its alert never fired")
        elif self._alerts.active is None or identifier in self._alerts.active:
            missing.append("its alert is not resolved")
        return missing

    def _missing_for_a_stop(self) -> list[str]:
        name, row = self._vm["name"], self._records.rows.get(self._vm["name"], {})
        missing = []
        if row.get("state") != "Stopped":
            missing.append(f"{name} is {row.get('state', 'unknown')} ({row.get('power_state')}), not Stopped")
        if row.get("nic") == "Reserved" or row.get("address"):
            missing.append(f"its NIC is {row.get('nic')} with {row.get('address')}, not released")
        return missing

    def _missing_for_a_restart(self) -> list[str]:
        name, row = self._vm["name"], self._records.rows.get(self._vm["name"], {})
        places = [place["name"] for place in guests.places_of(self._status, name)]
        missing = []
        if row.get("state") != "Running":
            missing.append(f"{name} is {row.get('state', 'unknown')} ({row.get('power_state')}), not Running")
        if places != [row.get("host")]:
            missing.append(f"it runs on {' and '.join(places) or 'no host'}, not on {row.get('host') or 'its host'} alone")
        return missing


def _print_addresses(status: dict[str, Any], watched: list[str]) -> None:
    print("\nLook around:")
    pages = {programs.EXPORTER: "/metrics", programs.CONTROLLER: "/", programs.PROMETHEUS: "/alerts",
             programs.ALERTMANAGER: "/#/alerts"}
    for name in watched:
        print(f"  {name:13} {status[f'{name}_url']}{pages[name]}")
    print(f"  {'API':13} {status['api_url']}")
    print(f"  break more    lab/labctl --dir {status['directory']} fault --help\n", flush=True)


def _play(root: Path, arguments: argparse.Namespace) -> int:
    options = Options(defect=arguments.defect, programs=programs.parse_list(arguments.programs))
    programs.check_binaries(options.programs, options.binary_directory)
    print(f"Starting the lab: {options.hosts} hosts, {options.vms} VMs, defect {options.defect}", flush=True)
    lifecycle.up(root, options, os.getpid(), lambda step: print(f"  {step}", flush=True))
    try:
        status = control.ask(Layout(root).control_socket, {"do": "status"})
        demo = Demo(status, options.programs, with_ha=options.defect in _DEFECTS_OF_HA)
        demo.break_something()
        missing = demo.watch_until_outcome()
        _print_addresses(status, options.programs)
        if not arguments.once:
            print("The lab goes on until Ctrl-C.", flush=True)
            demo.watch_for_ever()
        return 1 if missing else 0
    finally:
        _ignore_signals()  # the end shall not be interrupted; it takes a second
        lifecycle.down(root)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt(signal.Signals(number).name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--defect", choices=DEFECTS, default="10406")
    parser.add_argument("--programs", default="all")
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        requirements.check_commands()
        silence_libvirt()
        return _play(Path(f"/tmp/warden-run-{os.getpid()}"), arguments)
    except LabError as error:
        print(f"run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nrun: ended, nothing is left", file=sys.stderr)
        return 0 if not arguments.once else 130


if __name__ == "__main__":
    sys.exit(main())
