"""Tests of the lab's infrastructure; they mirror lab/warden_lab."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "lab"))
