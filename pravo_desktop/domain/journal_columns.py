"""An existing journal's columns and cells: what a header names and what a cell says.

Journals are kept in Kazakh or Russian and in every form; a header is only guessed, and what a cell
says is either understood or told as a finding. Nothing is filled in silently.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pravo_desktop.domain.dates import parse_date
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.text import normalise_line, normalise_text
from pravo_desktop.domain.validation import Finding

Cell = str | int | float | bool | date | None
"""A cell as it was read: a whole number is an int, an empty cell None."""

UNREADABLE = "\ufffd"
"""In a cell whose value is not in the file: a formula never calculated, an Excel error."""

JOINED = ("husband_name", "wife_name", "person_name", "couple_names", "topic", "note", "claim")
"""Fields that several columns may fill; their texts are joined in the order of the columns."""

FIELDS = (
    "date",
    "specialist",
    "profession",
    "case_number",
    "case_kind",
    "came_through",
    "couple_names",
    "husband_name",
    "husband_iin",
    "husband_phone",
    "husband_birth",
    "wife_name",
    "wife_iin",
    "wife_phone",
    "wife_birth",
    "person_name",
    "person_iin",
    "person_phone",
    "person_birth",
    "person_sex",
    "person_role",
    "children",
    "attended",
    "consent",
    "claim",
    "filed_on",
    "court_number",
    "format",
    "minutes",
    "topic",
    "note",
)
"""What a column may be; ``person_*`` is for journals with one person in a row."""

Columns = tuple[str | None, ...]
"""The field of each column, from the left; None for a column that is not read."""

Words = Mapping[str, Mapping[str, str]]
"""Folded words of classifiers' values: key of the value by label, by classifier."""

EARLIEST = date(2000, 1, 1)
"""No visit of a journal is older."""
MOST_CHILDREN = 15
LONGEST_NAME = 80
LONGEST_CELL = 4000
"""Of a note; longer texts are refused rather than cut."""

_HEADER_ROWS = 20
_WORD = re.compile(r"[^\W_]+")
_SPOUSES = ("husband", "wife")

# A pattern is a list of beginnings of words, folded; `=` before one asks for the whole word.
# A header is what the first pattern says of which every part is found.
_HEADERS: tuple[tuple[str, str], ...] = (
    ("", "=п =п"),
    ("", "рет сан"),
    ("filed_on", "дат подач"),
    ("filed_on", "дат иск"),
    ("filed_on", "талап бер"),
    ("court_number", "суд номер"),
    ("court_number", "суд дел"),
    ("court_number", "сот номир"),
    ("court_number", "сот ис"),
    ("consent", "соглас"),
    ("consent", "келисим"),
    ("date", "дата прием"),
    ("date", "дата консульт"),
    ("date", "дата обращ"),
    ("date", "дата посещ"),
    ("date", "келген кун"),
    ("children", "кол дет"),
    ("children", "число дет"),
    ("children", "бала сан"),
    ("children", "балалар"),
    ("children", "=дети"),
    ("children", "=детеи"),
    ("came_through", "кем направ"),
    ("came_through", "кто направ"),
    ("came_through", "откуда"),
    ("came_through", "источник"),
    ("came_through", "ким жибер"),
    ("attended", "кто приш"),
    ("attended", "кто был"),
    ("attended", "присутств"),
    ("attended", "ким келди"),
    ("attended", "катыск"),
    ("specialist", "специалист"),
    ("specialist", "консультант"),
    ("specialist", "маман"),
    ("profession", "професс"),
    ("profession", "должност"),
    ("profession", "лауазым"),
    ("profession", "кызметкер"),
    ("format", "формат"),
    ("format", "форма"),
    ("format", "вид консультац"),
    ("format", "нысан"),
    ("case_kind", "семеин положен"),
    ("case_kind", "статус брак"),
    ("case_kind", "отбас жагдаи"),
    ("case_kind", "неке"),
    ("claim", "иск"),
    ("claim", "талап"),
    ("topic", "тема"),
    ("topic", "такырып"),
    ("topic", "вопрос"),
    ("topic", "причин обращ"),
    ("topic", "масел"),
    ("minutes", "минут"),
    ("minutes", "длительн"),
    ("minutes", "продолжит"),
    ("minutes", "узактыг"),
    ("note", "примеч"),
    ("note", "ескерт"),
    ("note", "коммент"),
    ("note", "содержан"),
    ("note", "рекоменд"),
    ("note", "мазмун"),
)
_LAST_HEADERS = (
    ("case_number", "номер дел"),
    ("case_number", "=дело"),
    ("case_number", "=дела"),
    ("case_number", "регистрац"),
    ("case_number", "ис номир"),
    ("case_number", "тиркеу"),
    ("date", "=дата"),
    ("date", "=куни"),
    ("date", "=кун"),
)
_ASPECTS = (
    ("iin", "иин"),
    ("iin", "жсн"),
    ("phone", "тел"),
    ("phone", "контакт"),
    ("phone", "баиланыс"),
    ("birth", "рожд"),
    ("birth", "туган"),
    ("birth", "=г =р"),
    ("sex", "=пол"),
    ("sex", "жыныс"),
    ("role", "=роль"),
    ("role", "=рол"),
    ("name", "фио"),
    ("name", "=ф =и =о"),
    ("name", "фамил"),
    ("name", "=имя"),
    ("name", "отчест"),
    ("name", "=аты"),
    ("name", "теги"),
    ("name", "есим"),
    ("name", "клиент"),
    ("name", "обративш"),
    ("name", "заявител"),
    ("name", "отиниш"),
)
_COUPLE = ("=супругов", "=супруги", "=пара", "ерли", "=жуп", "жубаилар")
_HUSBAND = ("=муж", "=мужа", "=супруг", "=супруга", "=ери", "=еринин", "куиеу")
_WIFE = ("=жена", "=жены", "=супруги", "аиели", "=заиыбы")

ALIASES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "profession": (
        ("psychologist", "психолог"),
        ("lawyer", "юрист"),
        ("lawyer", "адвокат"),
        ("lawyer", "зангер"),
        ("mediator", "медиатор"),
        ("social_worker", "соц работ"),
        ("social_worker", "социальн"),
        ("social_worker", "соцработ"),
        ("social_worker", "алеуметтик"),
    ),
    "sex": (
        ("male", "муж"),
        ("male", "=м"),
        ("male", "=ер"),
        ("male", "=еркек"),
        ("female", "жен"),
        ("female", "=ж"),
        ("female", "аиел"),
        ("female", "=а"),
    ),
    "participant_role": (
        ("former_spouse", "бывш"),
        ("former_spouse", "бурынгы"),
        ("husband", "=муж"),
        ("husband", "=супруг"),
        ("husband", "куиеу"),
        ("husband", "=ери"),
        ("wife", "=жена"),
        ("wife", "=супруга"),
        ("wife", "аиел"),
        ("wife", "заиыб"),
        ("partner", "партн"),
        ("partner", "сожит"),
        ("partner", "сериктес"),
        ("guardian", "опекун"),
        ("guardian", "камкоршы"),
        ("child", "ребен"),
        ("child", "=дети"),
        ("child", "=бала"),
    ),
    "consultation_format": (
        ("phone", "тел"),
        ("online", "онлаин"),
        ("online", "online"),
        ("online", "zoom"),
        ("online", "дистанц"),
        ("group", "групп"),
        ("group", "топ"),
        ("in_person", "очн"),
        ("in_person", "личн"),
        ("in_person", "бетпе"),
        ("in_person", "жеке"),
    ),
    "case_kind": (
        ("unregistered", "граждан"),
        ("unregistered", "без регистр"),
        ("unregistered", "тиркелмеген"),
        ("divorced", "развед"),
        ("divorced", "ажырас"),
        ("married", "=в браке"),
        ("married", "состо"),
        ("married", "женат"),
        ("married", "замуж"),
        ("married", "некеде"),
    ),
    "came_through": (
        ("judge_referral", "суд направ"),
        ("judge_referral", "судья"),
        ("judge_referral", "судьи"),
        ("court", "суд"),
        ("court", "сот"),
        ("self", "сам"),
        ("self", "оз"),
        ("registry_office", "рагс"),
        ("registry_office", "загс"),
        ("registry_office", "ахат"),
        ("local_executive", "акимат"),
        ("local_executive", "аким"),
        ("police", "полиц"),
        ("social_network", "инстаграм"),
        ("social_network", "instagram"),
        ("social_network", "соц сет"),
        ("social_network", "соцсет"),
        ("acquaintance", "знаком"),
        ("acquaintance", "таныс"),
    ),
    "claim_kind": (
        ("alimony", "алимент"),
        ("residence", "жительств"),
        ("residence", "тургылыкты"),
        ("contact_order", "общени"),
        ("contact_order", "карым катынас"),
        ("divorce", "расторж"),
        ("divorce", "развод"),
        ("divorce", "ажырас"),
        ("divorce", "неке буз"),
        ("property", "имуществ"),
        ("property", "мулик"),
        ("other", "=другое"),
        ("other", "=другие"),
        ("other", "=иное"),
        ("other", "баска"),
    ),
    "topic": (
        ("reconciliation", "примир"),
        ("reconciliation", "татулас"),
        ("divorce", "развод"),
        ("divorce", "расторж"),
        ("divorce", "ажырас"),
        ("couple_relations", "отношен супруг"),
        ("couple_relations", "семеин отношен"),
        ("couple_relations", "ерли карым"),
        ("parenting", "воспитан"),
        ("parenting", "бала тарбие"),
        ("child_condition", "состоян реб"),
        ("child_residence", "жительств"),
        ("child_residence", "тургылыкты"),
        ("contact_order", "общени"),
        ("contact_order", "баламен карым"),
        ("alimony", "алимент"),
        ("property", "имуществ"),
        ("property", "мулик"),
        ("domestic_violence", "насили"),
        ("domestic_violence", "зорлык"),
        ("documents", "документ"),
        ("documents", "кужат"),
        ("social_support", "социальн поддерж"),
        ("social_support", "алеуметтик колдау"),
    ),
    "consent_state": (
        ("withdrawn", "отозва"),
        ("withdrawn", "каитарыл"),
        ("not_asked", "=не спраш"),
        ("not_asked", "=не запраш"),
        ("not_asked", "суралма"),
        ("refused", "отказ"),
        ("refused", "=не"),
        ("refused", "берилмеди"),
        ("refused", "бас тарт"),
        ("given", "дано"),
        ("given", "=дал"),
        ("given", "=дала"),
        ("given", "получен"),
        ("given", "подпис"),
        ("given", "берилди"),
        ("given", "берди"),
        ("given", "соглас"),
    ),
}
"""What journals write for the keys of classifiers besides their labels; the first that fits."""

_EVERYBODY = ("оба", "обе", "=вместе", "=пара", "=супруги", "екеуи", "=бирге", "ерли", "=жуп")
_YES = frozenset({"да", "иа", "ия", "есть", "бар", "yes", "true", "1", "+", "v", "✓", "✔"})
_DASHES = frozenset({"-", "–", "—"})
_NO = frozenset({"нет", "жок", "no", "false", "0"}) | _DASHES
_NOTHING = frozenset(
    {"", "-", "–", "—", "нет", "жок", "н/д", "нет данных", "белгисиз", "не указано"}
)
_MONTHS = (
    ("янв", "кан"),
    ("фев", "акпан"),
    ("мар", "наурыз"),
    ("апр", "сауир"),
    ("мая", "маи", "мамыр"),
    ("июн", "маусым"),
    ("июл", "шилде"),
    ("авг", "тамыз"),
    ("сен", "кыркуиек"),
    ("окт", "казан"),
    ("ноя", "караша"),
    ("дек", "желтоксан"),
)
_TIME = re.compile(r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$", re.ASCII)
_NUMERIC_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./,\- ]+\d{1,2}[./,\- ]+(?:\d{4}|\d{2})|\d{8}|\d{6}", re.ASCII
)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
_NUMBER_AND_WORDS = re.compile(r"(\d{1,2})(?!\d)")
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's dates, counted from its 1 March 1900 on."""
_NAME_PART = re.compile(r"[^\s.]+\.?")
_COUPLE_SPLIT = re.compile(r"\s*[,;/\n+&]\s*|\s+(?:и|және|мен|пен|бен)\s+", re.IGNORECASE)
_FEMALE = re.compile(r"(?:вна|чна|[кқ]ызы)$|(?:ова|ева|ина|ская|цкая)$")
_MALE = re.compile(r"(?:вич|улы|оглы)$|(?:ов|ев|ин|скии|цкии)$")


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


# --- Headers ----------------------------------------------------------------------------------


def _fits(words: Sequence[str], pattern: str) -> bool:
    left = list(words)
    for part in pattern.split():
        whole = part.removeprefix("=")
        found = next(
            (w for w in left if (w == whole if part[0] == "=" else w.startswith(whole))), None
        )
        if found is None:
            return False
        left.remove(found)
    return True


def _first(words: Sequence[str], patterns: Iterable[tuple[str, str]]) -> str | None:
    return next((key for key, pattern in patterns if _fits(words, pattern)), None)


def _any(words: Sequence[str], patterns: Iterable[str]) -> bool:
    return any(_fits(words, pattern) for pattern in patterns)


def field_of(header: str) -> str | None:
    """The field that a header most likely names; None when it names none that is known."""
    words = _WORD.findall(fold(header))
    if not words:
        return None
    aspect = _first(words, _ASPECTS)
    alone = len(words) == 1
    wife = _any(words, _WIFE) and not (alone and words[0] == "супруги")
    if alone and words[0] == "супруга":
        return "wife_name"
    if wife or _any(words, _HUSBAND):
        whose = "wife" if wife else "husband"
        return f"{whose}_{aspect}" if aspect in {"iin", "phone", "birth"} else f"{whose}_name"
    field = _first(words, _HEADERS)
    if field is not None and not (aspect == "name" and field == "topic"):
        return field or None
    if _any(words, _COUPLE):
        return "couple_names" if aspect in {None, "name"} else f"person_{aspect}"
    if aspect:
        return f"person_{aspect}"
    return _first(words, _LAST_HEADERS)


def guessed_columns(headers: Sequence[str]) -> Columns:
    """The field of each column by its header; a field that cannot be joined is given once."""
    found: list[str | None] = []
    for header in headers:
        field = field_of(header)
        found.append(None if field in found and field not in JOINED else field)
    return tuple(found)


def header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Position of the row of headers: of the first rows, the one with most headers known.

    Titles above it are passed over; None when the rows hold nothing.
    """
    best, most = None, 0
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        texts = [as_text(cell) for cell in row if isinstance(cell, str)]
        known = 2 * sum(field_of(text) is not None for text in texts) + (len(texts) > 1)
        if known > most:
            best, most = position, known
    return best


def columns_hash(headers: Sequence[str]) -> str:
    """SHA-256 (hex) of the folded headers: the same layout has the same hash."""
    text = "\n".join(" ".join(_WORD.findall(fold(header))) for header in headers)
    return hashlib.sha256(text.encode()).hexdigest()


# --- Cells ------------------------------------------------------------------------------------


def as_text(cell: Cell) -> str:
    """A cell as one line of text; a date as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return normalise_line(cell.isoformat() if isinstance(cell, date) else str(cell))


def parse_day(cell: Cell, today: date) -> date | None:
    """The full date in a cell; None when it holds none.

    Takes dates and day numbers of Excel, ``05.12.24``, ``2024-12-05``, ``05122024``, ``«5 декабря
    2024 г.»``, ``2024 ж. 5 желтоқсан``, with or without a time. A date without its year is none.
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None or isinstance(cell, float):
        return None
    if isinstance(cell, int):
        return _numbered_day(cell, today)
    text = _TIME.sub("", normalise_line(cell).strip("«»\"' "))
    text = re.sub(r"\s*(?:г|ж|года|жылы)\.?$", "", text, flags=re.IGNORECASE).strip()
    if match := _YEAR_FIRST.fullmatch(text):
        text = "-".join(match.groups())
    if _NUMERIC_DATE.fullmatch(text):
        return parse_date(text, today=today)
    return _worded_day(text, today)


def _numbered_day(number: int, today: date) -> date | None:
    if 20_000 <= number <= 80_000:
        day = _SERIAL_ZERO + timedelta(days=number)
        if day <= today:
            return day
    digits = str(number)
    width = 8 if len(digits) > 6 else 6
    return parse_date(digits.zfill(width), today=today) if 5 <= len(digits) <= 8 else None


def _worded_day(text: str, today: date) -> date | None:
    words = _WORD.findall(fold(text))
    months = [
        number
        for number, names in enumerate(_MONTHS, start=1)
        for word in words
        if not word[0].isdigit() and word.startswith(names)
    ]
    numbers = [word for word in words if word.isascii() and word.isdecimal()]
    if len(months) != 1 or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len) if any(len(n) == 4 for n in numbers) else numbers
    return parse_date(f"{day}.{months[0]}.{year}", today=today)


def parse_birth(cell: Cell, today: date) -> tuple[date | None, int | None]:
    """A date of birth, or the year alone; two Nones when the cell holds neither."""
    if isinstance(cell, str):
        cell = re.sub(r"\D+$", "", as_text(cell))
    if re.fullmatch(r"(?:19|20)[0-9]{2}", as_text(cell)):
        return None, int(as_text(cell))
    day = parse_day(cell, today)
    return day, day.year if day else None


def parse_key(text: str, classifier: str, words: Words) -> str | None:
    """The key that a text means in a classifier, by label or by what journals write."""
    folded = fold(normalise_line(text)).strip(" .")
    return words.get(classifier, {}).get(folded) or _first(
        _WORD.findall(folded), ALIASES.get(classifier, ())
    )


def parse_keys(text: str, classifier: str, words: Words) -> tuple[str, ...]:
    """All the keys of a classifier that a text names, in the order of the classifier's words."""
    found: list[str] = []
    for part in re.split(r"[,;/\n+]", text):
        key = words.get(classifier, {}).get(fold(normalise_line(part)).strip(" ."))
        split = _WORD.findall(fold(part))
        keys = [key] if key else [k for k, p in ALIASES[classifier] if _fits(split, p)]
        found.extend(key for key in keys if key not in found)
    return tuple(found)


def parse_yes(cell: Cell) -> bool | None:
    """Yes or no; None when the cell says neither."""
    text = fold(as_text(cell)).strip(" .!")
    return True if text in _YES else False if text in _NO else None


def parse_name(text: str) -> tuple[str | None, str | None, str | None]:
    """Surname, given name, patronymic of a full name; initials may stand for the last two."""
    parts = _NAME_PART.findall(normalise_line(text))
    surname, given, *rest = [*parts, "", ""][: max(len(parts), 2)]
    return surname or None, given or None, " ".join(rest) or None


def probable_sex(name: str) -> str:
    """``male`` or ``female`` by the ending of patronymic or surname, else ``not_stated``."""
    words = [fold(part) for part in _NAME_PART.findall(name)]
    for word in [*words[2:], *words[:1]]:
        if _FEMALE.search(word):
            return "female"
        if _MALE.search(word):
            return "male"
    return "not_stated"


def words_of_classifiers(labels: Mapping[str, Mapping[str, Collection[str]]]) -> Words:
    """The folded words for `parse_key`.

    Args:
        labels: the labels of each key, by classifier.
    """
    return {
        classifier: {fold(word): key for key, names in keys.items() for word in (key, *names)}
        for classifier, keys in labels.items()
    }


# --- Rows -------------------------------------------------------------------------------------


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
        return "" if fold(text).strip(" .") in _NOTHING else text

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
        if not text or fold(text).strip(" .") in _NOTHING:
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
        match = _NUMBER_AND_WORDS.match(text) if isinstance(cell, str) else None
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
        if normalise_line(names) and fold(normalise_line(names)) not in _NOTHING:
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
        words = _WORD.findall(fold(text))
        if not words:
            return frozenset()
        if _any(words, _EVERYBODY):
            return frozenset(_SPOUSES)
        roles = {k for k, p in ALIASES["participant_role"] if _fits(words, p)}
        roles &= {*_SPOUSES, "child"}
        if not roles:
            self.wrong("journal_value_unknown", "attended")
        return frozenset(roles)

    def consent(self) -> str | None:
        cell = self.cell("consent")
        if cell is None:
            return None
        if not self.text("consent") and fold(as_text(cell)) in _DASHES:
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
