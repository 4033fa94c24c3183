"""Parts of a package by name, their relationships and content types, read and written canonically.

Standard: ECMA-376 Part 2 (OPC).
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from lxml import etree

from pravo_desktop.errors import KnownError

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONSHIPS: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
ORIGIN: Final = "_xmlsignatures/origin.sigs"
ORIGIN_RELATIONSHIPS: Final = "_xmlsignatures/_rels/origin.sigs.rels"
SIGNATURE: Final = "_xmlsignatures/sig1.xml"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SIGNATURE_RELATION: Final = f"{_RELATIONSHIPS}/digital-signature/"

_PACKAGE_TYPE: Final = "application/vnd.openxmlformats-package."
RELATIONSHIPS_TYPE: Final = f"{_PACKAGE_TYPE}relationships+xml"
_ORIGIN_TYPE: Final = f"{_PACKAGE_TYPE}digital-signature-origin"
_SIGNATURE_TYPE: Final = f"{_PACKAGE_TYPE}digital-signature-xmlsignature+xml"


class Relationship(NamedTuple):
    id: str
    target: str
    mode: str
    type: str


def parse_part(name: str, content: bytes) -> etree._Element:
    """A part as XML; entities and DTDs are never resolved.

    Raises:
        KnownError: ``signature_malformed`` for the signature, else ``part_changed``.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KnownError(
            "signature_malformed" if name == SIGNATURE else "part_changed", part=name
        ) from error


def is_relationships(name: str) -> bool:
    """Whether a part holds relationships."""
    return name.endswith(".rels")


def read_relationships(name: str, content: bytes) -> list[Relationship]:
    """The relationships of a part; ``relationship_changed`` when one lacks what it needs."""
    root = parse_part(name, content)
    found = []
    for element in root:
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        try:
            found.append(
                Relationship(
                    attributes["Id"],
                    attributes["Target"],
                    attributes.get("TargetMode", "Internal"),
                    attributes["Type"],
                )
            )
        except KeyError as error:
            raise KnownError("relationship_changed", part=name) from error
    return found


def relationships_xml(relationships: Iterable[Relationship]) -> bytes:
    """What OPC's relationship transform and C14N give (ECMA-376 Part 2, 13.2.4.24)."""
    listed = "".join(
        f'<Relationship Id="{attribute(each.id)}" Target="{attribute(each.target)}" '
        f'TargetMode="{attribute(each.mode)}" Type="{attribute(each.type)}"></Relationship>'
        for each in sorted(relationships)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{listed}</Relationships>'.encode()


def read_content_types(content: bytes) -> dict[str, str]:
    """Content type by the name of each part that has one of its own."""
    return {
        str(element.get("PartName")).removeprefix("/"): str(element.get("ContentType"))
        for element in parse_part(CONTENT_TYPES, content).iter(f"{{{_TYPES}}}Override")
    }


def content_types_xml(types: Mapping[str, str]) -> bytes:
    """The part of content types, as every package has it, for the parts given."""
    overrides = "".join(
        f'<Override PartName="/{attribute(name)}" ContentType="{attribute(content_type)}"/>'
        for name, content_type in sorted({**types, SIGNATURE: _SIGNATURE_TYPE}.items())
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{RELATIONSHIPS_TYPE}"/>'
        f'<Default Extension="sigs" ContentType="{_ORIGIN_TYPE}"/>{overrides}</Types>'
    ).encode()


def attribute(value: str) -> str:
    """A value as it stands in a canonical attribute."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


TO_WORKBOOK: Final = Relationship(
    "rId1", WORKBOOK, "Internal", f"{DOCUMENT_RELATION}officeDocument"
)
ROOT_RELATIONSHIPS_XML: Final = relationships_xml(
    [TO_WORKBOOK, Relationship("rId2", ORIGIN, "Internal", f"{_SIGNATURE_RELATION}origin")]
)
ORIGIN_RELATIONSHIPS_XML: Final = relationships_xml(
    [Relationship("rId1", "sig1.xml", "Internal", f"{_SIGNATURE_RELATION}signature")]
)
SIGNATURE_ENTRIES: Final = (ORIGIN, ORIGIN_RELATIONSHIPS, SIGNATURE)
ENVELOPE: Final = {CONTENT_TYPES, ROOT_RELATIONSHIPS, *SIGNATURE_ENTRIES}
