"""The receipt by which headquarters tells a new computer which centre it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exports.receipt.reader import read_head, read_verified, verified_receipt
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.security.certificates import read_fingerprint
from pravo_desktop.usecases.inbox import read_file

_NAMES = {"kk": ("city_kk", "name_kk", "key"), "ru": ("city_ru", "name_ru", "key")}


@dataclass(frozen=True)
class FirstReceipt:
    """What a receipt says of the centre that it is for.

    Args:
        centre: its key.
        fingerprint: of the signer, to be compared with headquarters by phone.
        city: by language; of a centre that the program does not know only once the fingerprint
            was compared, empty before.
        case_code: letters of the region in case numbers; empty before.
    """

    centre: str
    fingerprint: str
    city: Mapping[str, str] = field(default_factory=dict)
    case_code: str = ""


def first_receipt(
    path: Path, *, practice: bool = False, compared: str | None = None
) -> FirstReceipt:
    """Read a receipt where no data folder has been made yet.

    Of a signer whom nobody has compared only the manifest is read (``docs/receipt.md``).

    Args:
        practice: whether the folder is for practice.
        compared: the fingerprint of its signer, once two people compared it by phone.

    Raises:
        KnownError: ``file_not_found``; what `exports.receipt.reader` refuses; ``practice_receipt``,
            ``fingerprint_malformed``, ``fingerprint_differs``, ``receipt_without_centre`` where
            its lists do not hold the centre with its region.
    """
    data = read_file(path)
    verified = verified_receipt(data)
    if compared is not None and read_fingerprint(compared) != verified.fingerprint:
        raise KnownError("fingerprint_differs")
    head = read_head(verified)
    if head is None:
        raise KnownError("receipt_unreadable")
    if head.practice and not practice:
        raise KnownError("practice_receipt")
    if compared is None:
        came = classifiers().centres.get(head.centre)
        city = {key: came.city[key] for key in _NAMES} if came else {}
        return FirstReceipt(head.centre, verified.fingerprint, city)
    sheets = read_verified(verified, "").sheets
    centres = {row["key"]: row for row in sheets["centres"]}
    regions = {row["key"]: row for row in sheets["regions"]}
    centre = centres.get(head.centre)
    region = regions.get(centre["region"]) if centre else None
    if centre is None or region is None:
        raise KnownError("receipt_without_centre", centre=head.centre)
    city = {
        language: str(next(centre[name] for name in names if centre[name]))
        for language, names in _NAMES.items()
    }
    return FirstReceipt(head.centre, verified.fingerprint, city, str(region["case_code"]))
