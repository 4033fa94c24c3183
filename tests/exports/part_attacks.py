"""Forgeries of a package's parts after it was signed."""

import os
import re

from exports.package.opc import (
    CONTENT_TYPES,
    ORIGIN,
    ORIGIN_RELATIONSHIPS,
    ROOT_RELATIONSHIPS,
    SIGNATURE,
    WORKBOOK,
)
from tests.exports.tampering import (
    RELATIONSHIPS,
    SECOND_SHEET,
    SHEET,
    SHEET_TYPE,
    Attack,
    Parts,
    add_relationship,
    edited,
    forged_sheet,
    replaced,
    with_entry,
    without,
)


def _extra_sheet_with_relationship() -> bytes:
    def change(parts: Parts) -> None:
        parts["xl/worksheets/sheet3.xml"] = parts[SHEET]
        add_relationship(parts, RELATIONSHIPS, "worksheet", "/xl/worksheets/sheet3.xml")
        _add_content_type(parts, "xl/worksheets/sheet3.xml", f"{SHEET_TYPE}.worksheet+xml")

    return edited(change)


def _add_content_type(parts: Parts, name: str, content_type: str) -> None:
    added = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(b"</Types>", added.encode())


def _second_workbook(*, first: bool, with_part: bool) -> bytes:
    def change(parts: Parts) -> None:
        target = "xl/workbook2.xml" if with_part else SECOND_SHEET
        if with_part:
            parts[target] = parts[WORKBOOK]
            _add_content_type(parts, target, f"{SHEET_TYPE}.sheet.main+xml")
        add_relationship(parts, ROOT_RELATIONSHIPS, "officeDocument", target, first=first)

    return edited(change)


def _external_relationship() -> bytes:
    return edited(
        lambda parts: add_relationship(
            parts, RELATIONSHIPS, "hyperlink", "https://example.org/", mode="External"
        )
    )


def _core_properties_added() -> bytes:
    def change(parts: Parts) -> None:
        parts["docProps/core.xml"] = b"<coreProperties/>"
        _add_content_type(
            parts,
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        )

    return edited(change)


_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">'.encode() for level in range(1, 12))
    + b"]>"
)

PART_ATTACKS = [
    Attack("cell changed", lambda: replaced(SHEET, b"128", b"129"), "part_changed", SHEET),
    Attack(
        "formula put into a cell",
        lambda: replaced(SHEET, b"<v>128</v>", b"<f>1+1</f><v>128</v>"),
        "part_changed",
        SHEET,
    ),
    Attack(
        "extra sheet without a relationship",
        lambda: with_entry(**{"xl/worksheets/sheet3.xml": forged_sheet()}),
        "unsigned_part",
        "xl/worksheets/sheet3.xml",
    ),
    Attack(
        "extra sheet with a relationship",
        _extra_sheet_with_relationship,
        "unsigned_part",
        "xl/worksheets/sheet3.xml",
    ),
    Attack(
        "second workbook, root relationship first",
        lambda: _second_workbook(first=True, with_part=True),
        "unsigned_part",
        "xl/workbook2.xml",
    ),
    Attack(
        "second workbook, root relationship last",
        lambda: _second_workbook(first=False, with_part=True),
        "unsigned_part",
        "xl/workbook2.xml",
    ),
    Attack(
        "new root relationship to a signed part, first",
        lambda: _second_workbook(first=True, with_part=False),
        "relationship_changed",
        ROOT_RELATIONSHIPS,
    ),
    Attack(
        "new root relationship to a signed part, last",
        lambda: _second_workbook(first=False, with_part=False),
        "relationship_changed",
        ROOT_RELATIONSHIPS,
    ),
    Attack("part removed", lambda: without(SECOND_SHEET), "part_removed", SECOND_SHEET),
    Attack("workbook removed", lambda: without(WORKBOOK), "not_a_package"),
    Attack(
        "relationships of the workbook removed",
        lambda: without(RELATIONSHIPS),
        "part_removed",
        RELATIONSHIPS,
    ),
    Attack(
        "relationship target changed",
        lambda: replaced(RELATIONSHIPS, b"sheet1.xml", b"sheet2.xml"),
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "relationship removed",
        lambda: edited(
            lambda parts: parts.update(
                {
                    RELATIONSHIPS: re.sub(
                        b"<Relationship .*?</Relationship>", b"", parts[RELATIONSHIPS], count=1
                    )
                }
            )
        ),
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "external relationship added",
        _external_relationship,
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "relationships written with another space",
        lambda: replaced(RELATIONSHIPS, b"<Relationship ", b"<Relationship  "),
        "relationship_changed",
        RELATIONSHIPS,
    ),
    Attack(
        "origin relationship retargeted",
        lambda: replaced(ROOT_RELATIONSHIPS, ORIGIN.encode(), b"xl/theme/theme1.xml"),
        "relationship_changed",
        ROOT_RELATIONSHIPS,
    ),
    Attack(
        "signature relationship retargeted",
        lambda: replaced(ORIGIN_RELATIONSHIPS, b"sig1.xml", b"sig7.xml"),
        "relationship_changed",
        ORIGIN_RELATIONSHIPS,
    ),
    Attack("origin not empty", lambda: with_entry(**{ORIGIN: b"x"}), "part_changed", ORIGIN),
    Attack(
        "content type changed",
        lambda: replaced(CONTENT_TYPES, b"worksheet+xml", b"chartsheet+xml"),
        "content_type_changed",
        SHEET,
    ),
    Attack(
        "content type of a foreign extension added",
        lambda: replaced(
            CONTENT_TYPES, b"<Override", b'<Default Extension="bin" ContentType="a/b"/><Override'
        ),
        "content_type_changed",
        CONTENT_TYPES,
    ),
    Attack("core.xml added", _core_properties_added, "unsigned_part", "docProps/core.xml"),
    Attack(
        "vbaProject added",
        lambda: with_entry(**{"xl/vbaProject.bin": b"macro"}),
        "unsigned_part",
        "xl/vbaProject.bin",
    ),
    Attack(
        "relationships as long as a book",
        lambda: replaced(RELATIONSHIPS, b"</", os.urandom(600_000).hex().encode() + b"</"),
        "part_too_large",
        RELATIONSHIPS,
    ),
    Attack(
        "billion laughs in a sheet",
        lambda: replaced(SHEET, b"<worksheet", _LAUGHS + b"<worksheet"),
        "dtd_forbidden",
        SHEET,
    ),
    Attack(
        "billion laughs in the signature",
        lambda: replaced(SIGNATURE, b"<Signature ", _LAUGHS + b"<Signature "),
        "dtd_forbidden",
        SIGNATURE,
    ),
]
