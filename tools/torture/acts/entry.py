"""Drafts and cases are entered."""

from datetime import date
from typing import Any

from pravo_desktop.usecases import drafts
from tools.torture.acts.place import Act, Place
from tools.torture.acts.prepared import a_centre_at_work, specialist_of


def _keep_draft(place: Place) -> Any:
    typed = {"note": f"draft {place.desk.count('cases')}"}
    desk = place.desk
    return ["draft", drafts.save_draft(desk.session, desk.actor, form="case", content=typed)]


def _open_case(place: Place) -> Any:
    desk = place.desk
    return ["case", desk.case(on=date(2024, 5, 6), specialist=specialist_of(desk)).case_id]


def _drop_draft(place: Place) -> Any:
    desk = place.desk
    (draft,) = drafts.my_drafts(desk.session, desk.actor)
    drafts.discard_draft(desk.session, desk.actor, draft_id=draft.draft_id)
    return ["dropped", draft.draft_id]


def _entry_is_there(place: Place, done: list[Any]) -> None:
    desk = place.desk
    kept = {one.draft_id: one for one in drafts.my_drafts(desk.session, desk.actor)}
    waiting = None
    for kind, what in done:
        waiting = what if kind == "draft" else None if kind == "dropped" else waiting
        if kind == "case":
            people = desk.count("participants", f"case_id = '{what}'")
            assert people == 3 and desk.count("consultations", f"case_id = '{what}'") == 1
    whole = desk.session.value(
        "SELECT count(*) FROM cases c WHERE (SELECT count(*) FROM participants p "
        "WHERE p.case_id = c.id) = 3 AND (SELECT count(*) FROM consultations v "
        "WHERE v.case_id = c.id) = 1"
    )
    assert whole == desk.count("cases"), "a case is there in part"
    # The step after the last acknowledged one may have dropped it.
    if waiting is not None and done[-1][0] == "draft":
        assert kept[waiting].content["note"].startswith("draft")


ACTS = (
    Act("entry", a_centre_at_work, (_keep_draft, _open_case, _drop_draft) * 3, _entry_is_there),
)
