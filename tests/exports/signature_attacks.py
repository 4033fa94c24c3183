"""Forgeries of a package's signature part."""

import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256

from exports.package.opc import ORIGIN, ORIGIN_RELATIONSHIPS, SIGNATURE
from pravo_desktop.security.certificates import SigningKey
from tests.exports.tampering import (
    LEAD,
    SHEET,
    SIGNED,
    STRANGER,
    Attack,
    Parts,
    edited,
    resigned,
    without,
)


def _signature_replaced(old: str, new: str) -> bytes:
    def change(parts: Parts) -> None:
        text = parts[SIGNATURE].decode()
        assert re.search(old, text, re.DOTALL), old
        parts[SIGNATURE] = re.sub(old, new, text, count=1, flags=re.DOTALL).encode()

    return edited(change)


def _certificate_element(key: SigningKey) -> str:
    return f"<X509Certificate>{b64encode(key.certificate_der).decode()}</X509Certificate>"


def _digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()


def _cell_and_its_digest_changed() -> bytes:
    def change(parts: Parts) -> None:
        old = _digest(parts[SHEET]).encode()
        parts[SHEET] = parts[SHEET].replace(b"128", b"129")
        parts[SIGNATURE] = parts[SIGNATURE].replace(old, _digest(parts[SHEET]).encode())

    return edited(change)


def _certificate_and_its_digest_swapped() -> bytes:
    def change(parts: Parts) -> None:
        for old, new in (
            (_certificate_element(LEAD), _certificate_element(STRANGER)),
            (_digest(LEAD.certificate_der), _digest(STRANGER.certificate_der)),
        ):
            parts[SIGNATURE] = parts[SIGNATURE].replace(old.encode(), new.encode())

    return edited(change)


def _second_signature() -> bytes:
    def change(parts: Parts) -> None:
        parts["_xmlsignatures/sig2.xml"] = parts[SIGNATURE]

    return edited(change)


def _time_changed_twice() -> bytes:
    old, new = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (SIGNED, SIGNED + _LATER))
    return edited(
        lambda parts: parts.update(
            {SIGNATURE: parts[SIGNATURE].replace(old.encode(), new.encode())}
        )
    )


_LATER = timedelta(days=40)

SIGNATURE_ATTACKS = [
    Attack(
        "signature removed",
        lambda: without(SIGNATURE, ORIGIN, ORIGIN_RELATIONSHIPS),
        "not_signed",
    ),
    Attack("signature part alone removed", lambda: without(SIGNATURE), "not_signed"),
    Attack(
        "second signature", _second_signature, "second_signature", "_xmlsignatures/sig2.xml"
    ),
    Attack(
        "cell changed and its digest too",
        _cell_and_its_digest_changed,
        "signature_wrong",
        SIGNATURE,
    ),
    Attack(
        "Manifest reference removed",
        lambda: _signature_replaced('<Reference URI="/xl/worksheets/sheet1.*?</Reference>', ""),
        "unsigned_part",
        SHEET,
    ),
    Attack(
        "signing time changed in one place",
        lambda: _signature_replaced("<mdssi:Value>2026", "<mdssi:Value>2027"),
        "signing_time_changed",
        SIGNATURE,
    ),
    Attack("signing time changed twice", _time_changed_twice, "signature_wrong", SIGNATURE),
    Attack(
        "certificate swapped",
        lambda: _signature_replaced(
            "<X509Certificate>.*?</X509Certificate>", _certificate_element(STRANGER)
        ),
        "certificate_swapped",
        SIGNATURE,
    ),
    Attack(
        "certificate and its digest swapped",
        _certificate_and_its_digest_swapped,
        "signature_wrong",
        SIGNATURE,
    ),
    Attack(
        "two certificates, the honest one first",
        lambda: _signature_replaced("</X509Data>", _certificate_element(STRANGER) + "</X509Data>"),
        "certificate_ambiguous",
        SIGNATURE,
    ),
    Attack(
        "two certificates, the honest one last",
        lambda: _signature_replaced("<X509Data>", "<X509Data>" + _certificate_element(STRANGER)),
        "certificate_ambiguous",
        SIGNATURE,
    ),
    Attack(
        "KeyValue beside the certificate",
        lambda: _signature_replaced("<KeyInfo>", "<KeyInfo><KeyValue></KeyValue>"),
        "certificate_ambiguous",
        SIGNATURE,
    ),
    Attack(
        "certificate that is none",
        lambda: resigned(
            lambda text: re.sub(
                "<xd:CertDigest>(.*?<DigestValue>)[^<]*",
                rf"<xd:CertDigest>\g<1>{_digest(b'none')}",
                re.sub("<X509Certificate>[^<]*", "<X509Certificate>bm9uZQ==", text),
            )
        ),
        "certificate_unsupported",
    ),
    Attack(
        "value of another key",
        lambda: resigned(lambda text: text, STRANGER),
        "signature_wrong",
    ),
    Attack(
        "value that is no base64",
        lambda: _signature_replaced("<SignatureValue>.", "<SignatureValue>!"),
        "signature_malformed",
        SIGNATURE,
    ),
    Attack(
        "weak digest",
        lambda: _signature_replaced("http://www.w3.org/2001/04/xmlenc#sha256", "urn:sha1"),
        "algorithm_forbidden",
        SIGNATURE,
    ),
    Attack(
        "wrapping: a second Object with the same Id",
        lambda: _signature_replaced(
            "</KeyInfo>", '</KeyInfo><Object Id="idPackageObject"><Manifest></Manifest></Object>'
        ),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: an Object without an Id",
        lambda: _signature_replaced("</KeyInfo>", "</KeyInfo><Object></Object>"),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: nested Objects",
        lambda: _signature_replaced(
            '(<Object xmlns="[^"]*" Id="idPackageObject">.*?</Object>)', r"<Object>\1</Object>"
        ),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: a Signature inside a Signature",
        lambda: _signature_replaced(
            '(<Signature .*</Signature>)', r'<Signature xmlns="urn:x">\1</Signature>'
        ),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: an Id in another spelling",
        lambda: _signature_replaced("<Manifest>", '<Manifest ID="idPackageObject">'),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: a second Manifest",
        lambda: _signature_replaced("</Manifest>", "</Manifest><Manifest></Manifest>"),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "wrapping: the pieces in another order",
        lambda: _signature_replaced("(<KeyInfo>.*</KeyInfo>)(<Object .*?</Object>)", r"\2\1"),
        "wrapped_signature",
        SIGNATURE,
    ),
    Attack(
        "a space that no digest covers",
        lambda: _signature_replaced("</KeyInfo>", "</KeyInfo> "),
        "signature_malformed",
        SIGNATURE,
    ),
    Attack(
        "signature cut short",
        lambda: _signature_replaced("</Signature>", ""),
        "signature_malformed",
        SIGNATURE,
    ),
]  # fmt: skip
