"""What the pages about one figure share: which figure it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pravo_desktop.domain.periods import Period
from pravo_desktop.usecases.actor import COORDINATOR
from ui.page import Desk, Page


class FigurePage(Page):
    """A page about one figure.

    Args:
        first, last: the days of the figure's period, in ISO form.
        as_of: the day as of which it was counted.
        indicator, region, breakdown, key: of the figure; the last two empty for a total.
    """

    roles = COORDINATOR

    def __init__(
        self,
        desk: Desk,
        first: str,
        last: str,
        as_of: str,
        indicator: str,
        region: str,
        breakdown: str = "",
        key: str = "",
    ) -> None:
        super().__init__(
            desk,
            first=first,
            last=last,
            as_of=as_of,
            indicator=indicator,
            region=region,
            breakdown=breakdown,
            key=key,
        )
        self.period = Period(date.fromisoformat(first), date.fromisoformat(last))
        self.as_of = date.fromisoformat(as_of)
        self.cell = (indicator, region, breakdown, key)

    @property
    def figure(self) -> Mapping[str, Any]:
        """The figure as queries take it."""
        indicator, region, breakdown, key = self.cell
        return {
            "period": self.period,
            "as_of": self.as_of,
            "indicator": indicator,
            "region": region,
            "breakdown": breakdown or None,
            "key": key or None,
        }
