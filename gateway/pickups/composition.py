"""Who fetches, as the operator's settings say."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from gateway.channels.holder import Holder
from gateway.channels.pl_ksef.incoming import Incoming
from gateway.channels.places import UnknownPlaceError, place
from gateway.inbox.service import Inbox
from gateway.pickups.puller import Puller
from gateway.settings import Settings
from gateway.transmissions.adapter import Vault

HOLDERS: Mapping[str, type[Incoming]] = MappingProxyType(
    {"pl-ksef": Incoming, "pl-ksef-test": Incoming}
)
"""Authorities that hold invoices for their receivers. A new one is a line here."""


def puller_of(settings: Settings, inbox: Inbox, vault: Vault) -> Puller:
    """Return what fetches from every authority whose place is known."""
    holders: dict[str, Holder] = {}
    for channel, holder in HOLDERS.items():
        try:
            holders[channel] = holder.open(place(settings, channel))
        except UnknownPlaceError:
            continue
    interval = timedelta(minutes=settings.pl_ksef_pull_minutes)
    return Puller(inbox, holders, vault, interval, settings.poll_seconds)
