"""Who is told of premises: for each scheme the channel, and how to say it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol
from uuid import UUID

from formats.furs import BusinessPremise, FursError
from gateway.channels.places import place
from gateway.channels.si_furs import CHANNEL, TEST_CHANNEL, SiFurs
from gateway.kit.tenancy import Environment
from gateway.premises.content import FursContent
from gateway.premises.problems import PremiseSchemeProblem
from gateway.premises.repository import Action, PremiseRow
from gateway.settings import Settings
from gateway.transmissions.adapter import Answer, Credential, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What an authority is to be told.

    Attributes:
        premise: The premise.
        action: That it opens, or closes.
        tax_number: Of the entity, as it states it.
        message_id: Of the report; the authority's answer names it.
        now: The moment.
        credential: Who says it.
    """

    premise: PremiseRow
    action: Action
    tax_number: str
    message_id: UUID
    now: datetime.datetime
    credential: Credential


class Line(Protocol):
    """An open way to an authority."""

    def request(self, said: Announcement) -> Request:
        """Return what is sent. Pure.

        Raises:
            PremiseSchemeProblem: It cannot be said of this entity.
        """
        ...

    def send(self, request: Request) -> Answer:
        """Write the request once; see `Adapter.send`."""
        ...

    def read(self, said: Announcement, answer: Answer) -> None:
        """Return when the authority accepts it. Pure.

        Raises:
            Refused, Retry, Unknown: It does not, or nobody knows.
        """
        ...

    def is_about_content(self, reason: str) -> bool:
        """Tell whether a refusal is about what is said of the premise, not about who says it."""
        ...


class Office(Protocol):
    """The authority of a scheme."""

    def channel(self, environment: Environment) -> str:
        """Return by which channel it is told."""
        ...

    def open(self, settings: Settings, channel: str) -> Line:
        """Return the way there.

        Raises:
            UnknownPlaceError, OSError, ValueError: Where it is, or who is trusted, is not known.
        """
        ...


@dataclass(frozen=True, slots=True)
class FursLine:
    """The way to FURS."""

    adapter: SiFurs

    def request(self, said: Announcement) -> Request:
        """Return the signed message; see `Line.request`."""
        content = FursContent.model_validate(dict(said.premise.content))
        try:
            told = BusinessPremise(
                tax_number=said.tax_number.removeprefix("SI"),
                premise=said.premise.code,
                identifier=content.identifier(),
                valid_from=said.premise.valid_from,
                closing="Z" if said.action == "close" else None,
                suppliers=(content.supplier(),),
                notes=content.special_notes,
            )
        except FursError as error:
            raise PremiseSchemeProblem(f"FURS cannot be told of the premise: {error}.") from error
        return self.adapter.announce(
            told, message_id=str(said.message_id), now=said.now, credential=said.credential
        )

    def send(self, request: Request) -> Answer:
        """Write it once; see `Line.send`."""
        return self.adapter.send(request)

    def read(self, said: Announcement, answer: Answer) -> None:
        """Read what FURS signed; see `Line.read`."""
        self.adapter.announced(str(said.message_id), answer)

    def is_about_content(self, reason: str) -> bool:
        """Tell whether FURS's schema refused it; see `Line.is_about_content`."""
        return reason in {"S001", "S002"}


@dataclass(frozen=True, slots=True)
class FursOffice:
    """FURS; see `Office`."""

    def channel(self, environment: Environment) -> str:
        """Return the channel to FURS, or to its test system."""
        return CHANNEL if environment == "live" else TEST_CHANNEL

    def open(self, settings: Settings, channel: str) -> Line:
        """Return the way to FURS; see `Office.open`."""
        return FursLine(SiFurs.open(place(settings, channel)))


OFFICES: Mapping[str, Office] = MappingProxyType({"si-furs": FursOffice()})
"""By scheme."""
