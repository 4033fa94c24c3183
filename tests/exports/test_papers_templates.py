"""The texts of the papers: complete in both languages, and never changed once printed."""

import hashlib
import json
from pathlib import Path

import pytest

from exports.papers import templates
from exports.papers.templates import PAPERS, PaperKey, template, versions
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import NBSP, placeholders

SIGNED_CONSENTS = {
    ("kk", "2024-1"): "7a035b2a551334c163638b5228a221ad8734f0bd39f91c94467cb3614b4d3c4e",
    ("ru", "2024-1"): "c6486b5e4361ae0d9097136b961e1aa787de75a87bb66f50fcc171c50a0e8223",
}
"""SHA-256 of each consent that people have signed: a changed text is a new version."""


def digest(language: str, version: str) -> str:
    text = template("consent", language, version)
    whole = json.dumps([dict(text.texts), dict(text.lists)], ensure_ascii=False, sort_keys=True)
    # Where its lines may break is not part of what was signed.
    return hashlib.sha256(whole.replace(NBSP, " ").encode()).hexdigest()


def test_every_paper_has_a_text() -> None:
    assert all(versions(paper, language) for paper in PAPERS for language in ("kk", "ru"))


@pytest.mark.parametrize("paper", PAPERS)
def test_both_languages_say_the_same_things_about_the_same_fields(paper: PaperKey) -> None:
    assert versions(paper, "kk") == versions(paper, "ru")
    for version in versions(paper, "kk"):
        kk, ru = template(paper, "kk", version), template(paper, "ru", version)
        assert kk.texts.keys() == ru.texts.keys()
        for key in kk.texts:
            assert placeholders(kk.texts[key]) == placeholders(ru.texts[key]), key
        assert {name: len(items) for name, items in kk.lists.items()} == {
            name: len(items) for name, items in ru.lists.items()
        }


def test_a_consent_that_was_signed_is_never_reworded() -> None:
    known = {
        (language, version): digest(language, version)
        for language in ("kk", "ru")
        for version in versions("consent", language)
    }
    assert known == SIGNED_CONSENTS


@pytest.mark.parametrize(
    ("paper", "language", "version"),
    [("consent", "ru", "1999-1"), ("consent", "en", None), ("certificate", "kk", "2024-2")],
)
def test_an_unknown_text_is_refused_by_name(
    paper: PaperKey, language: str, version: str | None
) -> None:
    with pytest.raises(KnownError) as refused:
        template(paper, language, version)
    assert refused.value.code == "paper_template_unknown"
    assert refused.value.params == {
        "paper": paper,
        "language": language,
        "version": version or "",
    }


def test_an_old_text_is_still_printed_after_a_new_one_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers" / "ru"
    folder.mkdir(parents=True)
    both = [
        {"version": version, "texts": {"title": f"Ваш номер, {version}"}, "lists": {}}
        for version in ("2024-1", "2025-1")
    ]
    (folder / "slip.json").write_text(json.dumps({"versions": both}), encoding="utf-8")
    monkeypatch.setattr(templates, "resources_folder", lambda: tmp_path)
    templates._versions.cache_clear()
    try:
        assert versions("slip", "ru") == ("2024-1", "2025-1")
        assert template("slip", "ru").fill("title") == "Ваш номер, 2025-1"
        assert template("slip", "ru", "2024-1").fill("title") == "Ваш номер, 2024-1"
    finally:
        templates._versions.cache_clear()
