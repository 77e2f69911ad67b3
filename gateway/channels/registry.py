"""Every channel's adapter, and where it leads. A new channel is a line in `CHANNELS`.

(And one in `gateway/transmissions/routes.py`: the queue knows it before any adapter is loaded.)
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from gateway.channels.sandbox_authority import SandboxAuthority
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.settings import Settings
from gateway.transmissions.adapter import Adapter

CHANNELS: Mapping[str, type[SandboxNetwork | SandboxAuthority]] = MappingProxyType(
    {one.channel: one for one in (SandboxNetwork, SandboxAuthority)}
)
"""By name. All are made alike: of an address, whom to trust, a wire, and the time."""


class UnknownPlaceError(RuntimeError):
    """It is not known where a channel leads; the message says what to do."""


def place(settings: Settings, channel: str) -> tuple[str, Path]:
    """Return the address that a channel's messages go to, and whose statements are believed.

    They are the operator's (`GATEWAY_<CHANNEL>_URL`, `_TRUST`: a certificate in PEM), or those of
    the local authority that `gateway serve` started, which says in `<data>/<channel>/ready.json`
    where it listens.

    Raises:
        UnknownPlaceError: There is no address.
    """
    name = channel.replace("-", "_")
    trust: Path | None = getattr(settings, f"{name}_trust")
    known = _known(settings, channel)
    if known is None:
        raise UnknownPlaceError(
            f"no {channel.replace('-', ' ')} is known: run `gateway serve` with the same"
            f" GATEWAY_DATA first, or set GATEWAY_{name.upper()}_URL and _TRUST"
        )
    return known.get("records", known["url"]), trust or settings.data / channel / "ca.pem"


def shown_at(settings: Settings, channel: str) -> str | None:
    """Return where people see what an authority has in its ledger; None where none is known."""
    known = _known(settings, channel)
    return None if known is None else known["url"]


def adapters(settings: Settings) -> list[Adapter]:
    """Return the adapters of all channels whose place is known; the others' lanes wait.

    Raises:
        OSError, ValueError: A certificate to trust is not there, or is none.
    """
    found: list[Adapter] = []
    for channel, adapter in CHANNELS.items():
        try:
            url, trust = place(settings, channel)
        except UnknownPlaceError:
            continue
        found.append(adapter.open(url, trust))
    return found


def _known(settings: Settings, channel: str) -> dict[str, str] | None:
    """Return the addresses of a channel's authority, `url` and perhaps `records`."""
    url: str | None = getattr(settings, f"{channel.replace('-', '_')}_url")
    if url is not None:
        return {"url": url}
    try:
        ready: dict[str, str] = json.loads(
            (settings.data / channel / "ready.json").read_text(encoding="utf-8")
        )
    except FileNotFoundError:
        return None
    return ready
