"""What was typed and not saved is there again after a crash, for its author alone."""

from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.usecases.drafts import LONGEST_DRAFT, discard_draft, my_drafts, save_draft
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import PASSWORD, Desk
from tests.usecases.refusals import code_of


def test_a_form_typed_into_is_one_draft_that_grows(centre: Desk) -> None:
    lawyer = a_colleague(centre, "lawyer")
    s = centre.session
    first = save_draft(s, lawyer, form="case", content={"surname": "Те"})
    centre.at(2024, 5, 20, 13)
    assert save_draft(s, lawyer, form="case", content={"surname": "Тестова"}) == first
    other = save_draft(s, lawyer, form="case", record_id="a", content={"label": "x"})
    centre.at(2024, 5, 20, 14)
    save_draft(s, lawyer, form="case", record_id="a", content={"label": "среда"})
    assert [(one.draft_id, one.record_id, one.content) for one in my_drafts(s, lawyer)] == [
        (other, "a", {"label": "среда"}),
        (first, None, {"surname": "Тестова"}),
    ]


def test_a_draft_is_its_authors_alone(centre: Desk) -> None:
    lawyer, mediator = a_colleague(centre, "lawyer"), a_colleague(centre, "mediator")
    s = centre.session
    draft = save_draft(s, lawyer, form="case", content={"surname": "Тестова"})
    for other in (mediator, centre.actor):
        assert my_drafts(s, other) == []
        assert code_of(lambda a=other: discard_draft(s, a, draft_id=draft)) == (  # type: ignore[misc]
            "draft_not_found"
        )
    save_draft(s, mediator, form="case", content={})
    assert [one.content for one in my_drafts(s, lawyer)] == [{"surname": "Тестова"}]
    discard_draft(s, lawyer, draft_id=draft)
    assert my_drafts(s, lawyer) == []
    assert centre.count("drafts") == 1


def test_a_draft_outlives_the_program_and_is_unreadable_on_disk(centre: Desk) -> None:
    save_draft(centre.session, centre.actor, form="case", content={"surname": "Тестова"})
    centre.leave()
    folder = centre.workplace.folder
    for file in folder.iterdir():
        if file.is_file():
            assert "Тестова".encode() not in file.read_bytes(), file.name
    again = open_workplace(folder, password=PASSWORD)
    session = again.session()
    assert my_drafts(session, again.actor)[0].content == {"surname": "Тестова"}
    session.close()
    again.close()


def test_a_draft_has_a_limit(centre: Desk) -> None:
    content = {"note": "а" * LONGEST_DRAFT}
    assert (
        code_of(lambda: save_draft(centre.session, centre.actor, form="x", content=content))
        == "text_too_long"
    )
