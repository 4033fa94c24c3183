"""What the honest key signed although no package holds it."""

import re
from datetime import timedelta

from exports.package.opc import ROOT_RELATIONSHIPS, SIGNATURE, WORKBOOK
from tests.exports.tampering import (
    KEY_MADE,
    RELATIONSHIPS,
    SECOND_SHEET,
    SHEET,
    SHEET_TYPE,
    Attack,
    Parts,
    add_relationship,
    resigned,
    signed_with,
)


def _signed_replacing(name: str, old: bytes, new: bytes) -> bytes:
    def change(parts: Parts, types: dict[str, str]) -> None:
        assert old in parts[name], (name, old)
        parts[name] = parts[name].replace(old, new, 1)

    return signed_with(change)


def _vba_added(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/vbaProject.bin"] = b"macro"
    types["xl/vbaProject.bin"] = "application/vnd.ms-office.vbaProject"


def _orphan_added(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/worksheets/sheet3.xml"] = parts[SHEET]
    types["xl/worksheets/sheet3.xml"] = types[SHEET]


def _external_book_added(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    types["xl/externalLinks/externalLink1.xml"] = f"{SHEET_TYPE}.externalLink+xml"


def _hyperlink_added(parts: Parts, types: dict[str, str]) -> None:
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[name] = parts[RELATIONSHIPS].partition(b"<Relationship ")[0] + b"</Relationships>"
    add_relationship(parts, name, "hyperlink", "https://example.org/", mode="External")


def _two_relationships_to_one_sheet(parts: Parts, types: dict[str, str]) -> None:
    add_relationship(parts, RELATIONSHIPS, "worksheet", "/" + SHEET)


def _same_id_twice(parts: Parts, types: dict[str, str]) -> None:
    _orphan_added(parts, types)
    first = re.search(b"<Relationship .*?</Relationship>", parts[RELATIONSHIPS])
    assert first is not None
    twin = first[0] + first[0].replace(b"sheet1.xml", b"sheet3.xml")
    parts[RELATIONSHIPS] = parts[RELATIONSHIPS].replace(first[0], twin)


def _sheet_called_styles(parts: Parts, types: dict[str, str]) -> None:
    _orphan_added(parts, types)
    add_relationship(parts, RELATIONSHIPS, "styles", "/xl/worksheets/sheet3.xml")


def _relationships_of_nothing(parts: Parts, types: dict[str, str]) -> None:
    parts["xl/_rels/ghost.xml.rels"] = parts[RELATIONSHIPS].partition(b"<Relationship ")[0] + (
        b"</Relationships>"
    )


def _sheet_in_utf16(parts: Parts, types: dict[str, str]) -> None:
    parts[SHEET] = parts[SHEET].decode().encode("utf-16")


def _sheet_in_utf7(parts: Parts, types: dict[str, str]) -> None:
    parts[SHEET] = b'<?xml version="1.0" encoding="UTF-7"?>' + parts[SHEET]


HONEST_KEY_ATTACKS = [
    Attack(
        "honest key over an empty Manifest",
        lambda: resigned(
            lambda text: re.sub("<Manifest>.*</Manifest>", "<Manifest></Manifest>", text)
        ),
        "unsigned_part",
        ROOT_RELATIONSHIPS,
    ),
    Attack(
        "honest key over a partial Manifest",
        lambda: resigned(
            lambda text: re.sub('<Reference URI="/xl/worksheets/sheet2.*?</Reference>', "", text)
        ),
        "unsigned_part",
        SECOND_SHEET,
    ),
    Attack(
        "honest key, relationship left unsigned",
        lambda: resigned(
            lambda text: re.sub(
                '<mdssi:RelationshipReference [^>]*SourceId="rId2">'
                "</mdssi:RelationshipReference>",
                "",
                text,
            )
        ),
        "signature_wrong",
        SIGNATURE,
    ),
    Attack(
        "formula in a signed cell",
        lambda: _signed_replacing(SHEET, b"<v>128</v>", b"<f>1+1</f><v>128</v>"),
        "formula_in_cell",
        SHEET,
    ),
    Attack(
        "formula behind a namespace prefix",
        lambda: _signed_replacing(
            SHEET, b"<v>128</v>", b'<x:f xmlns:x="urn:x">1+1</x:f><v>128</v>'
        ),
        "formula_in_cell",
        SHEET,
    ),
    Attack(
        "formula in a comment that hides it",
        lambda: _signed_replacing(SHEET, b"<v>128</v>", b"<!-- --><v>128</v>"),
        "markup_forbidden",
        SHEET,
    ),
    Attack(
        "sheet in UTF-16", lambda: signed_with(_sheet_in_utf16), "markup_forbidden", SHEET
    ),
    Attack("sheet in UTF-7", lambda: signed_with(_sheet_in_utf7), "markup_forbidden", SHEET),
    Attack(
        "signed vbaProject",
        lambda: signed_with(_vba_added),
        "part_forbidden",
        "xl/vbaProject.bin",
    ),
    Attack(
        "signed sheet that nothing leads to",
        lambda: signed_with(_orphan_added),
        "orphan_part",
        "xl/worksheets/sheet3.xml",
    ),
    Attack(
        "signed link to another workbook",
        lambda: signed_with(_external_book_added),
        "external_link",
        "xl/externalLinks/externalLink1.xml",
    ),
    Attack(
        "signed hyperlink",
        lambda: signed_with(_hyperlink_added),
        "external_link",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ),
    Attack(
        "two signed relationships to one sheet",
        lambda: signed_with(_two_relationships_to_one_sheet),
        "relationship_forbidden",
        RELATIONSHIPS,
    ),
    Attack(
        "two signed relationships with one Id",
        lambda: signed_with(_same_id_twice),
        "relationship_forbidden",
        RELATIONSHIPS,
    ),
    Attack(
        "signed relationship of another kind than its part",
        lambda: signed_with(_sheet_called_styles),
        "relationship_forbidden",
        RELATIONSHIPS,
    ),
    Attack(
        "signed relationships of a part that is not there",
        lambda: signed_with(_relationships_of_nothing),
        "orphan_part",
        "xl/_rels/ghost.xml.rels",
    ),
    Attack(
        "defined name with an element inside",
        lambda: _signed_replacing(WORKBOOK, b"$1:$1</", b"$1:$1<b>[1]x!A1</b></"),
        "defined_name_outside",
        WORKBOOK,
    ),
    Attack(
        "defined name of another workbook",
        lambda: _signed_replacing(WORKBOOK, b"'consultation'!", b"'[1]consultation'!"),
        "defined_name_outside",
        WORKBOOK,
    ),
    Attack(
        "defined name that calls out",
        lambda: _signed_replacing(WORKBOOK, b"'consultation'!$1:$1", b"WEBSERVICE(A1)"),
        "defined_name_outside",
        WORKBOOK,
    ),
    Attack(
        "signed before the certificate's validity",
        lambda: signed_with(lambda parts, types: None, KEY_MADE - timedelta(seconds=1)),
        "signing_time_outside_certificate",
    ),
    Attack(
        "signed after the certificate's validity",
        lambda: signed_with(lambda parts, types: None, KEY_MADE + timedelta(days=1097)),
        "signing_time_outside_certificate",
    ),
]  # fmt: skip
