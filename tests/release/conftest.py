"""The driver of the command line."""

from tests.cli.conftest import driver

__all__ = ["driver"]
