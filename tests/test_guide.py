"""The user guide: its chapters, the words it quotes and its PDF."""

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak

from exports.pdf import REGULAR, font_file, register_fonts, write_pages
from tools import guide
from tools.catalogues import catalogue_path, extract, read_catalogue
from ui.pages.guide import CHAPTERS, LINE, WORD, chapter_texts, help_texts, title_of
from ui.pages.listing import PAGES

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("kk", "ru")


def sources(folder: str, language: str) -> dict[str, str]:
    place = ROOT / "resources" / folder / language
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(place.glob("*.md"))}


def structure(text: str) -> list[str]:
    """Levels of the headings, rows of the tables and points of the lists, and what is taken in."""
    return [
        found[0].strip()
        for found in re.finditer(r"^(#+ |\| |- |\d+\. |\{.+\}$)", text, re.MULTILINE)
    ]


def test_every_chapter_is_there_in_both_languages_with_the_same_parts() -> None:
    kk, ru = (sources("guide", language) for language in LANGUAGES)
    assert set(kk) == set(ru) == set(CHAPTERS)
    for name in CHAPTERS:
        assert structure(kk[name]) == structure(ru[name]), name
        assert kk[name].startswith("# ") and kk[name] != ru[name]


def test_every_name_that_guide_and_help_quote_from_the_window_stands_there() -> None:
    known = {one if isinstance(one, str) else one[0] for one in extract()}
    for language in LANGUAGES:
        catalogue = read_catalogue(catalogue_path(ROOT, language), language)
        for folder in ("guide", "help"):
            for name, text in sources(folder, language).items():
                for message in WORD.findall(text):
                    entry = catalogue.get(message)
                    assert message in known and entry and entry.string, (language, name, message)


def test_the_window_shows_the_name_of_a_button_without_its_mnemonic() -> None:
    assert "«Посмотреть, что внутри»" in chapter_texts("ru")["trouble"]
    assert "«Ішін қарау»" in chapter_texts("kk")["trouble"]
    for language in LANGUAGES:
        for text in (*chapter_texts(language).values(), *help_texts(language).values()):
            assert "{ui:" not in text and "&" not in text and "««" not in text


def test_the_help_of_every_page_is_in_one_chapter() -> None:
    for language in LANGUAGES:
        taken = Counter(
            name
            for text in chapter_texts(language).values()
            for kind, name in LINE.findall(text)
            if kind == "help"
        )
        assert taken == Counter(help_texts(language).keys())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_has_every_chapter_on_the_page_that_its_contents_name(language: str) -> None:
    reader = PdfReader(io.BytesIO(guide.write_guide(language)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    for number, text in enumerate(chapter_texts(language).values(), 1):
        title = title_of(text)
        named = re.search(rf"{number}\. {re.escape(title)} (\d+)", pages[1])
        assert named, (title, pages[1])
        assert title in pages[int(named[1]) - 1]
        assert f"{named[1]} / {len(pages)}" in pages[int(named[1]) - 1]
    assert [entry["/Title"] for entry in reader.outline] == [  # type: ignore[call-overload]
        title_of(text) for text in chapter_texts(language).values()
    ]
    whole = " ".join(pages)
    assert "{ui:" not in whole and "{help:" not in whole and "**" not in whole
    # What the help says of a page, and the keys that the code knows.
    assert title_of(help_texts(language)["case_form"]) in whole
    assert "Ctrl+Shift+F" in whole and "Ctrl+K" in whole


def test_the_guide_asks_only_for_pictures_that_make_screens_takes() -> None:
    tools = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tools").glob("screens*.py")
    )
    taken = set(re.findall(r'"(\d\d-[\w-]+)"', tools))
    taken |= {f"{number}-{page.key}" for number in (10, 80) for page in PAGES}
    for language in LANGUAGES:
        for name, text in chapter_texts(language).items():
            asked = {what for kind, what in LINE.findall(text) if kind == "picture"}
            assert asked <= taken, name


def test_no_page_stays_empty_where_a_chapter_ends_with_a_list_at_the_foot_of_a_page() -> None:
    register_fonts()
    for number in range(38, 50):
        items = "\n".join(f"- {item}" for item in range(number))
        story = [*guide.flowables(items), PageBreak(), *guide.flowables("# Next")]
        pages = write_pages(
            story, lambda *_: None, language="kk", title="Guide", author="Pravo Desktop"
        )
        for page in PdfReader(io.BytesIO(pages)).pages:
            assert page.extract_text().strip(), number


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_the_guide_is_in_its_font(language: str) -> None:
    letters = TTFont(REGULAR, font_file(REGULAR)).face.charToGlyph
    texts = (*chapter_texts(language).values(), *help_texts(language).values())
    assert {
        one for text in texts for one in text if one != "\n" and ord(one) not in letters
    } == set()


def test_a_picture_that_was_made_is_set_as_wide_as_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    monkeypatch.setattr(guide, "PICTURES", tmp_path)
    Image.new("RGB", (1366, 768), "white").save(guide.picture("10-today", "kk"))
    reader = PdfReader(io.BytesIO(guide.write_guide("kk")))
    assert sum(len(page.images) for page in reader.pages) == 1
