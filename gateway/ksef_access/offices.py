"""The ways to KSeF that this process has open: logins are made once and serve many questions."""

import datetime
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from countries.pl.issuing import nip_of
from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from formats.ksef_api.login import Context, ContextType
from gateway.channels.pl_ksef import CHANNEL, TEST_CHANNEL
from gateway.channels.pl_ksef.access import Access
from gateway.channels.pl_ksef.counter import Counter
from gateway.channels.pl_ksef.memory import Memory
from gateway.channels.places import UnknownPlaceError, place
from gateway.channels.wire import Wire
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.ksef_access.problems import KsefNotAskedProblem, KsefSchemeProblem
from gateway.settings import Settings
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.purposes import AUTHENTICATION
from gateway.signing.secrets.kinds import KSEF_TOKEN
from gateway.signing.secrets.service import TokenCredential
from gateway.signing.service import Credential, Vault
from gateway.tenants import service as tenants

SCHEME = "pl-ksef"
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks KSeF, and how.

    Attributes:
        credential: By which key or token.
        context: In whose name.
        counter: Where.
    """

    credential: Credential | TokenCredential
    context: Context
    counter: Counter


@dataclass(slots=True)
class Offices:
    """Opens ways to KSeF.

    Attributes:
        settings: Where it is.
        database: Who the entity is.
        vault: Its keys and tokens.
        clock: The time.
        wire: Carries calls; somebody waits for the answer.
        pause: Waits between questions.
    """

    settings: Settings
    database: Database
    vault: Vault
    clock: Callable[[], datetime.datetime]
    wire: Wire = field(default_factory=lambda: Wire(total_seconds=_SECONDS))
    pause: Callable[[float], None] = time.sleep
    _open: dict[str, Access] = field(default_factory=dict)

    def as_sender(self, tenant: Tenant) -> Caller:
        """Return the way of who sends invoices: by the token, if there is one, else by the key.

        Raises:
            KsefSchemeProblem: The entity is not set up for it.
            KeyUnusableProblem: It has no way in.
            KsefNotAskedProblem: It is not known where KSeF is.
        """
        return self._caller(tenant, self._way_in)

    def as_manager(self, tenant: Tenant) -> Caller:
        """Return the way of who manages permissions: by the key, if there is one, else the token.

        KSeF makes tokens only after a login by signature (tokeny-ksef.md), and a token should
        have no more permissions than sending needs.

        Raises:
            KsefSchemeProblem, KeyUnusableProblem, KsefNotAskedProblem: As `as_sender`.
        """

        def key_first(tx: TenantTransaction) -> Credential | TokenCredential:
            try:
                return self.vault.credential(tx, AUTHENTICATION, at=self.clock())
            except KeyUnusableProblem as problem:
                try:
                    return self._way_in(tx)
                except KeyUnusableProblem:
                    raise problem from None

        return self._caller(tenant, key_first)

    def _way_in(self, tx: TenantTransaction) -> Credential | TokenCredential:
        return self.vault.way_in(tx, AUTHENTICATION, at=self.clock(), secret=KSEF_TOKEN)

    def _caller(
        self,
        tenant: Tenant,
        find: Callable[[TenantTransaction], Credential | TokenCredential],
    ) -> Caller:
        with self.database.transaction(tenant) as tx:
            context = _context(tx)
            credential = find(tx)
        try:
            channel = CHANNEL if tenant.environment == "live" else TEST_CHANNEL
            url = place(self.settings, channel).url
        except (UnknownPlaceError, OSError, ValueError) as error:
            raise KsefNotAskedProblem("unknown_place", f"{error}.") from error
        access = self._open.get(url)
        if access is None:
            made = Access(
                url.rstrip("/"), self.wire, Memory(), clock=self.clock, random=secrets.token_bytes
            )
            access = self._open.setdefault(url, made)
        counter = Counter(url, access, self.wire, credential, context, pause=self.pause)
        return Caller(credential, context, counter)


def _context(tx: TenantTransaction) -> Context:
    """Return in whose name the entity is at KSeF: its NIP's.

    Raises:
        KsefSchemeProblem: It chose another scheme, or states no NIP.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    chosen = tenants.settings_of(entity).fiscalization
    if chosen is None or chosen.scheme != SCHEME:
        raise KsefSchemeProblem(
            f"Choose the scheme {SCHEME} in the entity's settings first (fiscalization)."
        )
    nip = nip_of(Seller.model_validate(without_blanks(entity.seller)))
    if nip is None:
        raise KsefSchemeProblem("State the entity's NIP first (seller.vat_identifier).")
    return Context(ContextType.NIP, nip)
