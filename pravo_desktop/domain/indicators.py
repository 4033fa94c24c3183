"""The registry of indicators: what each figure of a report counts, in the order of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pravo_desktop.i18n import N_

Counted = Literal["records", "distinct", "sum", "share"]
"""How a value comes from the counted lines.

``records``: their number; ``distinct``: the number of different cases or people, so that the
months of a year do not add up; ``sum``: the sum of an amount; ``share``: a share in percent.
"""

CHILDREN = "children"
"""Key of children in the breakdowns ``sex`` and ``category`` of participants."""

NOT_STATED = "not_stated"
"""Key of adults whose sex is not known; such a row exists only while there are any."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A way in which an indicator is split.

    Args:
        name: ``sex``, ``category``, ``kind``, ``question``, ``month`` or ``profession``.
        keys: the coded list (``resources/classifiers/kinds.json``) that holds its keys, or
            ``category`` for the report's categories; None for the months of the period.
        partition: whether its values add up to the total, because each counted thing has one key.
    """

    name: str
    keys: str | None
    partition: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure, defined once for the screen, the report, the documents and the checks.

    Args:
        key: what the report, the plan and the contract call it; never changes.
        section: key of the section of the monthly report; who owes the section owes the figure.
        unit: key of what is counted.
        counted: how the value is made.
        breakdowns: the ways in which it is split.
        definition: the exact definition, in English, printed translated in the report's appendix.
        version: grows with each change of the definition; a published report keeps it.
    """

    key: str
    section: str
    unit: str
    counted: Counted
    definition: str
    breakdowns: tuple[Breakdown, ...] = ()
    version: int = 1

    @property
    def from_register(self) -> bool:
        """Whether it is counted from the register of centres, which nobody reports monthly."""
        return self.key in ("centres_open", "centres_reaching_plan")


_MONTH = Breakdown("month", None, partition=True)
_DISTINCT_MONTH = Breakdown("month", None, partition=False)
_PROFESSION = Breakdown("profession", "profession", partition=True)
_DISTINCT_PROFESSION = Breakdown("profession", "profession", partition=False)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "consultations",
        "services",
        "consultation",
        "records",
        N_(
            "One specialist with one case on one day: the same specialist, case and day count "
            "once, two specialists on one day count twice. A group session is one consultation "
            "for each case that took part. Advice without a case and visits that did not take "
            "place are not counted. The profession is that of the specialist."
        ),
        (_MONTH, _PROFESSION),
    ),
    Indicator(
        "couples",
        "services",
        "couple",
        "distinct",
        N_(
            "Cases of married, divorced or not officially married couples with at least one "
            "consultation in the period; one spouse alone is a couple too. Each case counts once "
            "in the period, so that months and professions do not add up to the total."
        ),
        (_DISTINCT_MONTH, _DISTINCT_PROFESSION),
    ),
    Indicator(
        "participants",
        "services",
        "person",
        "distinct",
        N_(
            "Adults of a case who attended at least one consultation in the period, and all "
            "children of cases with a consultation in the period who are under 18 or whose year "
            "of birth is not stated. Age is the year in which the period ends minus the year of "
            "birth. Each person counts once in the period, so that months and professions do not "
            "add up to the total. Each has one category, by the ordered rule printed in this "
            "report. People at trainings and other events are not counted here."
        ),
        (
            Breakdown("sex", "participant_group", partition=True),
            Breakdown("category", "category", partition=True),
            _DISTINCT_MONTH,
            _DISTINCT_PROFESSION,
        ),
    ),
    Indicator(
        "claims",
        "services",
        "claim",
        "records",
        N_(
            "Claims of cases in court, each counted once: in the month in which it was filed, or "
            "on the day of the first consultation of its case if that is later or if the month of "
            "filing is not known. Claims of cases without a consultation are not counted."
        ),
        (Breakdown("kind", "claim_kind", partition=True),),
    ),
    Indicator(
        "outcomes",
        "services",
        "case",
        "distinct",
        N_(
            "Cases with a consultation up to the end of the period, by their last outcome, if it "
            "is dated in the period. Open are cases with a consultation in the period that have "
            "no outcome up to its end or were opened again after the last one. Each case counts "
            "once."
        ),
        (Breakdown("kind", "outcome", partition=True),),
    ),
    Indicator(
        "studies",
        "services",
        "study",
        "records",
        N_("Psychological studies of families held in the period."),
    ),
    Indicator(
        "mediations",
        "services",
        "mediation",
        "records",
        N_("Mediations whose contract is dated in the period."),
    ),
    Indicator(
        "advice",
        "services",
        "advice",
        "records",
        N_("One-off advice given in the period without opening a case; it is in no other figure."),
    ),
    Indicator(
        "staff",
        "staff",
        "person",
        "records",
        N_(
            "Specialists employed by the centres and by headquarters on at least one day of the "
            "period, whatever the rate. A substitute is counted at the home centre alone."
        ),
        (_PROFESSION,),
    ),
    Indicator(
        "centres_open",
        "staff",
        "centre",
        "records",
        N_("Centres of the register of centres that were open on at least one day of the period."),
    ),
    Indicator(
        "centres_reaching_plan",
        "staff",
        "centre",
        "records",
        N_(
            "Centres of the register of centres with at least as many couples in the period as "
            "planned for their region; a centre whose region has no plan is not counted."
        ),
    ),
    Indicator(
        "specialist_trainings",
        "specialist_training",
        "training",
        "records",
        N_(
            "Trainings for specialists held in the period, each counted once at its host, for the "
            "region it was meant for."
        ),
    ),
    Indicator(
        "working_meetings",
        "specialist_training",
        "meeting",
        "records",
        N_(
            "Working meetings held in the period, each counted once at its host, for the region "
            "it was meant for."
        ),
    ),
    Indicator(
        "young_couple_trainings",
        "young_couples",
        "training",
        "records",
        N_(
            "Trainings with young couples held in the period, each counted once at its host, for "
            "the region it was meant for."
        ),
    ),
    Indicator(
        "conflict_trainings",
        "conflict_reduction",
        "training",
        "records",
        N_(
            "Trainings to reduce family conflicts held in the period, each counted once at its "
            "host, for the region it was meant for."
        ),
    ),
    Indicator(
        "satisfaction",
        "satisfaction",
        "percent",
        "share",
        N_(
            "The sum of all answers given on survey sheets, on a scale from 1 to 5, divided by "
            "five times the number of these answers, in percent, rounded half up to two decimals. "
            "A question left empty is not an answer. Sheets count with the date and the region of "
            "their event; the overall value is of all answers, not the mean of the questions."
        ),
        (Breakdown("question", "survey_question", partition=False),),
    ),
    Indicator(
        "satisfaction_answers",
        "satisfaction",
        "answer",
        "records",
        N_("Answers given on the survey sheets of events held in the period."),
        (Breakdown("question", "survey_question", partition=True),),
    ),
    Indicator(
        "publications",
        "media",
        "publication",
        "records",
        N_(
            "Own publications of the period in media and social networks, television excepted; "
            "those of local media and partners have a line of their own."
        ),
    ),
    Indicator(
        "local_publications",
        "media",
        "publication",
        "records",
        N_(
            "Publications of the period about the project by local media and partners, television "
            "excepted."
        ),
    ),
    Indicator(
        "tv_appearances",
        "media",
        "appearance",
        "records",
        N_("Broadcasts of the period on television, own, local and of partners."),
    ),
    Indicator(
        "videos",
        "media",
        "video",
        "records",
        N_("Video clips published in the period."),
    ),
    Indicator(
        "video_views",
        "media",
        "view",
        "sum",
        N_("Views of the video clips published in the period, as last read."),
    ),
    Indicator(
        "booklets",
        "media",
        "copy",
        "sum",
        N_("Copies of printed materials ordered in the period, counted where they were ordered."),
    ),
    Indicator(
        "press_conferences",
        "media",
        "event",
        "records",
        N_(
            "Press conferences held in the period, each counted once at its host, for the region "
            "it was meant for."
        ),
    ),
    Indicator(
        "public_presentations",
        "media",
        "event",
        "records",
        N_(
            "Public presentations held in the period, each counted once at its host, for the "
            "region it was meant for."
        ),
    ),
    Indicator(
        "social_bureaus",
        "campaign",
        "event",
        "records",
        N_(
            "Social bureaus held in the period, each counted once at its host, for the region it "
            "was meant for."
        ),
    ),
    Indicator(
        "campaign_actions",
        "campaign",
        "action",
        "records",
        N_(
            "Actions of the information campaign held in the period, each counted once at its "
            "host, for the region it was meant for."
        ),
    ),
    Indicator(
        "campaign_trainings",
        "campaign",
        "training",
        "records",
        N_(
            "Trainings of the information campaign held in the period, each counted once at its "
            "host, for the region it was meant for."
        ),
    ),
    Indicator(
        "round_tables",
        "legislation",
        "event",
        "records",
        N_(
            "Round tables held in the period, each counted once at its host, for the region it "
            "was meant for."
        ),
    ),
)

BY_KEY: Mapping[str, Indicator] = MappingProxyType({item.key: item for item in INDICATORS})

EVENT_INDICATORS: Mapping[str, str] = MappingProxyType(
    {
        kind + "s": kind
        for kind in (
            "specialist_training",
            "working_meeting",
            "young_couple_training",
            "conflict_training",
            "campaign_training",
            "social_bureau",
            "campaign_action",
            "press_conference",
            "public_presentation",
            "round_table",
        )
    }
)
"""The kind of event that each indicator of events counts."""
