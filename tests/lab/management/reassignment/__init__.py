"""Tests of moves; they mirror lab/management_server/reassignment."""
