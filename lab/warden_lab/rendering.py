"""The project's own configuration files with the lab's addresses, secrets and short intervals in them.

Everything else stays as it is shipped, so that what the lab proves is true of the shipped files.
"""

import copy
from typing import Any

import yaml

from .failure import LabError
from .layout import PROJECT

Tree = dict[str, Any]

WARDEN_INTERVALS = {
    "cloud.database.interval": "1s",
    "cloud.database.timeout": "2s",
    "cloud.libvirt.interval": "1s",
    "cloud.libvirt.timeout": "2s",
    "cloud.freshness": "5s",
    "exporter.checks.locks": "1s",
    "exporter.checks.sequences": "1s",
    "exporter.checks.scans": "2s",
    "controller.cloudstack.expires": "10s",
    "controller.judge_interval": "1s",
    "controller.storm.cooldown": "3s",
    "controller.remedies.stop_sync.mode": "auto",
    "controller.remedies.stop_sync.back_off": "5s",
    "controller.remedies.stop_sync.verify_timeout": "20s",
    "controller.remedies.ha_restart.mode": "auto",
    "controller.remedies.ha_restart.back_off": "5s",
    "controller.remedies.ha_restart.verify_timeout": "20s",
    "controller.remedies.reassign_retry.mode": "auto",
    "controller.remedies.reassign_retry.back_off": "5s",
    "controller.remedies.reassign_retry.verify_timeout": "20s",
}


def shipped(name: str) -> Tree:
    return yaml.safe_load((PROJECT / "config" / name).read_text())


def parse_override(text: str) -> tuple[str, Any]:
    """`controller.remedies.stop_sync.mode=observe`; the value is YAML."""
    path, equals, value = text.partition("=")
    if not equals or not path:
        raise LabError(f"--set {text}: write PATH=VALUE, for example controller.remedies.stop_sync.mode=observe")
    override(shipped("warden.yml"), path, None)
    try:
        return path, yaml.safe_load(value)
    except yaml.YAMLError as error:
        raise LabError(f"--set {text}: the value is not YAML") from error


def override(tree: Tree, path: str, value: Any) -> None:
    """The way to the key must exist: a mistyped path is an error, not a new setting."""
    *way, last = path.split(".")
    node = tree
    for key in way:
        if not isinstance(node.get(key), dict):
            raise LabError(f"--set {path}: warden.yml has no section {key} there; it has {', '.join(sorted(node))}")
        node = node[key]
    node[last] = value


def warden(settings: Tree) -> str:
    tree = shipped("warden.yml")
    for path, value in (WARDEN_INTERVALS | settings).items():
        override(tree, path, value)
    return yaml.safe_dump(tree, sort_keys=False)


def prometheus(alertmanager: str, targets: dict[str, list[str]]) -> str:
    tree = copy.deepcopy(shipped("prometheus.yml"))
    tree["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    tree["rule_files"] = [str(PROJECT / "alerts" / "*.rules.yml")]
    tree["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] = [alertmanager]
    for job in tree["scrape_configs"]:
        job["static_configs"][0]["targets"] = targets[job["job_name"]]
    return yaml.safe_dump(tree, sort_keys=False)


def alertmanager(webhook_urls: list[str], credentials_file: str) -> str:
    """Each webhook of the shipped file goes to all of the addresses."""
    tree = shipped("alertmanager.yml")
    for route in tree["route"]["routes"]:
        route |= {"group_wait": "0s", "group_interval": "1s", "repeat_interval": "10s"}
    for receiver in tree["receivers"]:
        shipped_webhooks = receiver.get("webhook_configs", [])
        for webhook in shipped_webhooks:
            webhook["http_config"]["authorization"]["credentials_file"] = credentials_file
        if shipped_webhooks:
            receiver["webhook_configs"] = [webhook | {"url": url} for webhook in shipped_webhooks for url in webhook_urls]
    return yaml.safe_dump(tree, sort_keys=False)
