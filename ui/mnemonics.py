"""Letters for Alt: each belongs to one thing of what is in front, whatever the translations say."""

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QWidget

_DOUBLE = "\0"
"""Stands for ``&&``, which is an ampersand to be read."""


def mnemonic_of(text: str) -> str:
    """The letter after the ampersand, small; nothing where there is none."""
    _, _, rest = text.replace("&&", _DOUBLE).partition("&")
    return rest[:1].lower()


def with_mnemonic(text: str, taken: Iterable[str]) -> str:
    """The text with another letter marked: the first of a word if one is free, else any free one.

    Args:
        taken: small letters that belong to other things; with all of them taken none is marked.
    """
    plain = text.replace("&&", _DOUBLE).replace("&", "")
    letters = [at for at, sign in enumerate(plain) if sign.isalpha()]
    starts = [at for at in letters if at == 0 or not plain[at - 1].isalpha()]
    for at in (*starts, *letters):
        if plain[at].lower() not in taken:
            plain = f"{plain[:at]}&{plain[at:]}"
            break
    return plain.replace(_DOUBLE, "&&")


def deal_mnemonics(page: QWidget, reserved: Iterable[str]) -> None:
    """Give a letter of its own to everything in a page that has one marked.

    Args:
        reserved: small letters that belong to what is around the page.
    """
    taken = {letter for letter in reserved if letter}
    clashing = []
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, (QLabel, QAbstractButton)) or not widget.isVisibleTo(page):
            continue
        if isinstance(widget, QLabel) and widget.buddy() is None:
            continue
        letter = mnemonic_of(widget.text())
        if letter in taken:
            clashing.append(widget)
        elif letter:
            taken.add(letter)
    for widget in clashing:
        text = with_mnemonic(widget.text(), taken)
        taken.add(mnemonic_of(text))
        widget.setText(text)


def deal_beside_menus(page: QWidget, *around: str) -> None:
    """Give each thing in a page a letter of its own beside those of the window's menus.

    Args:
        around: other texts in sight that keep their letters.
    """
    window = page.window()
    menus = window.menuBar().actions() if isinstance(window, QMainWindow) else []
    deal_mnemonics(page, map(mnemonic_of, (*around, *(menu.text() for menu in menus))))
