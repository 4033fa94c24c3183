"""A page whose typed work is kept as a draft until it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.drafts import Drafting
from ui.page import Desk, Difference, Page


class DraftedPage(Page):
    """Keeps what is typed; a class under it calls `drafting.forgetting` where it saves."""

    def __init__(self, desk: Desk, **arguments: Any) -> None:
        super().__init__(desk, **arguments)
        self.drafting = Drafting(self)

    @property
    def record_id(self) -> str | None:
        """What the form is about: the record it changes or the case it adds to; None if new."""
        ids = [value for name, value in self.arguments.items() if name.endswith("_id") and value]
        return str(ids[-1]) if ids else self.case_in_hand

    @property
    def case_in_hand(self) -> str | None:
        """The case that the form is about, if it is about one."""
        found = self.arguments.get("case_id") or self.subject().get("case_id")
        return str(found) if found else None

    def unsaved(self) -> Sequence[Difference]:
        return self.drafting.differences()

    def take_up(self, unsaved: Sequence[Difference]) -> None:
        if unsaved:
            self.drafting.take_up(unsaved)

    def resume(self, values: Mapping[str, Any], unsaved: Sequence[Difference]) -> None:
        def put_back() -> None:
            self.retype(values)
            self.drafting.take_up(unsaved)

        def once_read(_: object) -> None:
            if self.drafting.saves == saves:
                put_back()

        # At once, and again over what the page is reading: reads come back in their order. What
        # was saved meanwhile is not put back to be saved a second time.
        put_back()
        saves = self.drafting.saves
        self.desk.runner.read(self, lambda job: None, once_read)

    def keep(self) -> None:
        if self.unsaved():
            self.drafting.keep()

    def forget(self) -> None:
        self.drafting.forget()
