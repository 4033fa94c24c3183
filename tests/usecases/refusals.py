"""What somebody is told who is refused something, or asked to confirm it."""

from collections.abc import Callable

import pytest

from pravo_desktop.errors import KnownError


def refusal(act: Callable[[], object]) -> KnownError:
    """The error with which something is refused."""
    with pytest.raises(KnownError) as refused:
        act()
    return refused.value


def code_of(act: Callable[[], object]) -> str:
    """The code with which something is refused."""
    return refusal(act).code


def warnings_of(act: Callable[[], object]) -> list[tuple[str, str]]:
    """Code and field of each warning that has to be confirmed with a reason."""
    error = refusal(act)
    assert error.code == "confirmation_needed"
    return [(one["code"], one["field"]) for one in error.params["findings"]]
