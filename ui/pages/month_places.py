"""Where a text stands that names a person, told to the one who closes the month."""

from __future__ import annotations

from collections.abc import Mapping

from pravo_desktop.domain.periods import Month
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.month_overview import TextPlace

_PLACES: Mapping[str, str] = {
    "monthly_notes": N_("a note for the report"),
    "section_states": N_("a reason for zero"),
    "events": N_("an event"),
    "publications": N_("a publication"),
    "printed_materials": N_("a printed material"),
    "hand_outs": N_("a hand-out"),
    "videos": N_("a video"),
    "proposals": N_("a legislative proposal"),
    "amendments": N_("the reason of an amendment"),
    "answers": N_("an answer to headquarters"),
}
_FIELDS: Mapping[str, str] = {
    "text": N_("text"),
    "reason": N_("reason"),
    "topic": N_("topic"),
    "place": N_("place"),
    "partner": N_("partner"),
    "evidence": N_("evidence"),
    "title": N_("title"),
    "outlet": N_("outlet"),
    "addressee": N_("addressee"),
    "words": N_("words"),
}


def place_text(t: Translator, error: KnownError, place: TextPlace) -> str:
    """What is wrong and where: the field, its record, section and day.

    Args:
        error: ``text_names_person``.
    """
    field = str(error.params["field"])
    shown = t.text(_FIELDS[field]) if field in _FIELDS else field
    where = [t.text(_PLACES[place.table]) if place.table in _PLACES else place.table]
    if place.section:
        where.append(t.label(classifiers().sections[place.section]))
    if place.on:
        month = Month.parse(place.on[:7])
        day = place.on[8:]
        where.append(t.date(month.first_day.replace(day=int(day))) if day else t.month(month))
    told = message(t, error.code, {**error.params, "field": shown})
    return t.text("{told} Where: {where}.", told=told, where=", ".join(where))
