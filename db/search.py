"""The index of cases: found by words of names, numbers or label, sorted the Kazakh way."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.fields import fields_of
from pravo_desktop.domain.folding import fold, kazakh_sort_key
from pravo_desktop.domain.records import BY_TABLE
from pravo_desktop.domain.versions import row_code
from pravo_desktop.resources import classifiers

MOST_COUNTED = 1000
"""Cases that a text finds are counted up to here: a single letter finds half of them all."""

_BEYOND = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"([a-zа-я]{3}-[a-zа-я](-\d*){0,2}|20\d\d-\d*)")
_ROW_CODE = re.compile(r"(?=\d*[a-f])[0-9a-f]{10}|\d{5} \d{5}")
"""Digits alone are more likely the beginning of an IIN, unless in halves as codes are shown."""
_EIGHT = re.compile(r"8[\s(-]+7")
"""A phone written from 8 on, as people say it."""
_PHONE_BEGUN = re.compile(r"\+7|\(?7\d\d[\s)-]")
_OF_CASES = tuple(
    table
    for table, record in BY_TABLE.items()
    if any(spec.name == "case_id" for spec in fields_of(record))
)

_FEW = 300
"""Cases of so many lines of the index are gathered and then sorted; of more the list is read in
its order until it is long enough, since sorting them would look up each."""
_SIFTED = 2_500
"""The same where there are further words: they leave few of the rarest word's cases to sort."""
_SOME = 4_000
"""A word with so many lines or fewer is gathered before the list is read; one with more stands in
so many cases that the list is long enough soon."""

_WORDS = "SELECT word FROM case_words INDEXED BY ix_case_words_n WHERE n = ?"

OPEN_TO_READER = (
    "{case} NOT IN (SELECT case_id FROM case_access "
    "EXCEPT SELECT case_id FROM case_access WHERE account_id = :reader)"
)
"""SQL condition: a case (an expression of its id) is open to the account ``:reader``."""
_OPEN = (
    "w.n NOT IN (SELECT n FROM case_index WHERE case_id IN (SELECT case_id FROM case_access "
    "EXCEPT SELECT case_id FROM case_access WHERE account_id = :reader))"
)
"""The same of a line ``w`` of the index, without looking up its case."""


@dataclass(frozen=True)
class CaseLine:
    """A case as a list shows it.

    Args:
        title: the couple's names, the label, or nothing when nobody is named.
        last_on: ISO date of the last consultation.
    """

    case_id: str
    number: str
    title: str
    kind: str
    registered_on: str
    last_on: str | None
    consultations: int


def index_case(session: Session, case_id: str) -> None:
    """Bring a case's line and words up to date."""
    case = session.one(
        "SELECT number, label, id FROM cases WHERE id = ? AND NOT deleted", (case_id,)
    )
    n = session.value("SELECT n FROM case_index WHERE case_id = ?", (case_id,))
    known = {word for (word,) in session.rows(_WORDS, (n,))}
    if case is None:
        _write_words(session, n, known, set())
        session.execute("DELETE FROM case_index WHERE n = ?", (n,))
        return
    roles = list(classifiers().kinds["participant_role"])
    people = session.all(
        "SELECT i.*, p.role FROM participants p JOIN identities i ON i.id = p.id "
        "WHERE p.case_id = ? AND NOT p.deleted AND NOT i.deleted",
        (case_id,),
    )
    people.sort(key=lambda person: (roles.index(person["role"]), person["id"]))
    visits = session.one(
        "SELECT max(held_on) AS last_on, count(*) AS n FROM consultations "
        "WHERE case_id = ? AND NOT deleted",
        (case_id,),
    )
    names = [" ".join(filter(None, (person["surname"], person["given_name"]))) for person in people]
    title = ", ".join(filter(None, names)) or case["label"] or ""
    words = {
        word
        for text in (
            case["label"],
            *(
                person[part]
                for person in people
                for part in ("surname", "given_name", "patronymic")
            ),
        )
        if text
        for word in words_of(text)
    }
    joined = session.all(
        "SELECT c.id, c.number FROM joined_cases j JOIN cases c ON c.id = j.dissolved "
        "WHERE j.kept = ? AND j.undone_at IS NULL",
        (case_id,),
    )
    for one in (case, *joined):
        words |= {fold(one["number"]), *_tails(fold(one["number"])), fold(row_code(one["id"]))}
    for person in people:
        if person["iin"]:
            words.add(person["iin"])
        if person["phone"]:
            words |= {person["phone"][1:], person["phone"][2:]}
    n = session.value(
        "INSERT INTO case_index "
        "(case_id, title, sort_key, last_on, consultations, letters, pairs) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_id) DO UPDATE SET "
        "title = excluded.title, sort_key = excluded.sort_key, last_on = excluded.last_on, "
        "consultations = excluded.consultations, letters = excluded.letters, "
        "pairs = excluded.pairs RETURNING n",
        (
            case_id,
            title,
            kazakh_sort_key(title) if title else _BEYOND,
            visits["last_on"] if visits else None,
            visits["n"] if visits else 0,
            *_signature(words),
        ),
    )
    _write_words(session, n, known, words)


def _write_words(session: Session, n: int | None, known: set[str], words: set[str]) -> None:
    for sql, some in (
        ("DELETE FROM case_words WHERE word = ? AND n = ?", known - words),
        ("INSERT INTO case_words VALUES (?, ?)", words - known),
    ):
        session.execute_many(sql, [(word, n) for word in sorted(some)])


def _signature(words: Iterable[str]) -> tuple[int, int]:
    """Bits for the first letters of words and for their first two.

    A case lacks a word if it lacks one of the word's bits: a list is read past it without a look
    into its words. The order of the alphabet keeps Cyrillic and Latin letters on bits of their own.
    """
    letters = pairs = 0
    for word in words:
        letters |= 1 << ord(word[0]) % 63
        if len(word) > 1 and word[:2].isalpha():
            pairs |= 1 << zlib.crc32(word[:2].encode()) % 63
    return letters, pairs


def words_of(text: str) -> list[str]:
    """The folded words of a text, as the index keeps them."""
    return _WORD.findall(fold(text))


def _tails(number: str) -> set[str]:
    """What people say of ``AST-A-2024-00017``: ``2024-00017``, ``00017``, ``17``."""
    position = number.rsplit("-", 1)[-1]
    return {"-".join(number.split("-")[-2:]), position, position.lstrip("0")} - {""}


def _query_words(session: Session, text: str) -> list[str]:
    folded = fold(text).strip()
    if _NUMBER.fullmatch(folded):
        # On a keyboard with Cyrillic letters nobody can type the Latin ones of a number.
        tail = "" if folded.isascii() else folded.partition("-")[2].partition("-")[2]
        return [tail or folded]
    compact = re.sub(r"[\s()+\-]", "", folded)
    from_eight = _EIGHT.match(folded) or (len(compact) == 11 and compact[0] == "8")
    if _ROW_CODE.fullmatch(compact) or _ROW_CODE.fullmatch(folded):
        return [_code_of_case(session, compact)]
    if compact.isdigit() and (len(compact) >= 6 or from_eight or _PHONE_BEGUN.match(folded)):
        return [compact[1:] if from_eight else compact]
    return list(dict.fromkeys(_WORD.findall(folded)))


def _code_of_case(session: Session, code: str) -> str:
    """The row code of the case that a record with a code belongs to; else the code as it is.

    Codes of cases stand in the index; those of their records are looked for where none does.
    """
    if session.value("SELECT 1 FROM case_words WHERE word = ?", (code,)):
        return code
    for table in _OF_CASES:
        case_id = session.value(
            f"SELECT case_id FROM {table} WHERE substr(id, -10) = ? AND NOT deleted", (code,)
        )
        if case_id:
            return fold(row_code(case_id))
    return code


_OUTCOME = (
    "(SELECT kind FROM outcomes WHERE case_id = w.case_id AND NOT deleted "
    "ORDER BY dated_on DESC, id DESC LIMIT 1)"
)
_PEOPLE = "SELECT 1 FROM participants p {} WHERE p.case_id = w.case_id AND NOT p.deleted"
_ONLY = {
    "kind": "(SELECT kind FROM cases WHERE id = w.case_id) = :kind",
    "open": f"coalesce({_OUTCOME}, 'open') = 'open'",
    "closed": f"coalesce({_OUTCOME}, 'open') <> 'open'",
    "specialist": (
        "EXISTS (SELECT 1 FROM consultations WHERE case_id = w.case_id "
        "AND specialist_id = :specialist AND NOT deleted)"
    ),
    "since": "w.last_on >= :since",
    "names": (
        f"NOT EXISTS ({_PEOPLE.format('JOIN identities i ON i.id = p.id')} AND NOT i.deleted)"
    ),
    "consent": (
        f"EXISTS ({_PEOPLE.format('')} AND p.role <> 'child' AND coalesce((SELECT state "
        "FROM consents WHERE participant_id = p.id AND NOT deleted "
        "ORDER BY change DESC, id DESC LIMIT 1), 'not_asked') = 'not_asked')"
    ),
    "restricted": "w.case_id IN (SELECT case_id FROM case_access)",
}
"""What a `CaseFilter` may ask of a line ``w`` of the index, as SQL conditions."""


@dataclass(frozen=True)
class CaseFilter:
    """Which cases are listed at all; what is left out narrows nothing.

    Args:
        kind: of the classifier ``case_kind``.
        state: ``open`` or ``closed``, by the latest outcome.
        specialist: id of a staff member who held a consultation of it.
        since: ISO date; its last consultation was on this day or later.
        trait: ``names``: nobody is named; ``consent``: an adult was not asked for consent;
            ``restricted``: only named accounts may open it.
    """

    kind: str | None = None
    state: str | None = None
    specialist: str | None = None
    since: str | None = None
    trait: str | None = None

    @property
    def conditions(self) -> list[str]:
        """SQL conditions on a line ``w`` of the index, with the parameters of `parameters`."""
        return [_ONLY[name] for name in self.parameters] + [
            _ONLY[name] for name in (self.state, self.trait) if name
        ]

    @property
    def parameters(self) -> dict[str, object]:
        """The values that the conditions name."""
        return {
            name: value
            for name in ("kind", "specialist", "since")
            if (value := getattr(self, name))
        }


NO_FILTER = CaseFilter()
"""All cases that are open to the reader."""


def cases_matching(
    session: Session,
    text: str = "",
    *,
    limit: int = 200,
    offset: int = 0,
    order: str = "name",
    reader: str = "",
    only: CaseFilter = NO_FILTER,
) -> list[CaseLine]:
    """Living cases that have, for each word of the text, a word that begins with it.

    Args:
        text: as typed; letters are folded, so «Канат» finds «Қанат».
        order: ``name`` (Kazakh alphabet) or ``recent`` (last consultation first).
        reader: id of the account that asks; cases restricted to others are not found.
        only: what else is asked of a case.
    """
    query = _Query(session, text)
    column, way = ("sort_key", "") if order == "name" else ("last_on", "DESC")
    conditions = [*query.conditions, _OPEN, *only.conditions]
    rows = session.all(
        "SELECT c.id AS case_id, c.number, l.title, c.kind, c.registered_on, l.last_on, "
        f"l.consultations FROM (SELECT w.{column}, w.n FROM {query.source(column)} "
        f"WHERE {' AND '.join(conditions)} "
        f"ORDER BY w.{column} {way}, w.n {way} LIMIT :limit OFFSET :offset) i "
        "CROSS JOIN case_index l ON l.n = i.n CROSS JOIN cases c ON c.id = l.case_id "
        f"ORDER BY i.{column} {way}, i.n {way}",
        {
            **query.parameters,
            **only.parameters,
            "reader": reader,
            "limit": limit,
            "offset": offset,
        },
    )
    return [CaseLine(**row) for row in rows]


def number_of_cases_matching(
    session: Session, text: str = "", *, reader: str = "", only: CaseFilter = NO_FILTER
) -> int:
    """How many cases `cases_matching` finds without a limit.

    For a text it is `MOST_COUNTED` at most, which then stands for *so many or more*.
    """
    query = _Query(session, text)
    most = MOST_COUNTED if query.parameters else -1
    conditions = [*query.conditions, _OPEN, *only.conditions]
    return int(
        session.value(
            f"SELECT count(*) FROM (SELECT 1 FROM {query.source('sort_key')} "
            f"WHERE {' AND '.join(conditions)} LIMIT {most})",
            {**query.parameters, **only.parameters, "reader": reader},
        )
    )


def read_ahead(session: Session) -> None:
    """Go once through what a search looks into, so that the system keeps it ready.

    The first letters typed after a start else wait for the drive, page by page.
    """
    for what in (
        "max(title) FROM case_index NOT INDEXED",
        "max(letters) FROM case_index INDEXED BY ix_case_index_sort_key WHERE sort_key > ''",
        "count(*) FROM case_words WHERE word > ''",
        "count(*) FROM case_words INDEXED BY ix_case_words_n WHERE n > 0",
        "max(number) FROM cases NOT INDEXED",
        "count(*) FROM cases WHERE id > ''",
    ):
        session.value(f"SELECT {what}")


class _Query:
    """What a text looks for, as SQL for the numbers of lines that its words have.

    Args:
        text: as typed.
    """

    def __init__(self, session: Session, text: str) -> None:
        self.parameters: dict[str, object] = {}
        self._words: list[tuple[int, str, bool]] = []
        words = _query_words(session, text)
        for position, word in enumerate(words):
            own = {f"from{position}": word, f"to{position}": word + _BEYOND}
            lines = f"word >= :from{position} AND word < :to{position}"
            if word.isdigit():
                # Nobody types the beginning of a code, and any number may be one.
                lines += " AND word NOT GLOB '*[a-f]*'"
            if _may_be_phone(word):
                own |= {f"or{position}": word[1:], f"beyond{position}": word[1:] + _BEYOND}
                lines = f"({lines} OR word >= :or{position} AND word < :beyond{position})"
            number = session.value(
                f"SELECT count(*) FROM (SELECT 1 FROM case_words WHERE {lines} LIMIT {_SOME + 1})",
                own,
            )
            self.parameters |= own
            self._words.append((number, lines, number <= _SOME))
        self._words.sort()
        if words:
            certain = [word for word in words if not _may_be_phone(word)]
            self.parameters |= zip(("letters", "pairs"), _signature(certain), strict=True)
        few = _FEW if len(words) == 1 else _SIFTED
        self._few = bool(words) and self._words[0][0] <= few

    def source(self, column: str) -> str:
        """The lines ``w`` of the index to look through, those of few cases or all in their order.

        CROSS JOIN and INDEXED BY keep the planner, which has no statistics, to this order.
        """
        if not self._few:
            return f"case_index w INDEXED BY ix_case_index_{column}"
        lines = self._words[0][1]
        found = f"SELECT DISTINCT n FROM case_words WHERE {lines}"
        return f"({found}) f CROSS JOIN case_index w ON w.n = f.n"

    @property
    def conditions(self) -> list[str]:
        """That a line ``w`` of them has each word."""
        if not self._words:
            return ["1"]
        return [
            "w.letters & :letters = :letters AND w.pairs & :pairs = :pairs",
            *(
                f"+w.n IN (SELECT n FROM case_words WHERE {lines})" if gathered else _has(lines)
                for _, lines, gathered in self._words
                if not self._few
            ),
            *(_has(lines) for _, lines, _ in self._words[1:] if self._few),
        ]


def _may_be_phone(word: str) -> bool:
    """Whether digits may begin an IIN, or a phone from 8 on; a case number has fewer."""
    return word.isdigit() and word[0] == "8" and 6 <= len(word) <= 10


def _has(lines: str) -> str:
    """The condition that a case ``w`` has a word with such lines."""
    return f"EXISTS (SELECT 1 FROM case_words INDEXED BY ix_case_words_n WHERE n = w.n AND {lines})"
