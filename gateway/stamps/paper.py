"""What stamps put on paper: codes, and the words below each."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from countries.es.verifactu_qr import SHORT
from countries.pl.ksef_qr import CERTIFICATE_LABEL, OFFLINE_LABEL
from gateway.stamps.service import Stamp


def printed(stamps: Sequence[Stamp]) -> tuple[tuple[str, str], ...]:
    """Return the codes to print, each a text and the words below it.

    Of each kind of stamp the newest code counts. Below it stands what the law wants there; where
    no law is known, the newest stamp is named, with or without a code: a registration does not
    change where the code leads.

    Args:
        stamps: Of a document, oldest first.
    """
    done = {_UNTIL[one.kind] for one in stamps if one.kind in _UNTIL}
    codes = {one.kind: one.qr for one in stamps if one.qr is not None and one.kind not in done}
    return tuple((code, _WORDS.get(kind, _newest)(stamps)) for kind, code in codes.items())


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


def _spanish(_: Sequence[Stamp]) -> str:
    """Return that the AEAT was told (Orden HAC/1177/2024, artículo 20.1.b)."""
    return SHORT


def _polish(stamps: Sequence[Stamp]) -> str:
    """Return the KSeF number, or that there is none yet (kody-qr.md)."""
    return next((one.identifier for one in stamps if one.kind == "ksef-number"), OFFLINE_LABEL)


def _issuer(_: Sequence[Stamp]) -> str:
    """Return what stands below KOD II (kody-qr.md)."""
    return CERTIFICATE_LABEL


_UNTIL: Mapping[str, str] = MappingProxyType({"ksef-number": "ksef-certificate"})
"""Stamps that make the code of another needless: KOD II is for what has no number."""

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
