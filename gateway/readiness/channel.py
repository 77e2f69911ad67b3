"""Whether what is issued reaches the authority that the entity chose. Pure."""

from collections.abc import Callable, Iterator

from gateway.kit.tenancy import Environment
from gateway.readiness.items import Item
from gateway.tenants.settings import EntitySettings

Nowhere = Callable[[str], str | None]
"""Why what is sent by a channel would wait for ever; None where it goes."""


def anywhere(_: str) -> None:
    """Say of no channel that it leads nowhere: what holds where none is asked about."""


def channel(
    settings: EntitySettings, environment: Environment, nowhere: Nowhere
) -> Iterator[Item]:
    """Yield an item where documents of a live entity would wait: its authority has no address.

    Args:
        settings: Of the entity.
        environment: Where it issues.
        nowhere: See `Nowhere`; the channel of live entities is called as its scheme is.
    """
    chosen = None if settings.fiscalization is None else settings.fiscalization.scheme
    why = nowhere(chosen) if chosen is not None and environment == "live" else None
    if why is None:
        return
    yield Item(
        id="fiscalization:channel",
        title="Way to the authority",
        state="missing",
        required_for=("live",),
        fields=(),
        why=f"Nobody would be told what is issued: the channel {chosen} leads nowhere.",
        fix=f"Ask the operator of the gateway: {why}.",
    )
