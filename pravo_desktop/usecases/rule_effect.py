"""What a changed category rule would do: how many adults would stand in another category."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.categories import CategoryRule, category_of
from pravo_desktop.domain.periods import Period
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require
from pravo_desktop.usecases.figures import reported_years
from pravo_desktop.usecases.rules import PredicateData, check_rule, rule_of


@dataclass(frozen=True)
class RuleEffect:
    """Adults of one report year by their category before and after.

    Args:
        year: whose adults they are; the last reported one from the rule's year on, or the last
            reported one at all. None while nothing was reported.
        adults: all adults counted in it.
        moves: keys of the old and of the new category, and how many; the most first.
    """

    year: int | None
    adults: int = 0
    moves: tuple[tuple[str, str, int], ...] = ()

    @property
    def moved(self) -> int:
        """Adults that would stand in another category."""
        return sum(number for _, _, number in self.moves)


def rule_effect(
    session: Session, actor: Actor, *, year: int, predicates: Sequence[PredicateData]
) -> RuleEffect:
    """Compare changed lines of a year's rule with the rule as it is kept; nothing is changed.

    Raises:
        KnownError: as `rules.check_rule`.
    """
    require(actor, COORDINATOR, "rule_effect")
    check_rule(predicates)
    reported = reported_years(session)
    counted = max({one for one in reported if one >= year} or reported, default=None)
    if counted is None:
        return RuleEffect(None)
    old = CategoryRule.from_data(rule_of(session, actor, year=year).predicates)
    new = CategoryRule.from_data(predicates)
    period = Period.of_year(counted)
    # The adults that `db.figures.lines` counts as participants.
    rows = session.rows(
        "SELECT role, birth_year, disability, occupation, count(*) FROM ("
        "SELECT DISTINCT p.centre, p.id, p.role, p.birth_year, p.disability, p.occupation "
        "FROM merged_consultations x "
        "CROSS JOIN merged_cases k ON k.centre = x.centre AND k.id = x.case_id "
        "CROSS JOIN merged_staff_members s ON s.centre = x.centre AND s.id = x.specialist_id "
        "CROSS JOIN json_each(x.attendees) a "
        "CROSS JOIN merged_participants p "
        "ON p.centre = x.centre AND p.id = a.value AND p.case_id = x.case_id "
        "WHERE x.held_on BETWEEN ? AND ? AND p.role <> 'child') GROUP BY 1, 2, 3, 4",
        (period.from_.isoformat(), period.to.isoformat()),
    )
    adults, moves = 0, Counter[tuple[str, str]]()
    for role, birth_year, disability, occupation, number in rows:
        before, after = (
            category_of(
                rule,
                role=role,
                birth_year=birth_year,
                disability=disability,
                occupation=occupation,
                report_year=counted,
            )
            for rule in (old, new)
        )
        adults += number
        if before != after:
            moves[before, after] += number
    ordered = sorted(moves.items(), key=lambda move: (-move[1], move[0]))
    return RuleEffect(counted, adults, tuple((*pair, number) for pair, number in ordered))
