"""Words that go to headquarters: the answer to its question, and those to be written anew."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pravo_desktop.usecases.amendments import reword, words_of
from pravo_desktop.usecases.questions import ToComplete, answer_question
from ui.page import Desk
from ui.reason import ask_reason

REWORDED = frozenset({"amendments", "answers"})
"""Tables whose words are written anew where they stand, as no form shows them."""


def say_right(owner: QWidget, desk: Desk, one: ToComplete) -> None:
    """Say that a record is right as it is; headquarters is told why.

    Args:
        one: with a question.
    """
    question_id = one.question_id
    if question_id is None:
        return

    def answer(words: str = "") -> None:
        desk.runner.write(
            owner,
            lambda job: answer_question(
                job.session, job.actor, question_id=question_id, words=words
            ),
        )

    if one.origin != "headquarters":
        answer()
        return
    t = desk.t
    ask_reason(
        owner,
        desk,
        question=t.text("Why is it right as it is?"),
        explained=t.text(
            "Headquarters asks: {question} The answer goes with the next package and names nobody.",
            question=one.question(t.language),
        ),
        verb=t.text("Answer headquarters"),
        run=answer,
        about=f"answer {question_id}",
    )


def write_anew(owner: QWidget, desk: Desk, table: str, record_id: str) -> None:
    """Ask for other words in the place of those that name somebody.

    Args:
        table: one of `REWORDED`.
    """
    t = desk.t

    def ask(words: str) -> None:
        ask_reason(
            owner,
            desk,
            question=t.text("Please write it without names and numbers of people"),
            explained=t.text("It goes to headquarters and says now: {words}", words=words),
            verb=t.text("Write anew"),
            run=keep,
            about=f"reword {record_id}",
        )

    def keep(words: str) -> None:
        desk.runner.write(
            owner,
            lambda job: reword(
                job.session, job.actor, table=table, record_id=record_id, words=words
            ),
            lambda _: desk.navigator.say(t.text("Written anew. Now make the package again.")),
        )

    desk.runner.read(
        owner,
        lambda job: words_of(job.session, job.actor, table=table, record_id=record_id),
        ask,
    )
