"""Lines of text break where a reader expects it, and sentences begin with a capital."""

import pytest

from exports.report.blocks import Paragraph, Table, typeset
from exports.typography import held
from pravo_desktop.i18n import NBSP


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("всего — 8 916 консультаций", "всего~—~8 916 консультаций"),
        ("всего — 12", "всего~—~12"),
        ("по состоянию на 23 ноября 2024 г.", "по состоянию на 23~ноября 2024~г."),
        ("2024 жылғы 15 қараша күнгі жағдай", "2024~жылғы 15~қараша күнгі жағдай"),
        ("барлығы — 35,8 %", "барлығы~—~35,8~%"),
        ("список в приложении 4", "список в приложении~4"),
        ("пакеты данных № 5, 7", "пакеты данных №~5, 7"),
        ("план на 2024 год", "план на 2024~год"),
        ("5 майских дней", "5 майских дней"),
        ("2013 жылғы 21 мамырдағы № 94-V", "2013~жылғы 21~мамырдағы №~94-V"),
        ("пара — кейс", "пара~— кейс"),
    ],
)
def test_a_number_stays_with_what_it_belongs_to(text: str, whole: str) -> None:
    whole = whole.replace("~", NBSP)
    assert held(text) == whole
    assert held(whole) == whole


def test_sentences_that_open_with_a_region_begin_with_a_capital() -> None:
    told = Paragraph("психологов нет.", bullet=True, lead="область Ұлытау")
    assert typeset([told]) == (Paragraph("Психологов нет.", bullet=True, lead="Область Ұлытау"),)


def test_captions_and_notes_hold_their_numbers_and_cells_stay_as_they_are() -> None:
    table = Table("a", "Пары, 2024 г.", ("",), (False,), (("май 2024 г.",),), notes=("№ 5",))
    (set_,) = typeset([table])
    assert isinstance(set_, Table)
    assert (set_.caption, set_.notes) == (f"Пары, 2024{NBSP}г.", (f"№{NBSP}5",))
    assert set_.rows == table.rows
