"""Every channel's adapter. A new channel is a line in `CHANNELS`.

(And one in `gateway/transmissions/routes.py`: the queue knows it before any adapter is loaded.)
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gateway.channels.es_face import EsFace
from gateway.channels.es_verifactu import EsVerifactu
from gateway.channels.hr_cis import HrCis
from gateway.channels.pl_ksef import PlKsef
from gateway.channels.places import UnknownPlaceError, place
from gateway.channels.sandbox_authority import SandboxAuthority
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.channels.si_furs import SiFurs
from gateway.channels.si_ujp import SiUjp
from gateway.settings import Settings
from gateway.transmissions.adapter import Adapter
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.routes import ROUTES

_Opened = (
    SandboxNetwork | SandboxAuthority | SiFurs | HrCis | EsVerifactu | PlKsef | EsFace | SiUjp
)

CHANNELS: Mapping[str, type[_Opened]] = MappingProxyType(
    {
        "sandbox-network": SandboxNetwork,
        "sandbox-authority": SandboxAuthority,
        "si-furs": SiFurs,
        "si-furs-test": SiFurs,
        "si-ujp": SiUjp,
        "si-ujp-test": SiUjp,
        "hr-cis": HrCis,
        "hr-cis-test": HrCis,
        "es-verifactu": EsVerifactu,
        "es-verifactu-test": EsVerifactu,
        "es-face": EsFace,
        "es-face-test": EsFace,
        "pl-ksef": PlKsef,
        "pl-ksef-test": PlKsef,
    }
)
"""By name; one that leads to an authority's test system and to itself is two. All are opened
alike: with a place, perhaps another wire, and the time."""


def conducts(wires: Iterable[Adapter]) -> dict[str, Conduct]:
    """Return how every channel behaves, wherever it leads: what waits for its place is late, too.

    Args:
        wires: Those that are opened.
    """
    opened = {one.channel: one.conduct for one in wires}
    return {name: opened.get(name, adapter.usual) for name, adapter in CHANNELS.items()}


def why_nowhere(settings: Settings, channel: str) -> str | None:
    """Return why what live entities send by a channel would wait for ever; None where it goes.

    Sandbox entities are led to what `gateway serve` starts, perhaps later.
    """
    if ROUTES[channel].environment != "live":
        return None
    try:
        place(settings, channel)
    except UnknownPlaceError as error:
        return str(error)
    return None


def adapters(settings: Settings) -> list[Adapter]:
    """Return the adapters of all channels whose place is known; the others' lanes wait.

    Raises:
        UnusablePlaceError: A certificate to trust is not named, not there, or is none.
    """
    found: list[Adapter] = []
    for channel, adapter in CHANNELS.items():
        try:
            found.append(adapter.open(place(settings, channel)))
        except UnknownPlaceError:
            continue
    return found
