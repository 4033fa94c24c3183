"""The index of cases: found by words of names, numbers or label, sorted the Kazakh way."""

import re
from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.folding import fold, kazakh_sort_key
from pravo_desktop.domain.versions import row_code
from pravo_desktop.resources import classifiers

MOST_COUNTED = 1000
"""Cases that a text finds are counted up to here: a single letter finds half of them all."""

_BEYOND = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"([a-zа-я]{3}-[a-zа-я](-\d*){0,2}|20\d\d-\d*)")
_ROW_CODE = re.compile(r"[0-9a-f]{10}")

_FEW = 5_000
"""Cases of so many lines of the index are gathered and then sorted: 8 ms. Of a word with more
lines every tenth case is one, so that the list is read in its order until it is long enough."""
_MANY = 16_000
"""The cases of a word with so many lines or fewer are gathered before a list is read in order."""
_SEEK = 8
"""A word with so many times the lines of the rarest is looked up case by case."""

_WORDS = "SELECT word FROM case_words INDEXED BY ix_case_words_case_id WHERE case_id = ?"

OPEN_TO_READER = (
    "{case} NOT IN (SELECT case_id FROM case_access "
    "EXCEPT SELECT case_id FROM case_access WHERE account_id = :reader)"
)
"""SQL condition: a case (an expression of its id) is open to the account ``:reader``."""


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
    known = {word for (word,) in session.rows(_WORDS, (case_id,))}
    if case is None:
        _write_words(session, case_id, known, set())
        session.execute("DELETE FROM case_index WHERE case_id = ?", (case_id,))
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
    session.execute(
        "INSERT OR REPLACE INTO case_index VALUES (?, ?, ?, ?, ?)",
        (
            case_id,
            title,
            kazakh_sort_key(title) if title else _BEYOND,
            visits["last_on"] if visits else None,
            visits["n"] if visits else 0,
        ),
    )
    _write_words(session, case_id, known, words)


def _write_words(session: Session, case_id: str, known: set[str], words: set[str]) -> None:
    for sql, some in (
        ("DELETE FROM case_words WHERE word = ? AND case_id = ?", known - words),
        ("INSERT INTO case_words VALUES (?, ?)", words - known),
    ):
        session.execute_many(sql, [(word, case_id) for word in sorted(some)])


def words_of(text: str) -> list[str]:
    """The folded words of a text, as the index keeps them."""
    return _WORD.findall(fold(text))


def _tails(number: str) -> set[str]:
    """What people say of ``AST-A-2024-00017``: ``2024-00017``, ``00017``, ``17``."""
    position = number.rsplit("-", 1)[-1]
    return {"-".join(number.split("-")[-2:]), position, position.lstrip("0")} - {""}


def _query_words(text: str) -> list[str]:
    folded = fold(text).strip()
    if _NUMBER.fullmatch(folded):
        return [folded]
    compact = re.sub(r"[\s()+\-]", "", folded)
    if compact.isdigit() and len(compact) >= 6:
        return [compact[1:] if len(compact) == 11 and compact[0] == "8" else compact]
    if _ROW_CODE.fullmatch(compact):
        return [compact]
    return list(dict.fromkeys(_WORD.findall(folded)))


def cases_matching(
    session: Session,
    text: str = "",
    *,
    limit: int = 200,
    offset: int = 0,
    order: str = "name",
    reader: str = "",
) -> list[CaseLine]:
    """Living cases that have, for each word of the text, a word that begins with it.

    Args:
        text: as typed; letters are folded, so «Канат» finds «Қанат».
        reader: id of the account that asks; cases restricted to others are not found.
        order: ``name`` (Kazakh alphabet) or ``recent`` (last consultation first).
    """
    query = _Query(session, text)
    column, way = ("sort_key", "") if order == "name" else ("last_on", "DESC")
    # CROSS JOIN and INDEXED BY keep the planner, which has no statistics, to this order.
    if query.few:
        source, condition = (
            f"({query.found}) f CROSS JOIN case_index w ON w.case_id = f.case_id",
            "1",
        )
    else:
        source, condition = f"case_index w INDEXED BY ix_case_index_{column}", query.condition
    rows = session.all(
        "SELECT c.id AS case_id, c.number, l.title, c.kind, c.registered_on, l.last_on, "
        f"l.consultations FROM (SELECT w.{column}, w.case_id FROM {source} "
        f"WHERE {condition} AND {OPEN_TO_READER.format(case='+w.case_id')} "
        f"ORDER BY w.{column} {way}, w.case_id {way} LIMIT :limit OFFSET :offset) i "
        "CROSS JOIN case_index l ON l.case_id = i.case_id CROSS JOIN cases c ON c.id = i.case_id "
        f"ORDER BY i.{column} {way}, i.case_id {way}",
        {**query.parameters, "reader": reader, "limit": limit, "offset": offset},
    )
    return [CaseLine(**row) for row in rows]


def number_of_cases_matching(session: Session, text: str = "", *, reader: str = "") -> int:
    """How many cases `cases_matching` finds without a limit.

    For a text it is `MOST_COUNTED` at most, which then stands for *so many or more*.
    """
    query = _Query(session, text)
    most = MOST_COUNTED if query.parameters else -1
    sql = (
        f"SELECT case_id FROM ({query.found}) "
        f"WHERE {OPEN_TO_READER.format(case='case_id')} LIMIT {most}"
    )
    return int(
        session.value(f"SELECT count(*) FROM ({sql})", {**query.parameters, "reader": reader})
    )


class _Query:
    """What a text looks for, as SQL for the numbers of lines that its words have.

    Args:
        text: as typed.
    """

    def __init__(self, session: Session, text: str) -> None:
        self.parameters: dict[str, object] = {}
        words: list[tuple[int, str]] = []
        for position, word in enumerate(_query_words(text)):
            own = {f"from{position}": word, f"to{position}": word + _BEYOND}
            lines = f"word >= :from{position} AND word < :to{position}"
            number = session.value(
                f"SELECT count(*) FROM (SELECT 1 FROM case_words WHERE {lines} "
                f"LIMIT {_FEW * _SEEK + 1})",
                own,
            )
            self.parameters |= own
            words.append((number, lines))
        words.sort()
        self.few = bool(words) and (len(words) > 1 or words[0][0] <= _FEW)
        """Whether the cases found are gathered first, and sorted then."""
        self._words = words

    @property
    def found(self) -> str:
        """SELECT of the ids of the cases found, each once."""
        if not self._words:
            return "SELECT case_id FROM case_index"
        rarest, lines = self._words[0]
        seek = [one for number, one in self._words[1:] if number > _SEEK * rarest]
        cases = f"SELECT case_id FROM case_words w WHERE {' AND '.join([lines, *map(_has, seek)])}"
        for _, one in self._words[1:]:
            if one not in seek:
                cases = f"SELECT case_id FROM case_words WHERE {one} AND +case_id IN ({cases})"
        return f"SELECT DISTINCT case_id FROM ({cases})"

    @property
    def condition(self) -> str:
        """That a case ``w`` has the word."""
        if not self._words:
            return "1"
        number, lines = self._words[0]
        if number > _MANY:
            return _has(lines)
        return f"+w.case_id IN (SELECT case_id FROM case_words WHERE {lines})"


def _has(lines: str) -> str:
    """The condition that a case ``w`` has a word with such lines."""
    return (
        "EXISTS (SELECT 1 FROM case_words INDEXED BY ix_case_words_case_id "
        f"WHERE case_id = w.case_id AND {lines})"
    )
