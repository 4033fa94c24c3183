"""What a package may hold, even if it is signed: which parts, no formulas, nothing from outside."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Final

from exports.package.opc import (
    DOCUMENT_RELATION,
    WORKBOOK,
    Relationship,
    is_relationships,
    parse_part,
    read_relationships,
)
from pravo_desktop.errors import KnownError

_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_WORKSHEET_TYPE: Final = f"{_SHEET_TYPE}worksheet+xml"
_ALLOWED: Final = {
    f"{_SHEET_TYPE}sheet.main+xml": "officeDocument",
    _WORKSHEET_TYPE: "worksheet",
    f"{_SHEET_TYPE}styles+xml": "styles",
    f"{_SHEET_TYPE}sharedStrings+xml": "sharedStrings",
    "application/vnd.openxmlformats-officedocument.theme+xml": "theme",
}
"""Content type of each kind of part that a package may hold, and the relationship to it."""
_FORMULA: Final = re.compile(rb"<(?:[^\s<>/:]+:)?(?:f|formula[12]?)[\s/>]")
_LIKE_FORMULAS: Final = tuple(
    re.compile(begun + rb"f(?:ormula[12]?)?[\s/>]") for begun in (b"<", b":")
)
"""Found in time that a choice of beginnings would take sevenfold."""
_CELL: Final = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_ENCODING: Final = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_RANGE: Final = (
    r"(?:'(?:[^'\[\]|]|'')+'|[^\W\d][\w.]*)!"
    r"\$?[A-Z]{0,3}\$?[0-9]{0,7}(?::\$?[A-Z]{0,3}\$?[0-9]{0,7})?"
)
_OWN_RANGES: Final = re.compile(f"{_RANGE}(?:,{_RANGE})*")


def check_markup(parts: Mapping[str, bytes]) -> None:
    """No DTD, comment or CDATA, and UTF-8 alone: a scan of bytes then sees what a parser sees."""
    for name, content in parts.items():
        if b"!" in content and b"<!" in content:
            declared = b"<!DOCTYPE" in content or b"<!ENTITY" in content
            raise KnownError("dtd_forbidden" if declared else "markup_forbidden", part=name)
        encoding = _ENCODING.match(content)
        if b"\0" in content or (encoding and encoding[1].lower() != b"utf-8"):
            raise KnownError("markup_forbidden", part=name)


def check_content(parts: Mapping[str, bytes], types: Mapping[str, str]) -> None:
    """Refuse parts, relationships, formulas and names that no package has.

    Args:
        types: content type of each part that is not relationships.

    Raises:
        KnownError: ``external_link``, ``part_forbidden``, ``orphan_part``,
            ``relationship_forbidden``, ``formula_in_cell``, ``defined_name_outside``.
    """
    kinds = {}
    for name, content_type in types.items():
        if "externalLink" in content_type:
            raise KnownError("external_link", part=name)
        if content_type not in _ALLOWED:
            raise KnownError("part_forbidden", part=name, content_type=content_type)
        kinds[name] = _ALLOWED[content_type]
    reached = {WORKBOOK: "officeDocument"}
    for name, content in parts.items():
        if is_relationships(name):
            _follow(name, read_relationships(name, content), kinds, reached)
    for name, kind in kinds.items():
        if reached.get(name) != kind:
            raise KnownError("orphan_part", part=name)
        if kind == "worksheet":
            _check_sheet(name, parts[name])
    _check_defined_names(parts[WORKBOOK])


def _follow(
    name: str,
    relationships: Iterable[Relationship],
    kinds: Mapping[str, str],
    reached: dict[str, str],
) -> None:
    folder = posixpath.dirname(posixpath.dirname(name))
    source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
    if source not in kinds:
        raise KnownError("orphan_part", part=name)
    ids = set()
    for relationship in relationships:
        kind = relationship.type.removeprefix(DOCUMENT_RELATION)
        if relationship.mode != "Internal":
            raise KnownError("external_link", part=name)
        target = posixpath.normpath(posixpath.join("/", folder, relationship.target))[1:]
        if target in reached or kinds.get(target) != kind or relationship.id in ids:
            raise KnownError("relationship_forbidden", part=name, target=relationship.target)
        reached[target] = kind
        ids.add(relationship.id)


def _check_sheet(name: str, content: bytes) -> None:
    if not any(like.search(content) for like in _LIKE_FORMULAS):
        return
    formula = _FORMULA.search(content)
    if formula:
        start = max(content.rfind(b"<", 0, formula.start()), 0)
        cell = _CELL.search(content, start, formula.start())
        raise KnownError("formula_in_cell", part=name, cell=cell[1].decode() if cell else "")


def _check_defined_names(workbook: bytes) -> None:
    for element in parse_part(WORKBOOK, workbook).iter("{*}definedName"):
        if len(element) or not _OWN_RANGES.fullmatch(element.text or ""):
            raise KnownError("defined_name_outside", part=WORKBOOK, name=element.get("name") or "")
