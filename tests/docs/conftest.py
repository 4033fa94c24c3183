"""The encrypted database of the tests of storage, for the examples of the specifications."""

from tests.db.conftest import session

__all__ = ["session"]
