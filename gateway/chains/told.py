"""What an authority tells: read from a file, or put in order where it does not count."""

import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from gateway.chains.repository import ForeignRow

Known = Sequence[ForeignRow]
"""What an authority has of a chain: all of it, or its newest records."""


class Told(Protocol):
    """A record as an authority tells of it: with its place, or with the digest it follows."""

    @property
    def digest(self) -> str:
        """As its successor names it."""

    @property
    def sequence(self) -> int | None:
        """Its place, where the authority counts."""

    @property
    def previous(self) -> str | None:
        """The digest it names, where the authority says."""

    @property
    def number(self) -> str:
        """The document's."""

    @property
    def registration(self) -> str:
        """What the authority calls it."""


def read_known(content: bytes) -> Known:
    """Read what an authority has: a JSON list of `{sequence, digest, number, registration}`.

    Raises:
        ValueError: It is something else.
    """
    try:
        return [
            ForeignRow(
                chain_key="",
                sequence=int(one["sequence"]),
                digest=str(one["digest"]),
                number=str(one.get("number") or ""),
                registration=str(one.get("registration") or ""),
            )
            for one in json.loads(content)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("it is no list of records with sequence and digest") from None


def placed(told: Sequence[Told], ours: Mapping[str, int]) -> Known:
    """Return what an authority told, each at its place.

    Args:
        told: What it has; where it does not count, in any order.
        ours: The places of our own records, by digest.

    Raises:
        ValueError: A record has no place: it follows none that has one, or one that another
            follows as well, as where a chain began again.
    """
    places = {"": 0, **ours, **{one.digest: one.sequence for one in told if one.sequence}}
    followed: dict[str, Told] = {}
    for one in told:
        if one.previous is None:
            continue
        other = followed.setdefault(one.previous, one)
        if other.digest != one.digest and not {one.digest, other.digest} <= places.keys():
            raise ValueError(
                f"{other.digest} and {one.digest} both follow {one.previous or 'nothing'}: say in"
                " a file (--known) at which places the records stand"
            )
    for start in list(places):
        at, after = places[start], followed.get(start)
        while after is not None and after.digest not in places:
            at += 1
            places[after.digest] = at
            after = followed.get(after.digest)
    lost = [one.digest for one in told if one.digest not in places]
    if lost:
        raise ValueError(f"{lost[0]} follows no record that is known, ours or the authority's")
    return [
        ForeignRow(
            chain_key="",
            sequence=places[one.digest],
            digest=one.digest,
            number=one.number,
            registration=one.registration,
        )
        for one in told
    ]
