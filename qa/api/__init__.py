"""The HTTP door."""

from qa.api.app import create_app
from qa.api.guard import LOOPBACK
from qa.protocols import Library

__all__ = ["LOOPBACK", "Library", "create_app"]
