"""A region, a court and a centre of headquarters' registers."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import Centre
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.registers import (
    RegisterCards,
    register_cards,
    save_court,
    save_region,
    save_registered_centre,
)
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.own_records import named
from ui.page import Desk
from ui.widgets.choices import Choice
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair


class RegisterForm(LoadedForm):
    """What the forms of the registers share: a key that stays, names in both languages.

    Args:
        of: key of what to change; empty adds one.
    """

    def __init__(self, desk: Desk, of: str = "") -> None:
        super().__init__(desk, of=of)
        self.of = of
        t, theme = self.t, desk.theme
        self.key_edit = QLineEdit(of)
        self.key_edit.setReadOnly(bool(of))
        self.key_edit.setMaxLength(40)
        self.name_kk, self.name_ru = QLineEdit(), QLineEdit()
        self.fields = {
            "key": Field(
                theme,
                t.text("&Key"),
                "key",
                self.key_edit,
                t.text("Small Latin letters; it stays for good: for example kostanay."),
            ),
            "name_kk": Field(theme, t.text("Name in &Kazakh"), "name_kk", self.name_kk),
            "name_ru": Field(theme, t.text("Name in &Russian"), "name_ru", self.name_ru),
        }

    def start(self) -> None:
        (self.name_kk if self.of else self.key_edit).setFocus()

    def reload(self) -> None:
        self.load(lambda job: register_cards(job.session, job.actor), self.put)

    def put(self, cards: RegisterCards) -> None:
        """Show what is known."""
        raise NotImplementedError

    def put_regions(self, choice: Choice, cards: RegisterCards, chosen: str | None) -> None:
        """Offer the regions."""
        choice.fill([(one.key, named(self.t, one)) for one in cards.regions], chosen)


class RegionForm(RegisterForm):
    """Adds a region or renames one."""

    name = N_("Region")

    def __init__(self, desk: Desk, of: str = "") -> None:
        super().__init__(desk, of)
        t, theme = self.t, desk.theme
        self.name_en, self.case_code = QLineEdit(), QLineEdit()
        self.case_code.setMaxLength(3)
        f, fields = self.fields, self.form.fields
        f["name_en"] = Field(theme, t.text("Name in &English"), "name_en", self.name_en)
        f["case_code"] = Field(
            theme,
            t.text("&Letters of case numbers"),
            "case_code",
            self.case_code,
            t.text("Up to three Latin letters with which its case numbers begin."),
        )
        for name in ("key", "name_kk", "name_ru", "name_en", "case_code"):
            fields.addWidget(f[name])
        self.end_form()

    def title(self) -> str:
        return self.t.text("Region") if self.of else self.t.text("New region")

    def put(self, cards: RegisterCards) -> None:
        for one in cards.regions:
            if one.key == self.of:
                self.name_kk.setText(one.name_kk)
                self.name_ru.setText(one.name_ru)
                self.name_en.setText(one.name_en)
                self.case_code.setText(one.case_code)

    def save(self) -> None:
        values = {
            "key": self.key_edit.text().strip(),
            "name_kk": self.name_kk.text(),
            "name_ru": self.name_ru.text(),
            "name_en": self.name_en.text(),
            "case_code": self.case_code.text(),
        }
        self.submit(
            lambda job: save_region(job.session, job.actor, **values),
            lambda _: self.leave(self.t.text("The region is saved.")),
        )


class CourtForm(RegisterForm):
    """Adds a court or changes one."""

    name = N_("Court")

    def __init__(self, desk: Desk, of: str = "") -> None:
        super().__init__(desk, of)
        t, theme = self.t, desk.theme
        self.region = Choice(())
        self.judges = NumberEdit(maximum=1000)
        f, fields = self.fields, self.form.fields
        f["region"] = Field(theme, t.text("Re&gion"), "region", self.region)
        f["judges"] = Field(theme, t.text("Number of &judges"), "judges", self.judges)
        for name in ("key", "name_kk", "name_ru"):
            fields.addWidget(f[name])
        fields.addLayout(pair(f["region"], f["judges"]))
        self.end_form()

    def title(self) -> str:
        return self.t.text("Court") if self.of else self.t.text("New court")

    def put(self, cards: RegisterCards) -> None:
        one = next((one for one in cards.courts if one.key == self.of), None)
        self.put_regions(self.region, cards, one.region if one else None)
        if one is not None:
            self.name_kk.setText(one.name_kk)
            self.name_ru.setText(one.name_ru)
            self.judges.put(one.judges)

    def save(self) -> None:
        key, region, judges = self.key_edit.text().strip(), self.region.value, self.judges.number()
        name_kk, name_ru = self.name_kk.text(), self.name_ru.text()
        self.submit(
            lambda job: save_court(
                job.session,
                job.actor,
                key=key,
                region=region,
                name_kk=name_kk,
                name_ru=name_ru,
                judges=judges,
            ),
            lambda _: self.leave(self.t.text("The court is saved.")),
        )


class CentreForm(RegisterForm):
    """Adds a centre, or changes, closes and reopens one."""

    name = N_("Centre")

    def __init__(self, desk: Desk, of: str = "") -> None:
        super().__init__(desk, of)
        t, theme = self.t, desk.theme
        self.region, self.court = Choice(()), Choice(())
        self.city_kk, self.city_ru = QLineEdit(), QLineEdit()
        self.opened_on, self.closed_on = DateEdit(t, desk.clock), DateEdit(t, desk.clock)
        f, fields = self.fields, self.form.fields
        for field in (
            Field(theme, t.text("Re&gion"), "region", self.region),
            Field(theme, t.text("&Court of"), "court", self.court),
            Field(theme, t.text("City in Kazak&h"), "city_kk", self.city_kk),
            Field(theme, t.text("City in R&ussian"), "city_ru", self.city_ru),
            Field(
                theme,
                t.text("&Opened on"),
                "opened_on",
                self.opened_on,
                t.text("Before this day nothing is asked of it."),
            ),
            Field(
                theme,
                t.text("C&losed on"),
                "closed_on",
                self.closed_on,
                t.text("What it reported stays in the figures."),
            ),
        ):
            f[field.name] = field
        for name in ("key", "name_kk", "name_ru"):
            fields.addWidget(f[name])
        fields.addLayout(pair(f["region"], f["court"]))
        fields.addLayout(pair(f["city_kk"], f["city_ru"]))
        fields.addLayout(pair(f["opened_on"], f["closed_on"]))
        self.end_form()

    def title(self) -> str:
        return self.t.text("Centre") if self.of else self.t.text("New centre")

    def put(self, cards: RegisterCards) -> None:
        one = next((one for one in cards.centres if one.key == self.of), None)
        self.put_regions(self.region, cards, one.region if one else None)
        self.court.fill(self._courts(cards), one.court if one else "")
        if one is not None:
            self.name_kk.setText(one.name_kk or "")
            self.name_ru.setText(one.name_ru or "")
            self.city_kk.setText(one.city_kk or "")
            self.city_ru.setText(one.city_ru or "")
            self.opened_on.put(one.opened_on)
            self.closed_on.put(one.closed_on)

    def _courts(self, cards: RegisterCards) -> list[tuple[str | None, str]]:
        """The courts, each by its region where it is the only one there."""
        t = self.t
        regions = {one.key: named(t, one) for one in cards.regions}
        beside = Counter(one.region for one in cards.courts)
        labels = [
            (one.key, named(t, one) if beside[one.region] > 1 else regions[one.region])
            for one in cards.courts
        ]
        return [("", t.text("No court")), *labels]

    def save(self) -> None:
        self.clear_findings()
        for name in ("name_kk", "name_ru"):
            control = self.fields[name].control
            assert isinstance(control, QLineEdit)
            if not control.text().strip():
                self.required(self.fields[name])
                return
        for name, day in (("opened_on", self.opened_on), ("closed_on", self.closed_on)):
            if day.mistyped:
                self.not_a_date(self.fields[name])
                return
        key = self.key_edit.text().strip()
        centre = Centre(
            id=key,
            key=key,
            region=self.region.value,
            court=self.court.value or None,
            name_kk=self.name_kk.text(),
            name_ru=self.name_ru.text(),
            city_kk=self.city_kk.text(),
            city_ru=self.city_ru.text(),
            opened_on=self.opened_on.day(),
            closed_on=self.closed_on.day(),
        )
        self.submit(
            lambda job: save_registered_centre(job.session, job.actor, centre=centre),
            lambda _: self.leave(self.t.text("The centre is saved.")),
        )
