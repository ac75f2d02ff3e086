"""Tests of the lab's management server; they mirror lab/management_server (and cannot bear its very name)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "lab"))
