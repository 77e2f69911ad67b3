"""What stamps put on paper: codes, and the words above and below each."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from countries.es import verifactu_qr
from countries.pl.ksef_qr import CERTIFICATE_LABEL, OFFLINE_LABEL
from formats.pdf import FiscalQr
from gateway.stamps.service import Stamp


def printed(stamps: Sequence[Stamp]) -> tuple[FiscalQr, ...]:
    """Return the codes to print, each with the words above and below it.

    Of each kind of stamp the newest code counts. Below it stands what the law wants there; where
    no law is known, the newest stamp is named, with or without a code: a registration does not
    change where the code leads.

    Args:
        stamps: Of a document, oldest first.
    """
    done = {_UNTIL[one.kind] for one in stamps if one.kind in _UNTIL}
    codes = {one.kind: one.qr for one in stamps if one.qr is not None and one.kind not in done}
    return tuple(
        FiscalQr(code, _WORDS.get(kind, _newest)(stamps), *_ABOVE.get(kind, ()))
        for kind, code in codes.items()
    )


def _newest(stamps: Sequence[Stamp]) -> str:
    return f"{stamps[-1].authority}: {stamps[-1].identifier}"


def _slovenian(stamps: Sequence[Stamp]) -> str:
    """Return ZOI and, once there is one, EOR (ZDavPR, article 5)."""
    named = {one.kind: one.identifier for one in stamps if one.kind in {"zoi", "eor"}}
    return "\n".join(f"{kind.upper()}: {identifier}" for kind, identifier in named.items())


def _croatian(stamps: Sequence[Stamp]) -> str:
    """Return ZKI and, once there is one, JIR (Zakon o fiskalizaciji, NN 89/25)."""
    named = {one.kind: one.identifier for one in stamps if one.kind in {"zki", "jir"}}
    return "\n".join(f"{kind.upper()}: {identifier}" for kind, identifier in named.items())


def _spanish(stamps: Sequence[Stamp]) -> str:
    """Return that the AEAT is told, if it is (Orden HAC/1177/2024, artículo 20.1.b)."""
    codes = [one.qr or "" for one in stamps if one.kind == "huella"]
    if verifactu_qr.is_kept(codes[-1]):
        return ""
    return f"{verifactu_qr.VERIFIABLE}\n{verifactu_qr.SHORT}"


def _polish(stamps: Sequence[Stamp]) -> str:
    """Return the KSeF number, or that there is none yet (kody-qr.md)."""
    return next((one.identifier for one in stamps if one.kind == "ksef-number"), OFFLINE_LABEL)


def _issuer(_: Sequence[Stamp]) -> str:
    """Return what stands below KOD II (kody-qr.md)."""
    return CERTIFICATE_LABEL


_UNTIL: Mapping[str, str] = MappingProxyType({"ksef-number": "ksef-certificate"})
"""Stamps that make the code of another needless: KOD II is for what has no number."""

_ABOVE: Mapping[str, tuple[str, float]] = MappingProxyType(
    {"huella": (verifactu_qr.HEADING, verifactu_qr.PRINTED)}
)
"""What stands above a code that leads the first page, and how wide it is in millimetres."""

_WORDS: Mapping[str, Callable[[Sequence[Stamp]], str]] = MappingProxyType(
    {
        "zoi": _slovenian,
        "zki": _croatian,
        "huella": _spanish,
        "ksef-code": _polish,
        "ksef-certificate": _issuer,
    }
)
"""By the kind of stamp that has the code."""
