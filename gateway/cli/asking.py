"""What the authority of a chain has of it, asked over its own wire, for `gateway chain --ask`."""

from collections.abc import Mapping

from gateway.chains.told import Known, placed
from gateway.channels.credentials import Credentials
from gateway.channels.places import UnknownPlaceError, place
from gateway.channels.registry import CHANNELS
from gateway.kit import clock
from gateway.kit.console import fail
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey, MasterKeyError
from gateway.kit.tenancy import Tenant
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.signing.composition import vault_of
from gateway.transmissions.adapter import Credential
from gateway.transmissions.bookkeeping import Bookkeeping, Owner, entries
from gateway.transmissions.errors import TransmissionError
from gateway.transmissions.routes import ROUTES


def known(  # noqa: PLR0913 - all of it named
    settings: Settings,
    database: Database,
    tenant: Tenant,
    *,
    channel: str,
    newest: bytes,
    places: Mapping[str, int],
) -> Known:
    """Return what an authority has; end the command where it cannot be asked, or does not tell.

    Args:
        settings: Where the authority is, and the key above all others.
        database: Fit to serve from; no transaction is open while the authority is asked.
        tenant: Whose chain it is.
        channel: Of the authority.
        newest: Our newest record.
        places: Those of our records, by digest.
    """
    books = _books(settings, channel)
    try:
        credential = _credential(settings, database, tenant, channel)
        return placed(list(entries(books, Owner(newest, credential))), places)
    except Problem as problem:
        fail(f"we cannot show the authority who we are: {problem.detail}")
    except TransmissionError as error:
        again = error.retry_after
        when = "" if again is None else f"; ask again in {again:.0f} s"
        fail(f"the authority does not tell what it has: {error}{when}")
    except (ValueError, MasterKeyError) as error:
        fail(str(error))


def _books(settings: Settings, channel: str) -> Bookkeeping:
    kind = CHANNELS.get(channel)
    if kind is None:
        fail(f"no channel leads to the authority of {channel}: give --known")
    try:
        adapter = kind.open(place(settings, channel))
    except (UnknownPlaceError, OSError, ValueError) as error:
        fail(str(error))
    if not isinstance(adapter, Bookkeeping):
        fail(f"the authority of {channel} does not tell what it has: give --known")
    return adapter


def _credential(
    settings: Settings, database: Database, tenant: Tenant, channel: str
) -> Credential | None:
    purpose, secret = ROUTES[channel].credential, ROUTES[channel].stand_in
    if purpose is None:
        return None
    vault = Credentials(database, vault_of(settings, MasterKey.open(settings)))
    with database.transaction(tenant) as tx:
        return vault(tx, purpose, at=clock.now(), secret=secret)
