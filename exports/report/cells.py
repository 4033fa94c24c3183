"""A figure in words: its indicator, the key of a breakdown, its value as it is printed."""

from datetime import date

from exports.report.blocks import Amount, Cell
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import Labelled, classifiers


def cell_label(
    indicator: str, breakdown: str | None, key: str | None, translator: Translator
) -> str:
    """``Participants: men``; without a key the breakdown itself, without one the indicator."""
    name = translator.label(classifiers().indicators[indicator])
    what = key_label(indicator, breakdown, key, translator)
    return f"{name}: {what}" if what else name


def key_label(
    indicator: str, breakdown: str | None, key: str | None, translator: Translator
) -> str:
    """``men``; without a key the breakdown itself, without one nothing."""
    lists = classifiers()
    if breakdown is None:
        return ""
    if key is None:
        return translator.label(lists.kinds["breakdown"][breakdown])
    if breakdown == "month":
        return translator.month(Month.parse(key))
    known: dict[str, Labelled] = dict(lists.categories)
    if breakdown != "category":
        (source,) = (one.keys for one in BY_KEY[indicator].breakdowns if one.name == breakdown)
        known = {**lists.kinds["sex"]} | dict(lists.entries(source or ""))
    return translator.label(known[key]) if key in known else key


def shown(amount: Amount, translator: Translator) -> str:
    """An amount as it is printed: ``12 750``, ``92,03``, ``деректер жоқ``; partial with a star."""
    if amount.value is None:
        return amount.empty
    text = translator.decimal(amount.value, amount.digits).replace("-", "–")
    return f"{text}*" if amount.starred else text


def shown_cell(cell: Cell, translator: Translator) -> str:
    """What a reader finds in a cell of a table."""
    match cell:
        case Amount():
            return shown(cell, translator)
        case date():
            return translator.date(cell)
    return cell or ""
