"""The reader of ``resources/``: classifiers with stable keys and labels in three languages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from pravo_desktop.paths import resources_folder

LANGUAGES = ("kk", "ru", "en")


class Labelled(Protocol):
    """Anything that has a key and a label in each language."""

    @property
    def key(self) -> str: ...
    @property
    def kk(self) -> str: ...
    @property
    def ru(self) -> str: ...
    @property
    def en(self) -> str: ...


_L = TypeVar("_L", bound=Labelled)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a coded list.

    Args:
        key: what is stored and travels; never changes.
        kk, ru, en: the labels.
        flags: properties the domain asks for, such as ``counts_as_couple`` or ``adult``.
    """

    key: str
    kk: str
    ru: str
    en: str
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the project.

    Args:
        iso: ISO 3166-2 code.
        kato: nine digits of the classifier of administrative units.
        phone_code: landline code of the regional centre, without +7.
        case_code: three letters of its case numbers.
    """

    key: str
    kk: str
    ru: str
    en: str
    iso: str
    kato: str
    phone_code: str
    case_code: str


@dataclass(frozen=True, slots=True)
class Centre:
    """A family resource support centre; headquarters' own register of centres overrides this list.

    Args:
        region, court: keys.
        city: name of its city by language.
        opened_on, closed_on: dates, or None where headquarters has not said.
    """

    key: str
    kk: str
    ru: str
    en: str
    region: str
    court: str
    city: Mapping[str, str]
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Court:
    """A specialised inter-district court for minors and the key of its region."""

    key: str
    kk: str
    ru: str
    en: str
    region: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the monthly report.

    Args:
        reported_by: the workplaces that owe it, of ``centre`` and ``national``.
    """

    key: str
    kk: str
    ru: str
    en: str
    reported_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """Labels of an indicator, with the keys of its unit and of its section of the report."""

    key: str
    kk: str
    ru: str
    en: str
    unit: str
    section: str


@dataclass(frozen=True, slots=True)
class Classifiers:
    """All classifiers; every mapping is by key, in the order in which people are shown it.

    Args:
        pseudo_regions: ``national`` (headquarters itself) and ``all``.
        indicators: labels; what they mean is in ``domain/indicators.py``.
        kinds: the coded lists by name, such as ``kinds["claim_kind"]["alimony"]``.
        categories: the ten labels of the report, in the order of the 2024 chart.
        category_rules: the predicates as data, by the first year each rule is for.
    """

    regions: Mapping[str, Region]
    pseudo_regions: Mapping[str, Entry]
    centres: Mapping[str, Centre]
    courts: Mapping[str, Court]
    kinds: Mapping[str, Mapping[str, Entry]]
    sections: Mapping[str, Section]
    indicators: Mapping[str, Indicator]
    units: Mapping[str, Entry]
    categories: Mapping[str, Entry]
    category_rules: Mapping[int, tuple[Mapping[str, Any], ...]]

    def entries(self, name: str) -> Mapping[str, Labelled]:
        """The classifier that a record's field names: a coded list, or ``region``,
        ``centre``, ``section``, ``indicator``, ``category``.

        Raises:
            KeyError: there is none of this name.
        """
        lists: Mapping[str, Mapping[str, Labelled]] = {
            "region": self.regions,
            "centre": self.centres,
            "section": self.sections,
            "indicator": self.indicators,
            "category": self.categories,
        }
        return lists.get(name) or self.kinds[name]

    def place(self, key: str) -> Region | Entry:
        """A region or a pseudo-region by its key; KeyError when it is neither."""
        return self.regions.get(key) or self.pseudo_regions[key]

    def sections_of(self, workplace: str) -> tuple[str, ...]:
        """Keys of the sections that ``centre`` or ``national`` owes each month."""
        return tuple(s.key for s in self.sections.values() if workplace in s.reported_by)

    def couple_kinds(self) -> frozenset[str]:
        """Kinds of cases that are counted as couples (design: married, divorced, not married)."""
        return frozenset(
            entry.key
            for entry in self.kinds["case_kind"].values()
            if "counts_as_couple" in entry.flags
        )

    def category_predicates(self, year: int) -> tuple[Mapping[str, Any], ...]:
        """The ordered predicates of the category rule in force in ``year``.

        A year before the first rule takes the first one.
        """
        in_force = [start for start in self.category_rules if start <= year]
        return self.category_rules[max(in_force, default=min(self.category_rules))]


@cache
def classifiers() -> Classifiers:
    """The classifiers of this build, read once."""
    regions = _read("regions")
    centres = _read("centres")["centres"]
    indicators = _read("indicators")
    categories = _read("category_rules")
    return Classifiers(
        regions=_by_key(Region(**row) for row in regions["regions"]),
        pseudo_regions=_entries(regions["pseudo_regions"]),
        centres=_by_key(_centre(row) for row in centres),
        courts=_by_key(Court(**row) for row in _read("courts")["courts"]),
        kinds=MappingProxyType({name: _entries(rows) for name, rows in _read("kinds").items()}),
        sections=_by_key(
            Section(**{**row, "reported_by": frozenset(row["reported_by"])})
            for row in _read("sections")["sections"]
        ),
        indicators=_by_key(Indicator(**row) for row in indicators["indicators"]),
        units=_entries(indicators["units"]),
        categories=_entries(categories["categories"]),
        category_rules=MappingProxyType(
            {rule["from_year"]: tuple(rule["predicates"]) for rule in categories["rules"]}
        ),
    )


@dataclass(frozen=True, slots=True)
class PersonalDataRules:
    """Terms of the law on personal data (94-V of 21.05.2013) and of the program's own rules.

    Args:
        keep_years: a case at rest for so long is depersonalised.
        backup_months: so many months' last backups are kept.
        working_days: within which a request is answered, by its kind.
    """

    keep_years: int
    backup_months: int
    working_days: Mapping[str, int]


@cache
def personal_data_rules() -> PersonalDataRules:
    """The rules of ``resources/personal_data.json``."""
    path = resources_folder() / "personal_data.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    days = MappingProxyType(data["working_days"])
    return PersonalDataRules(data["keep_years"], data["backup_months"], days)


def backup_warn_days() -> int:
    """A last good backup older than so many days is warned of."""
    return _upkeep()["backup_warn_days"]


def key_warn_days() -> int:
    """So many days before a key expires it is warned of."""
    return _upkeep()["key_warn_days"]


@cache
def _upkeep() -> Mapping[str, int]:
    path = resources_folder() / "upkeep.json"
    return MappingProxyType(json.loads(path.read_text(encoding="utf-8")))


@cache
def text_words() -> Mapping[str, Any]:
    """Beginnings of Kazakh and Russian words by which a text's claims are found, read once."""
    return MappingProxyType(_read("text_words"))


def _read(name: str) -> Any:
    path = resources_folder() / "classifiers" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _by_key(records: Iterable[_L]) -> Mapping[str, _L]:
    return MappingProxyType({record.key: record for record in records})


def _entries(rows: list[dict[str, Any]]) -> Mapping[str, Entry]:
    return _by_key(Entry(**{**row, "flags": frozenset(row.get("flags", ()))}) for row in rows)


def _centre(row: dict[str, Any]) -> Centre:
    dates = {
        name: date.fromisoformat(row[name]) if row[name] else None
        for name in ("opened_on", "closed_on")
    }
    return Centre(**{**row, **dates, "city": MappingProxyType(row["city"])})
