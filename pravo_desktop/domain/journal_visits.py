"""What a row of an existing journal says: a visit, its people, and what was not understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.journal_cells import (
    NUMBER_AND_WORDS,
    UNREADABLE,
    Cell,
    Words,
    as_text,
    parse_birth,
    parse_day,
    parse_key,
    parse_keys,
    parse_name,
    parse_yes,
    probable_sex,
)
from pravo_desktop.domain.journal_columns import Columns
from pravo_desktop.domain.journal_words import (
    ALIASES,
    DASHES,
    EVERYBODY,
    NOTHING,
    WORD,
    any_fits,
    fits,
)
from pravo_desktop.domain.text import normalise_line, normalise_text
from pravo_desktop.domain.validation import Finding

EARLIEST = date(2000, 1, 1)
"""No visit of a journal is older."""
MOST_CHILDREN = 15
LONGEST_NAME = 80
LONGEST_CELL = 4000
"""Of a note; longer texts are refused rather than cut."""

_SPOUSES = ("husband", "wife")
_COUPLE_SPLIT = re.compile(r"\s*[,;/\n+&]\s*|\s+(?:и|және|мен|пен|бен)\s+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Person:
    """An adult of a row.

    Args:
        role: key of ``participant_role``.
        sex: key of ``sex``.
    """

    role: str
    sex: str
    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    iin: str | None = None
    phone: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None

    @property
    def named(self) -> bool:
        """Whether the row holds anything that only consent lets us keep."""
        held = (self.surname, self.given_name, self.patronymic, self.iin, self.phone)
        return any(held) or self.birth_date is not None

    @property
    def full_name(self) -> tuple[str, str] | None:
        """Surname and given name, folded: by them the same person is known in another row."""
        if not self.surname or not self.given_name:
            return None
        return fold(self.surname), fold(self.given_name)

    def merged(self, other: "Person") -> "Person":
        """The person with what another row knows besides."""
        return replace(
            self,
            **{
                name: getattr(self, name) or getattr(other, name)
                for name in self.__dataclass_fields__
                if name not in ("role", "sex")
            },
            sex=other.sex if self.sex == "not_stated" else self.sex,
        )


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One row of a journal as it was understood.

    Args:
        specialist, profession: as written; who it is, the station knows.
        attended: roles of those who came; empty where the row does not say.
        consent: key of ``consent_state``; None where the row does not say.
        note: with what other columns said that has no place of its own.
    """

    held_on: date | None
    specialist: str = ""
    profession: str | None = None
    case_number: str = ""
    case_kind: str | None = None
    came_through: str | None = None
    people: tuple[Person, ...] = ()
    children: int = 0
    attended: frozenset[str] = frozenset()
    consent: str | None = None
    claims: tuple[str, ...] = ()
    filed_on: date | None = None
    court_number: str | None = None
    format: str | None = None
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    note: str | None = None


def read_row(
    cells: Sequence[Cell], columns: Columns, words: Words, today: date
) -> tuple[Visit, list[Finding]]:
    """What a row says, and what in it is not understood.

    Args:
        cells: from the left; a row may be shorter than its headers.
        words: of `words_of_classifiers`.

    Returns:
        the visit and findings whose ``field`` is of `FIELDS`; with an error among them the visit
        is not to be kept.
    """
    return _Row(cells, columns, words, today).visit()


class _Row:
    """A row while it is read; findings gather as its fields are asked for."""

    def __init__(self, cells: Sequence[Cell], columns: Columns, words: Words, today: date) -> None:
        self.words, self.today = words, today
        self.findings: list[Finding] = []
        self.cells: dict[str, list[Cell]] = {}
        for field, cell in zip(columns, cells, strict=False):
            if field is None or cell is None or cell == "":
                continue
            if isinstance(cell, str):
                if UNREADABLE in cell:
                    self.wrong("journal_cell_unreadable", field)
                    continue
                if len(cell) > LONGEST_CELL:
                    self.wrong("text_too_long", field, maximum=LONGEST_CELL)
                    continue
                if cell.lstrip().startswith("="):
                    self.wrong("journal_formula", field)
                    continue
            self.cells.setdefault(field, []).append(cell)
        self.leftovers: list[str] = []

    def wrong(self, code: str, field: str, **params: object) -> None:
        self.findings.append(Finding(code, field, params=params))

    def odd(self, code: str, field: str) -> None:
        self.findings.append(Finding(code, field, warning=True))

    def cell(self, field: str) -> Cell:
        return self.cells.get(field, [None])[0]

    def text(self, field: str) -> str:
        """The field's text on one line; a dash or «нет» is nothing."""
        text = " ".join(filter(None, map(as_text, self.cells.get(field, ()))))
        return "" if fold(text).strip(" .") in NOTHING else text

    def line(self, field: str, maximum: int) -> str:
        text = self.text(field)
        if len(text) > maximum:
            self.wrong("text_too_long", field, maximum=maximum)
        return text

    def key(self, field: str, classifier: str) -> str | None:
        text = self.text(field)
        found = parse_key(text, classifier, self.words) if text else None
        if text and found is None:
            self.wrong("journal_value_unknown", field)
        return found

    def keys(self, field: str, classifier: str) -> tuple[str, ...]:
        """The keys named; a text that names none is ``other`` and goes to the note."""
        text = ", ".join(filter(None, map(as_text, self.cells.get(field, ()))))
        if not text or fold(text).strip(" .") in NOTHING:
            return ()
        found = parse_keys(text, classifier, self.words)
        if not found:
            self.odd("journal_value_other", field)
            self.leftovers.append(text)
        return found or ("other",)

    def number(self, field: str, most: int) -> int | None:
        cell, text = self.cell(field), self.text(field)
        if not text:
            return None
        match = NUMBER_AND_WORDS.match(text) if isinstance(cell, str) else None
        number = cell if isinstance(cell, int) else int(match[1]) if match else None
        if number is None or isinstance(number, bool) or not 0 <= number <= most:
            self.wrong("journal_number_unclear", field, maximum=most)
            return None
        return number

    def day(self, field: str) -> date | None:
        if not self.text(field):
            return None
        day = parse_day(self.cell(field), self.today)
        if day is None or day < EARLIEST:
            self.wrong("journal_date_unclear", field)
            return None
        if day > self.today:
            self.wrong("date_in_future", field)
            return None
        return day

    def person(self, role: str, sex: str, prefix: str, name: str) -> Person:
        column = "couple_names" if prefix == "couple" else f"{prefix}_name"
        surname, given, patronymic = parse_name(name)
        if any(len(part or "") > LONGEST_NAME for part in (surname, given, patronymic)):
            self.wrong("text_too_long", column, maximum=LONGEST_NAME)
        if any(character.isdigit() for character in name):
            self.wrong("journal_name_unclear", column)
        cell = self.cell(f"{prefix}_birth")
        birth_date, birth_year = None, None
        if self.text(f"{prefix}_birth"):
            birth_date, birth_year = parse_birth(cell, self.today)
            if birth_year is None:
                self.wrong("journal_date_unclear", f"{prefix}_birth")
            elif birth_year > self.today.year or (birth_date and birth_date > self.today):
                self.wrong("date_in_future", f"{prefix}_birth")
        iin = self.text(f"{prefix}_iin")
        if iin.isdecimal() and isinstance(self.cell(f"{prefix}_iin"), int):
            # Excel drops the noughts with which a number of somebody born after 1999 begins.
            iin = iin.zfill(12)
        return Person(
            role=role,
            sex=sex,
            surname=surname,
            given_name=given,
            patronymic=patronymic,
            iin=iin or None,
            phone=self.text(f"{prefix}_phone") or None,
            birth_date=birth_date,
            birth_year=birth_year,
        )

    def people(self) -> tuple[Person, ...]:
        found = []
        for role, sex in (("husband", "male"), ("wife", "female")):
            if any(self.text(f"{role}_{part}") for part in ("name", "iin", "phone", "birth")):
                found.append(self.person(role, sex, role, self.text(f"{role}_name")))
        names = "\n".join(str(cell) for cell in self.cells.get("couple_names", ()))
        if normalise_line(names) and fold(normalise_line(names)) not in NOTHING:
            found += self.couple(names)
        parts = ("name", "iin", "phone", "birth", "role", "sex")
        if any(self.text(f"person_{part}") for part in parts):
            found.append(self.single(has_couple=bool(found)))
        return tuple(found)

    def couple(self, names: str) -> list[Person]:
        parts = [normalise_line(part) for part in _COUPLE_SPLIT.split(normalise_text(names))]
        parts = [part for part in parts if part]
        if len(parts) > 2:
            self.wrong("journal_name_unclear", "couple_names")
            return []
        sexes = [probable_sex(part) for part in parts]
        if len(parts) == 2 and sexes in (["female", "male"], ["female", "not_stated"]):
            parts.reverse()
            sexes = ["male", "female"]
        elif len(parts) == 2:
            if sexes != ["male", "female"]:
                self.odd("journal_role_assumed", "couple_names")
            sexes = ["male", "female"]
        elif sexes == ["not_stated"]:
            self.wrong("journal_role_unclear", "couple_names")
            return []
        roles = ["husband" if sex == "male" else "wife" for sex in sexes]
        return [
            self.person(role, sex, "couple", part)
            for role, sex, part in zip(roles, sexes, parts, strict=True)
        ]

    def single(self, *, has_couple: bool) -> Person:
        sex = self.key("person_sex", "sex")
        role = self.key("person_role", "participant_role")
        name = self.text("person_name")
        guessed = probable_sex(name)
        if role is None and sex is None and guessed != "not_stated" and not has_couple:
            self.odd("journal_role_assumed", "person_name")
            sex = guessed
        if role is None and sex in ("male", "female") and not has_couple:
            role = "husband" if sex == "male" else "wife"
        if role is None:
            self.wrong("journal_role_unclear", "person_role")
        by_role = {"husband": "male", "wife": "female"}.get(role or "", guessed)
        return self.person(role or "other_adult", sex or by_role, "person", name)

    def attended(self) -> frozenset[str]:
        text = self.text("attended")
        words = WORD.findall(fold(text))
        if not words:
            return frozenset()
        if any_fits(words, EVERYBODY):
            return frozenset(_SPOUSES)
        roles = {k for k, p in ALIASES["participant_role"] if fits(words, p)}
        roles &= {*_SPOUSES, "child"}
        if not roles:
            self.wrong("journal_value_unknown", "attended")
        return frozenset(roles)

    def consent(self) -> str | None:
        cell = self.cell("consent")
        if cell is None:
            return None
        if not self.text("consent") and fold(as_text(cell)) in DASHES:
            return "not_asked"
        said = parse_yes(cell)
        if said is not None:
            return "given" if said else "refused"
        if isinstance(cell, date):
            return "given"
        return self.key("consent", "consent_state")

    def visit(self) -> tuple[Visit, list[Finding]]:
        held_on = self.day("date")
        if held_on is None and not any(finding.field == "date" for finding in self.findings):
            self.wrong("journal_date_missing", "date")
        profession = self.text("profession")
        minutes = self.number("minutes", 600)
        people = self.people()
        topics = self.keys("topic", "topic")
        claims = self.keys("claim", "claim_kind")
        notes = [normalise_text(str(cell)) for cell in self.cells.get("note", ())]
        note = "\n".join(filter(None, [*notes, *self.leftovers]))
        if len(note) > LONGEST_CELL:
            self.wrong("text_too_long", "note", maximum=LONGEST_CELL)
        visit = Visit(
            held_on=held_on,
            specialist=self.text("specialist"),
            profession=profession or None,
            case_number=self.line("case_number", 80),
            case_kind=self.key("case_kind", "case_kind"),
            came_through=self.key("came_through", "came_through"),
            people=people,
            children=self.number("children", MOST_CHILDREN) or 0,
            attended=self.attended(),
            consent=self.consent(),
            claims=claims,
            filed_on=self.day("filed_on"),
            court_number=self.line("court_number", 80) or None,
            format=self.key("format", "consultation_format"),
            minutes=minutes or None,
            topics=topics,
            note=note or None,
        )
        return visit, self.findings
