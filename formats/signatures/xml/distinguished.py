"""Distinguished names as text, compared with those of certificates.

RFC 4514 leaves writers room, and older rules (RFC 1779, RFC 2253) left more: order, case, white
space, names of attributes. Two names are the same when their values are, in this order or the
reverse.
"""

import re

from asn1crypto import core, x509

_OIDS = {
    "CN": "2.5.4.3",
    "SURNAME": "2.5.4.4",
    "SN": "2.5.4.4",
    "SERIALNUMBER": "2.5.4.5",
    "C": "2.5.4.6",
    "L": "2.5.4.7",
    "ST": "2.5.4.8",
    "S": "2.5.4.8",
    "STREET": "2.5.4.9",
    "O": "2.5.4.10",
    "OU": "2.5.4.11",
    "T": "2.5.4.12",
    "TITLE": "2.5.4.12",
    "DESCRIPTION": "2.5.4.13",
    "POSTALCODE": "2.5.4.17",
    "GIVENNAME": "2.5.4.42",
    "G": "2.5.4.42",
    "INITIALS": "2.5.4.43",
    "DNQUALIFIER": "2.5.4.46",
    "PSEUDONYM": "2.5.4.65",
    "ORGANIZATIONIDENTIFIER": "2.5.4.97",
    "OID": "",
    "UID": "0.9.2342.19200300.100.1.1",
    "DC": "0.9.2342.19200300.100.1.25",
    "E": "1.2.840.113549.1.9.1",
    "EMAIL": "1.2.840.113549.1.9.1",
    "EMAILADDRESS": "1.2.840.113549.1.9.1",
}

_PART = re.compile(
    r"""\s*(?P<type>[A-Za-z][A-Za-z0-9-]*|(?:[oO][iI][dD]\.)?[0-9]+(?:\.[0-9]+)+)\s*=\s*"""
    r"""(?P<value>\#[0-9A-Fa-f]+|"(?:[^"\\]|\\.)*"|(?:[^,;+"\\]|\\.)*+)\s*(?P<end>[,;+]|\Z)""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"((?:\\[0-9A-Fa-f]{2})+)|\\(.)", re.DOTALL)
_LONGEST = 4096


def says(written: str, name: x509.Name) -> bool:
    """Tell whether a name in text is that of a certificate."""
    parts = _parts(written)
    return parts is not None and _of(name) in (parts, parts[::-1])


def _of(name: x509.Name) -> list[tuple[str, str]]:
    return [
        (pair["type"].dotted, _plain(str(pair["value"].native)))
        for relative in name.chosen
        for pair in relative
    ]


def _plain(value: str) -> str:
    return " ".join(value.split()).casefold()


def _parts(written: str) -> list[tuple[str, str]] | None:
    """Return attribute and value of each part; None when it is not a name."""
    if len(written) > _LONGEST:
        return None
    found: list[tuple[str, str]] = []
    place = 0
    while True:
        match = _PART.match(written, place)
        if match is None:
            return None
        kind = match["type"].upper().removeprefix("OID.")
        oid = kind if kind[:1].isdigit() else _OIDS.get(kind)
        value = _value(match["value"])
        if not oid or value is None:
            return None
        found.append((oid, _plain(value)))
        place = match.end()
        if not match["end"]:
            return found


def _value(written: str) -> str | None:
    written = written.strip()
    if written.startswith("#"):
        try:
            return str(core.load(bytes.fromhex(written[1:])).native)
        except (ValueError, TypeError):
            return None
    if written.startswith('"'):
        written = written[1:-1]
    return _ESCAPE.sub(_unescaped, written)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return bytes.fromhex(match[1].replace("\\", "")).decode("utf-8", "replace")
    return match[2]
