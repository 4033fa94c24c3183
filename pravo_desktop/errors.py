"""The two roots of all errors: known ones, which a person can act on, and bugs."""

from collections.abc import Mapping
from typing import Any


class KnownError(Exception):
    """An error with a stable code that the window, the command line and exports translate.

    Args:
        code: snake_case key of the message, listed in ``docs/contract.md``.
        params: values for the message's named placeholders; never personal data.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Any] = params

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in sorted(self.params.items()))
        return f"{self.code} ({details})" if details else self.code


class BugError(Exception):
    """A state that the program's own code must never reach."""
