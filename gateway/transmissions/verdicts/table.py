"""Reading the tables: source and code to axes and flags. A word that is not ours stops the start.

A code may mean different things by a detail that comes with it (`RE` because of `FD`), and a table
may say what every other code means (`*`). Codes that no table knows mean nothing: who receives one
asks a person.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from gateway.transmissions.states import Business, Fact, Regulatory, Transport

OTHERS = "*"
"""The code that stands for all others of its layer."""


class Layer(StrEnum):
    """Who says it."""

    NETWORK = "network"
    AUTHORITY = "authority"
    BUYER = "buyer"


class Flag(StrEnum):
    """What a code asks for beside what it says."""

    MUST_BE_CORRECTED = "must_be_corrected"  # taken, and wrong: a correction is owed
    DELIVERY_UNCONFIRMED = "delivery_unconfirmed"  # taken over, not handed over
    LOOK_UP_AGAIN = "look_up_again"  # where the receiver is reached
    OTHER_CHANNEL = "other_channel"  # the receiver is not reached by this one
    DEADLINE_ALERT = "deadline_alert"  # its absence is worth a look
    BUYER_READS_PORTAL = "buyer_reads_portal"  # the buyer must be told to look
    ATTESTATION = "attestation"  # the authority vouches that it could not be delivered
    TACIT = "tacit"  # nobody said it: a time is over
    ANNOUNCED = "announced"  # not done yet
    LOOK_AT_RECORDS = "look_at_records"  # a batch: each record has its own
    REGISTER_PREMISE = "register_premise"  # first, then the same again
    RENEW_CREDENTIAL = "renew_credential"  # first, then the same again
    STAND_STILL = "stand_still"  # a person mends what it is about, and has the same sent again
    RE_ROUTE = "re_route"  # to another service of the authority
    REGISTERED = "registered"  # noted, nothing changes
    CANCEL_REFUSED = "cancel_refused"  # what was asked to be cancelled stands


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a code means; an axis that is None is not touched.

    Attributes:
        code: In the words of the other side.
        detail: What it must come with; None: whatever comes with it.
        layer: Who says it.
        transport, regulatory, business: On our axes.
        flags: What it asks for.
        note: For people.
    """

    code: str
    detail: str | None = None
    layer: Layer = Layer.AUTHORITY
    transport: Transport | None = None
    regulatory: Regulatory | None = None
    business: Business | None = None
    flags: frozenset[Flag] = frozenset()
    note: str = ""

    def fact(self) -> Fact:
        """Return it as a fact about a transmission."""
        stands = Flag.CANCEL_REFUSED in self.flags
        return Fact(self.transport, self.regulatory, self.business, stands=stands)


class TableError(ValueError):
    """A table says a thing twice, or in words that are not ours."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the codes of one source mean.

    Attributes:
        name: Of its file.
        title: For people.
        verdicts: In the order of the file.
    """

    name: str
    title: str
    verdicts: tuple[Verdict, ...]

    def find(
        self, code: str, detail: str | None = None, layer: Layer = Layer.AUTHORITY
    ) -> Verdict | None:
        """Return what a code means; None when nobody knows."""
        known = {(one.layer, one.code, one.detail): one for one in self.verdicts}
        for place in ((code, detail), (code, None), (OTHERS, None)):
            if (found := known.get((layer, *place))) is not None:
                return found
        return None


def parse(name: str, text: str) -> Table:
    """Read a table.

    Raises:
        TableError: It says a thing twice, or in words that are not ours.
    """
    content = tomllib.loads(text)
    verdicts = tuple(_verdict(name, row) for row in content["verdicts"])
    places = [(one.layer, one.code, one.detail) for one in verdicts]
    twice = {place for place in places if places.count(place) > 1}
    if twice:
        raise TableError(f"{name}: {sorted(twice, key=str)} stand there twice")
    return Table(name, content["title"], verdicts)


@cache
def tables() -> Mapping[str, Table]:
    """Return every table by its name."""
    folder = resources.files(__package__) / "tables"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    read = [
        parse(file.name.removesuffix(".toml"), file.read_text(encoding="utf-8")) for file in files
    ]
    return MappingProxyType({table.name: table for table in read})


def _verdict(name: str, row: Mapping[str, Any]) -> Verdict:
    unknown = row.keys() - Verdict.__dataclass_fields__.keys()
    if unknown:
        raise TableError(f"{name}: nobody knows {sorted(unknown)}")
    try:
        made = Verdict(
            code=row["code"],
            detail=row.get("detail"),
            layer=Layer(row.get("layer", Layer.AUTHORITY)),
            transport=Transport(row["transport"]) if "transport" in row else None,
            regulatory=Regulatory(row["regulatory"]) if "regulatory" in row else None,
            business=Business(row["business"]) if "business" in row else None,
            flags=frozenset(Flag(flag) for flag in row.get("flags", ())),
            note=row.get("note", ""),
        )
    except ValueError as error:
        raise TableError(f"{name}: {row['code']}: {error}") from error
    if made.fact() == Fact() and not made.flags:
        raise TableError(f"{name}: {row['code']} says nothing")
    return made
