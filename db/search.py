"""The index of cases: found by words of names, numbers or label, sorted the Kazakh way."""

import re
from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.folding import fold, kazakh_sort_key

_BEYOND = "\U0010ffff"
_WORD = re.compile(r"[^\W_]+")

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
    """Write a case's line and words anew."""
    session.execute("DELETE FROM case_words WHERE case_id = ?", (case_id,))
    session.execute("DELETE FROM case_index WHERE case_id = ?", (case_id,))
    case = session.one(
        "SELECT number, label, id FROM cases WHERE id = ? AND NOT deleted", (case_id,)
    )
    if case is None:
        return
    people = session.all(
        "SELECT i.* FROM participants p JOIN identities i ON i.id = p.id "
        "WHERE p.case_id = ? AND NOT p.deleted AND NOT i.deleted ORDER BY p.id",
        (case_id,),
    )
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
        "SELECT c.number FROM joined_cases j JOIN cases c ON c.id = j.dissolved "
        "WHERE j.kept = ? AND j.undone_at IS NULL",
        (case_id,),
    )
    for number in (case["number"], *(row["number"] for row in joined)):
        words |= {fold(number), number.rsplit("-", 1)[-1].lstrip("0")}
    for person in people:
        if person["iin"]:
            words.add(person["iin"])
        if person["phone"]:
            words |= {person["phone"][1:], person["phone"][2:]}
    session.execute(
        "INSERT INTO case_index VALUES (?, ?, ?, ?, ?)",
        (
            case_id,
            title,
            kazakh_sort_key(title) if title else _BEYOND,
            visits["last_on"] if visits else None,
            visits["n"] if visits else 0,
        ),
    )
    session.execute_many(
        "INSERT INTO case_words VALUES (?, ?)", [(word, case_id) for word in sorted(words)]
    )


def words_of(text: str) -> list[str]:
    """The folded words of a text, as the index keeps them."""
    return _WORD.findall(fold(text))


def _query_words(text: str) -> list[str]:
    folded = fold(text).strip()
    digits = re.sub(r"[\s()+\-]", "", folded)
    if digits.isdigit() and len(digits) >= 6:
        return [digits[1:] if len(digits) == 11 and digits[0] == "8" else digits]
    if re.fullmatch(r"[a-zа-я]{3}-[a-zа-я](-\d*){0,2}", folded):
        return [folded]
    return _WORD.findall(folded)


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
    conditions, parameters = _conditions(text, reader)
    by = "i.sort_key, i.case_id" if order == "name" else "i.last_on DESC, i.case_id DESC"
    rows = session.all(
        "SELECT i.case_id, c.number, i.title, c.kind, c.registered_on, i.last_on, i.consultations "
        f"FROM case_index i JOIN cases c ON c.id = i.case_id WHERE {conditions} "
        f"ORDER BY {by} LIMIT :limit OFFSET :offset",
        {**parameters, "limit": limit, "offset": offset},
    )
    return [CaseLine(**row) for row in rows]


def number_of_cases_matching(session: Session, text: str = "", *, reader: str = "") -> int:
    """How many cases `cases_matching` finds without a limit."""
    conditions, parameters = _conditions(text, reader)
    return int(session.value(f"SELECT count(*) FROM case_index i WHERE {conditions}", parameters))


def _conditions(text: str, reader: str) -> tuple[str, dict[str, object]]:
    parts = [OPEN_TO_READER.format(case="i.case_id")]
    parameters: dict[str, object] = {"reader": reader}
    for position, word in enumerate(_query_words(text)):
        parts.append(
            "i.case_id IN (SELECT case_id FROM case_words "
            f"WHERE word >= :from{position} AND word < :to{position})"
        )
        parameters |= {f"from{position}": word, f"to{position}": word + _BEYOND}
    return " AND ".join(parts), parameters
