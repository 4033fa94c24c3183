"""The desks of the use cases' tests."""

from tests.usecases.conftest import centre, headquarters

__all__ = ["centre", "headquarters"]
