"""What centres and regions are called: as the data folder's registers have it."""

from __future__ import annotations

from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers


def centre_name(t: Translator, key: str) -> str:
    """The city of a centre, or headquarters; the key itself of a centre that nobody knows here."""
    if held := t.place("centre", key):
        return held
    centre = classifiers().centres.get(key)
    if centre is not None:
        return centre.city.get(t.language, centre.en)
    pseudo = classifiers().pseudo_regions.get(key)
    return t.label(pseudo) if pseudo else key


def centre_keys(t: Translator) -> list[str]:
    """Keys of the centres in the registers, in their order."""
    return list(t.places.get("centre", classifiers().centres))


def region_name(t: Translator, key: str) -> str:
    """A region, headquarters, or all of them."""
    if held := t.place("region", key):
        return held
    lists = classifiers()
    known = lists.regions.get(key) or lists.pseudo_regions.get(key)
    return t.label(known) if known else key


def region_keys(t: Translator) -> list[str]:
    """Keys of the regions in the registers, in their order."""
    return list(t.places.get("region", classifiers().regions))
