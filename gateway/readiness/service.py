"""The readiness of one entity, or of many at once without a query for each."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from countries.registry import COUNTRIES
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from formats.profile import Profile
from formats.registry import PROFILES
from gateway.compliance.profiles import DEFAULT
from gateway.kit.tenancy import TenantTransaction
from gateway.pickups import service as fetching
from gateway.pickups.service import PickupRow
from gateway.readiness.certificates import certificates, noticed
from gateway.readiness.channel import Nowhere, anywhere, channel
from gateway.readiness.checks import Subject, checklist
from gateway.readiness.fiscalization import fiscalization
from gateway.readiness.items import Item, ready_for
from gateway.readiness.pickups import pickups
from gateway.readiness.portals import portals
from gateway.readiness.safekeeping import safekeeping
from gateway.signing import outlook
from gateway.signing.outlook import Outlook
from gateway.signing.secrets import service as secrets
from gateway.signing.secrets.service import SecretRow
from gateway.tenants import service as tenants
from gateway.tenants.service import Entity

Missing = Callable[[Profile, datetime.date], tuple[str, ...]]
"""Which official files a profile lacks on a day (`Validator.missing`)."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What an entity still needs.

    Attributes:
        items: The checklist.
        ready_for_sandbox: It can issue in the sandbox.
        ready_for_live: It can issue legally.
        ready_for_sending: Its documents can travel over the network.
        noticed: Its certificates that somebody should look after.
    """

    items: tuple[Item, ...]
    ready_for_sandbox: bool
    ready_for_live: bool
    ready_for_sending: bool
    noticed: Sequence[Outlook]

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of what something cannot be done without."""
        return tuple(item.id for item in self.items if item.in_the_way)


@dataclass(slots=True)
class Inspector:
    """Judges entities; one for a request, so that installed files are looked up once.

    Attributes:
        missing: See `Missing`.
        now: The moment.
        nowhere: See `Nowhere`.
        place: Where the archive is, ISO 3166-1; None: nobody said.
    """

    missing: Missing
    now: datetime.datetime
    nowhere: Nowhere = anywhere
    place: str | None = None
    _absent: dict[tuple[str, datetime.date], tuple[str, ...]] = field(default_factory=dict)

    def of(
        self,
        entity: Entity,
        held: Sequence[Outlook],
        shown: Mapping[str, SecretRow] = MappingProxyType({}),
        fetched: Sequence[PickupRow] = (),
    ) -> Readiness:
        """Return the readiness of an entity, from what was read of it already.

        Args:
            entity: Which.
            held: Where its certificates stand.
            shown: Its secrets that can be used, by kind.
            fetched: What is fetched into its inbox.
        """
        settings = tenants.settings_of(entity)
        day = self.now.astimezone(tenants.zone_of(entity)).date()
        profile = PROFILES[settings.default_profile or DEFAULT]
        items = checklist(
            Subject(
                seller=Seller.model_validate(without_blanks(entity.seller)),
                settings=settings,
                country_code=entity.country_code,
                country=COUNTRIES.get(entity.country_code),
                environment=entity.environment,
                profile=profile,
                absent=self._files(profile, day),
                day=day,
            )
        )
        certified = {one.purpose for one in held}
        items += (
            *fiscalization(settings, entity.environment, entity.country_code, certified, shown),
            *channel(settings, entity.environment, self.nowhere),
            *safekeeping(COUNTRIES.get(entity.country_code), self.place, day),
            *certificates(settings, held, shown),
            *portals(settings, profile, certified),
            *pickups(fetched),
        )
        sandbox = ready_for(items, "sandbox")
        live = sandbox and ready_for(items, "live")
        sending = sandbox and ready_for(items, "sending")
        return Readiness(items, sandbox, live, sending, noticed(settings, held))

    def _files(self, profile: Profile, day: datetime.date) -> tuple[str, ...]:
        key = profile.id, day
        if key not in self._absent:
            self._absent[key] = self.missing(profile, day)
        return self._absent[key]


def inspected(  # noqa: PLR0913, PLR0917 - entities, and what is known of their surroundings
    tx: TenantTransaction,
    entities: Sequence[Entity],
    missing: Missing,
    now: datetime.datetime,
    nowhere: Nowhere = anywhere,
    place: str | None = None,
) -> Mapping[UUID, Readiness]:
    """Return the readiness of entities: one look per profile and day, and at all certificates.

    Args:
        tx: Sees their keys.
        entities: Which.
        missing: See `Missing`.
        now: The moment.
        nowhere: See `Nowhere`.
        place: Where the archive is, ISO 3166-1; None: nobody said.
    """
    ids = [entity.id for entity in entities]
    held, shown = outlook.of_entities(tx, ids, now), secrets.held_by(tx, ids, now)
    fetched = fetching.of_entities(tx, ids)
    inspector = Inspector(missing, now, nowhere, place)
    return {
        one.id: inspector.of(one, held[one.id], shown[one.id], fetched[one.id]) for one in entities
    }
