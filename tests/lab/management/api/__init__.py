"""Tests of the API; they mirror lab/management_server/api."""
