"""A publication, a video clip, and how often either was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import Publication, Video
from pravo_desktop.domain.versions import new_id
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import media_lines
from pravo_desktop.usecases.events import count_views, save_publication, save_video
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.media import MediaRow
from ui.page import Desk
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair

MOST_VIEWS = 1_000_000_000


class MediaForm(LoadedForm):
    """What a publication and a video have in common: title, day, language, link, views.

    Args:
        media_id: what to change; empty adds one.
    """

    def __init__(self, desk: Desk, media_id: str = "") -> None:
        super().__init__(desk, media_id=media_id)
        t, theme = self.t, desk.theme
        self.media_id = media_id
        self.media_title = QLineEdit()
        self.published_on = DateEdit(t, desk.clock, desk.clock.today())
        self.language = Choice(labels_of(t, classifiers().kinds["event_language"]))
        self.link = QLineEdit()
        self.views = NumberEdit(maximum=MOST_VIEWS)
        self.views_on = DateEdit(t, desk.clock)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Title"), "title", self.media_title),
                Field(theme, t.text("&Date"), "published_on", self.published_on),
                Field(theme, t.text("&Language"), "language", self.language),
                Field(theme, t.text("L&ink, if any"), "link", self.link),
                Field(theme, t.text("&Views, if known"), "views", self.views),
                Field(theme, t.text("Views r&ead on"), "views_on", self.views_on),
            )
        }

    def reload(self) -> None:
        if self.media_id:
            self.load(lambda job: media_lines(job.session, job.actor), self._find)

    def _find(self, rows: list[MediaRow]) -> None:
        for row in rows:
            if row.id == self.media_id:
                self.put(row)

    def put(self, row: MediaRow) -> None:
        """Show a record."""
        self.media_title.setText(row.title)
        self.published_on.put(row.published_on)
        self.language.choose(row.language)
        self.link.setText(row.link or "")
        self.views.put(row.views if row.views_on or row.views else None)
        self.views_on.put(row.views_on)

    def published(self) -> date | None:
        """The day of publication, once both dates are such; otherwise it is told."""
        for name, control in (("published_on", self.published_on), ("views_on", self.views_on)):
            if control.mistyped:
                self.not_a_date(self.fields[name])
                return None
        day = self.published_on.day()
        if day is None:
            self.required(self.fields["published_on"])
        return day

    def seen_on(self) -> date | None:
        """The day on which the views were read: today, if nothing else is said."""
        if self.views.number() is None:
            return None
        return self.views_on.day() or self.desk.clock.today()


class PublicationForm(MediaForm):
    """Adds a publication or changes one."""

    name = N_("Publication")

    def __init__(self, desk: Desk, media_id: str = "") -> None:
        super().__init__(desk, media_id)
        t, theme, kinds = self.t, desk.theme, classifiers().kinds
        self.outlet = QLineEdit()
        self.outlet_kind = Choice(labels_of(t, kinds["outlet_kind"]))
        self.ownership = Choice(labels_of(t, kinds["ownership"]))
        f = self.fields
        for field in (
            Field(theme, t.text("&Outlet"), "outlet", self.outlet),
            Field(theme, t.text("&Kind of outlet"), "outlet_kind", self.outlet_kind),
            Field(theme, t.text("&Whose"), "ownership", self.ownership),
        ):
            f[field.name] = field
        fields = self.form.fields
        fields.addLayout(pair(f["published_on"], f["outlet_kind"]))
        fields.addLayout(pair(f["outlet"], f["ownership"]))
        fields.addWidget(f["title"])
        fields.addLayout(pair(f["language"], f["link"]))
        fields.addLayout(pair(f["views"], f["views_on"]))
        self.put_removal(t.text("Remo&ve this publication…"), "publications", media_id)
        self.end_form()

    def title(self) -> str:
        return self.t.text("Publication") if self.media_id else self.t.text("New publication")

    def start(self) -> None:
        self.published_on.setFocus()

    def put(self, row: MediaRow) -> None:
        super().put(row)
        if isinstance(row, Publication):
            self.outlet.setText(row.outlet)
            self.outlet_kind.choose(row.outlet_kind)
            self.ownership.choose(row.ownership)

    def save(self) -> None:
        self.clear_findings()
        day = self.published()
        if day is None:
            return
        made, reasons = (
            Publication(
                id=self.media_id or new_id(),
                published_on=day,
                outlet=self.outlet.text(),
                outlet_kind=self.outlet_kind.value,
                title=self.media_title.text(),
                language=self.language.value,
                link=self.link.text() or None,
                ownership=self.ownership.value,
                views=self.views.number(),
                views_on=self.seen_on(),
            ),
            self.reasons.given(),
        )
        self.submit(
            lambda job: save_publication(
                job.session, job.actor, publication=made, confirmed=reasons
            ),
            lambda _: self.leave(self.t.text("The publication is saved.")),
        )


class VideoForm(MediaForm):
    """Adds a video clip or changes one."""

    name = N_("Video")

    def __init__(self, desk: Desk, media_id: str = "") -> None:
        super().__init__(desk, media_id)
        f, fields = self.fields, self.form.fields
        fields.addWidget(f["title"])
        fields.addLayout(pair(f["published_on"], f["language"]))
        fields.addWidget(f["link"])
        fields.addLayout(pair(f["views"], f["views_on"]))
        self.put_removal(self.t.text("Remo&ve this video…"), "videos", media_id)
        self.end_form()

    def title(self) -> str:
        return self.t.text("Video") if self.media_id else self.t.text("New video")

    def start(self) -> None:
        self.media_title.setFocus()

    def save(self) -> None:
        self.clear_findings()
        day = self.published()
        if day is None:
            return
        made, reasons = (
            Video(
                id=self.media_id or new_id(),
                title=self.media_title.text(),
                language=self.language.value,
                published_on=day,
                link=self.link.text() or None,
                views=self.views.number() or 0,
                views_on=self.seen_on(),
            ),
            self.reasons.given(),
        )
        self.submit(
            lambda job: save_video(job.session, job.actor, video=made, confirmed=reasons),
            lambda _: self.leave(self.t.text("The video is saved.")),
        )


class ViewsForm(MediaForm):
    """How often a publication or a video was seen up to a day; nothing else is asked."""

    name = N_("Views")

    def __init__(self, desk: Desk, media_id: str) -> None:
        super().__init__(desk, media_id)
        self._row: MediaRow | None = None
        f, fields = self.fields, self.form.fields
        self.views_on.put(desk.clock.today())
        fields.addLayout(pair(f["views"], f["views_on"]))
        self.end_form()

    def title(self) -> str:
        return self.t.text("Views: {title}", title=self._row.title) if self._row else ""

    def start(self) -> None:
        self.views.setFocus()
        self.views.selectAll()

    def put(self, row: MediaRow) -> None:
        self._row = row
        self.views.put(row.views)
        self.retitled.emit()
        self.start()

    def save(self) -> None:
        self.clear_findings()
        row, views, day = self._row, self.views.number(), self.views_on.day()
        if row is None:
            return
        if views is None:
            self.required(self.fields["views"])
            return
        if day is None:
            field = self.fields["views_on"]
            (self.not_a_date if self.views_on.mistyped else self.required)(field)
            return
        reasons = self.reasons.given()
        told = self.t.text("The views are saved.")
        if isinstance(row, Video):
            video_id = row.id
            self.submit(
                lambda job: count_views(
                    job.session,
                    job.actor,
                    video_id=video_id,
                    views=views,
                    views_on=day,
                    confirmed=reasons,
                ),
                lambda _: self.leave(told),
            )
            return
        seen = replace(row, views=views, views_on=day)
        self.submit(
            lambda job: save_publication(
                job.session, job.actor, publication=seen, confirmed=reasons
            ),
            lambda _: self.leave(told),
        )
