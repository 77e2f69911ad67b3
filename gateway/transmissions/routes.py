"""What the queue must know of a channel before any adapter is loaded: environment and lanes."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from countries.calendars import WorkingDays, ends
from countries.pl import offline as poland
from gateway.kit.tenancy import Environment
from gateway.transmissions.conduct import Offline


@dataclass(frozen=True, slots=True)
class Route:
    """How a channel's messages queue.

    Attributes:
        channel: Its name; the lane's name begins with it.
        environment: Whose messages it carries.
        lanes: Unordered messages of an entity are spread over so many lanes, by receiver; None:
            the order matters, and each sender is one lane. Nobody waits behind another's.
        credential: For which purpose the vault keeps the key this channel shows or signs with.
        offline: What the law allows while its authority is away: who issues must know it, too.
        mends: A later message about a document mends, or cancels, those before.
        duty: The law wants its authority to be told of every document that was issued: none is
            taken back on its way there.
        stand_in: The kind of secret that goes before that key where the entity has one.
    """

    channel: str
    environment: Environment
    lanes: int | None
    credential: str | None = None
    offline: Offline | None = None
    mends: bool = False
    duty: bool = False
    stand_in: str | None = None

    def latest(self, now: datetime.datetime) -> datetime.datetime | None:
        """Return when at the latest what is issued now must be sent; None: the law is silent.

        Outages that are announced may give more time.
        """
        return None if self.offline is None else ends(self.offline.within, now)

    @property
    def ordered(self) -> bool:
        """True when a message may not overtake an unfinished one of the same sender."""
        return self.lanes is None

    def lane(self, entity_id: UUID, sender: str, receiver: str) -> str:
        """Return the lane of a message."""
        if self.lanes is None:
            return f"{self.channel}/{sender}"
        digest = hashlib.sha256(receiver.encode()).digest()
        return f"{self.channel}/{entity_id}/{int.from_bytes(digest[:8]) % self.lanes}"


_SOON = timedelta(minutes=5)
"""Who issues hands over what has no answer by then: it goes out without it, and comes late."""

_FURS_AWAY = Offline(
    after=_SOON, within=WorkingDays("SI", "Europe/Ljubljana", 2), late_after=_SOON
)
"""Invoices are issued without an EOR while FURS is away, and sent within two working days; each
that was handed over without one says so (SubsequentSubmit; Tehnična dokumentacija 1.3, R_3.13)."""

_CIS_AWAY = Offline(after=_SOON, within=WorkingDays("HR", "Europe/Zagreb", 2), late_after=_SOON)
"""Invoices are handed over without a JIR while CIS is away, and sent within two working days
(Zakon o fiskalizaciji, NN 89/25, članak 22.); five while the device itself is broken, which is not
what happens here. Each says so (NakDost; specification 2.6)."""

_AEAT_AWAY = Offline(after=_SOON, within=timedelta(days=30), late_after=timedelta(hours=1))
"""An invoice is handed over without waiting for the AEAT; its record follows as soon as it can,
and says that it could not be sent at once (Orden HAC/1177/2024, artículo 16); the days are ours,
and the hour: it is longer than the AEAT itself asks to wait between two sendings.
"""

_KSEF_AWAY = Offline(after=_SOON, within=poland.NEXT_DAY, outages=poland.grace)
"""offline24: on the next working day after the issue (tryby-offline.md; VAT act, art. 106nda).
Outages that the ministry announces, and an operator notes, allow more."""

ROUTES: Mapping[str, Route] = MappingProxyType(
    {
        route.channel: route
        for route in (
            Route("sandbox-network", "sandbox", lanes=16),
            Route(
                "sandbox-authority",
                "sandbox",
                lanes=None,
                credential="client-tls",
                offline=Offline(after=timedelta(minutes=5), within=timedelta(hours=48)),
            ),
            Route("si-furs", "live", 16, "fiscal-signature", _FURS_AWAY, duty=True),
            Route("si-furs-test", "sandbox", 16, "fiscal-signature", _FURS_AWAY, duty=True),
            Route("si-ujp", "live", 4),
            Route("si-ujp-test", "sandbox", 4),
            Route("hr-cis", "live", 16, "fiscal-signature", _CIS_AWAY, duty=True),
            Route("hr-cis-test", "sandbox", 16, "fiscal-signature", _CIS_AWAY, duty=True),
            Route("es-face", "live", 4),
            Route("es-face-test", "sandbox", 4),
            Route("es-verifactu", "live", None, "client-tls", _AEAT_AWAY, mends=True, duty=True),
            Route(
                "es-verifactu-test",
                "sandbox",
                None,
                "client-tls",
                _AEAT_AWAY,
                mends=True,
                duty=True,
            ),
            Route(
                "pl-ksef",
                "live",
                16,
                "authentication",
                _KSEF_AWAY,
                mends=True,
                duty=True,
                stand_in="ksef-token",
            ),
            Route(
                "pl-ksef-test",
                "sandbox",
                16,
                "authentication",
                _KSEF_AWAY,
                mends=True,
                duty=True,
                stand_in="ksef-token",
            ),
        )
    }
)
"""Every channel. A new one is a line here and an adapter in `gateway/channels`."""


def route_of(lane: str) -> Route:
    """Return the route a lane belongs to."""
    return ROUTES[lane.partition("/")[0]]
