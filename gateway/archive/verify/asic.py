"""A bundle in an ASiC-E container (ETSI EN 319 162-1) that an entity's seal covers.

The container is made again from what it must say, as the bundle itself is: `mimetype`, a manifest
with the digest of the bundle, the seal over that manifest (CAdES), and the bundle.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from .cms import check_signed
from .container import Container, damaged_content
from .der import DerError
from .result import Problem, Voucher

SEALED_BUNDLE = "bundle.zip"
_TYPE = "mimetype"
_LISTED = "META-INF/ASiCManifest.xml"
_SEAL = "META-INF/signature.p7s"
_ALL = (_TYPE, _LISTED, _SEAL, SEALED_BUNDLE)
_EXTENDED = b"application/vnd.etsi.asic-e+zip"
_UNCHECKED = (
    "The seal is over this bundle; its signature was not checked. That takes the Python library "
    "cryptography, or `openssl cms -verify -binary -inform DER -noverify -in "
    f"{_SEAL} -content {_LISTED}`."
)


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What was found around a bundle.

    Attributes:
        problems: What is wrong with it.
        voucher: The seal, where it was checked.
        remark: What a reader should know of it; empty: nothing.
    """

    problems: tuple[Problem, ...]
    voucher: Voucher | None
    remark: str


def is_wrapped(content: memoryview) -> bool:
    """Tell whether a file is a container: its first member is named as every container's is.

    The name stands after the 30 bytes of a member's head; either it or the type is believed, so
    that no single damage makes another file of it.
    """
    first = bytes(content[:80])
    return first[30:38] == _TYPE.encode() or first[38 : 38 + len(_EXTENDED)] == _EXTENDED


def wrapping_strangeness(container: Container) -> int:
    """Count the names that no container has, or that are missing."""
    return len(set(container.members) ^ set(_ALL))


def judge_wrapping(container: Container, *, damaged_inside: bool) -> Wrapping:
    """Judge all of a container but the bundle.

    Args:
        container: The container.
        damaged_inside: The bundle is known to be damaged, and where: not said again here.
    """
    bundle = container.members[SEALED_BUNDLE]
    problems = [
        one for one in container.problems if not (damaged_inside and one.start == bundle.start)
    ]
    problems += _around(container, damaged_inside=damaged_inside)
    known = {one.start for one in (*container.problems, *problems)}
    places = [container.members.get(name) for name in (_SEAL, _LISTED)]
    if any(one is None or one.start in known for one in places):
        return Wrapping(tuple(problems), None, "The seal cannot be judged.")
    try:
        found = check_signed(container.read(_SEAL), container.read(_LISTED))
    except DerError as error:
        what = f"the seal does not hold: {error}"
        problems.append(damaged_content(container.members[_SEAL], what))
        return Wrapping(tuple(problems), None, "")
    if found.who is None:
        return Wrapping(tuple(problems), None, _UNCHECKED)
    voucher = Voucher("seal", found.who, found.at.isoformat() if found.at else None, None)
    remark = "Whether the certificate of the seal can be trusted is not judged here."
    if found.stamped is not None:
        remark += f" A time stamp by {found.stamped} says when it was made."
    return Wrapping(tuple(problems), voucher, remark)


def _around(container: Container, *, damaged_inside: bool) -> Iterator[Problem]:
    """Yield what is wrong with names, and with the two members that can be made again."""
    for name in sorted(set(container.members) - set(_ALL)):
        yield Problem(name, "a container of a bundle has no such member", name)
    for name in sorted(set(_ALL) - set(container.members)):
        yield Problem(name, "the member is missing", name)
    known = {one.start for one in container.problems}
    expected = {_TYPE: _EXTENDED}
    if not damaged_inside:
        bundle = container.members[SEALED_BUNDLE]
        digest = sha256(container.content[bundle.start : bundle.end]).digest()
        expected[_LISTED] = _manifest(digest)
    for name, content in expected.items():
        place = container.members.get(name)
        if place is not None and place.start not in known and container.read(name) != content:
            yield damaged_content(place, "it is not what a container says of this bundle")


def moved(problem: Problem, by: int) -> Problem:
    """Return a problem of the bundle with its place in the container."""
    start = None if problem.start is None else problem.start + by
    end = None if problem.end is None else problem.end + by
    return replace(problem, where=f"{SEALED_BUNDLE}: {problem.where}", start=start, end=end)


def _manifest(digest: bytes) -> bytes:
    value = base64.b64encode(digest).decode()
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" '
        'xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
        f'<asic:SigReference URI="{_SEAL}" MimeType="application/pkcs7-signature"/>'
        f'<asic:DataObjectReference URI="{SEALED_BUNDLE}" MimeType="application/zip">'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{value}</ds:DigestValue>"
        "</asic:DataObjectReference></asic:ASiCManifest>"
    ).encode()
