"""Publications and video clips of the station."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtGui import QColor

from pravo_desktop.domain.records import Publication
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.actor import EVERYBODY
from pravo_desktop.usecases.event_queries import media_lines
from ui.models.media import (
    COL_DATE,
    COL_KIND,
    COL_OUTLET,
    COL_OWNERSHIP,
    COL_TITLE,
    COL_VIEWS,
    COL_VIEWS_ON,
    VIDEO,
    kind_key,
    kind_label,
    media_model,
)
from ui.page import Desk, Page, Primary
from ui.pages.yearly import Look, YearlyPage


class MediaPage(YearlyPage):
    """The list of publications and videos; Enter changes, Ctrl+N adds, Delete removes."""

    key = "media"
    name = N_("Publications")
    icon = "newspaper"
    shortcut = "Ctrl+B"
    roles = EVERYBODY
    reloads_on = frozenset({"publications", "videos"})

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        model = media_model(t, QColor(desk.theme.colours.quiet))
        look = Look(
            name="media",
            spoken=t.text("Publications and videos"),
            widths={
                COL_KIND: 144,
                COL_DATE: 104,
                COL_OUTLET: 136,
                COL_OWNERSHIP: 184,
                COL_VIEWS: 88,
                COL_VIEWS_ON: 104,
            },
            stretched=COL_TITLE,
            wrapped=(COL_TITLE, COL_OWNERSHIP),
            icon="newspaper",
            nothing=t.text(
                "What was published about the work is listed here: articles, posts, videos."
            ),
            add=t.text("New publication"),
        )
        keys = [*classifiers().kinds["outlet_kind"], VIDEO]
        super().__init__(desk, model, look, [(key, kind_label(t, key)) for key in keys])
        self.add_action(t.text("New &video…"), "new_video", self.add_video)
        self.views_button = self.add_action(t.text("&Update views…"), "views", self.update_views)
        self.end_actions()
        model.modelReset.connect(self._offer_views)
        self._offer_views()

    def title(self) -> str:
        return self.t.text("Publications and videos")

    def kind_of(self, record: Any) -> str:
        return kind_key(record)

    def day_of(self, record: Any) -> date:
        day: date = record.published_on
        return day

    def counted(self, number: int) -> str:
        return self.t.plural("{n} record", "{n} records", number)

    def primary(self) -> Primary:
        return Primary(self.t.text("New publication"), self.add, "Ctrl+N")

    def reload(self) -> None:
        self.desk.runner.read(self, lambda job: media_lines(job.session, job.actor), self.show_rows)

    def _offer_views(self) -> None:
        self.views_button.setEnabled(bool(self.model.rows))

    def add(self) -> None:
        """Open the form of a new publication."""
        from ui.forms.publication_form import PublicationForm

        self.desk.navigator.open(PublicationForm)

    def add_video(self) -> None:
        """Open the form of a new video."""
        from ui.forms.publication_form import VideoForm

        self.desk.navigator.open(VideoForm)

    def update_views(self) -> None:
        """Write down how often the chosen one was seen."""
        from ui.forms.publication_form import ViewsForm

        if self.chosen is not None:
            self.desk.navigator.open(ViewsForm, media_id=self.chosen.id)

    def table_of(self, record: Any) -> str:
        table: str = record.table
        return table

    def open_row(self, record: Any) -> Page:
        from ui.forms.publication_form import PublicationForm, VideoForm

        form = PublicationForm if isinstance(record, Publication) else VideoForm
        return self.desk.navigator.open(form, media_id=record.id)
