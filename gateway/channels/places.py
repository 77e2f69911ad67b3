"""Where channels lead: the operator's addresses, the authorities' own, or those of this machine.

Sandbox entities are led to the local authority that `gateway serve` started, unless the operator
names another (the authority's own test system, say). Live entities are led to the authority.
"""

import json
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from gateway.channels.statements import TrustAnchor
from gateway.settings import Settings


class UnknownPlaceError(RuntimeError):
    """It is not known where a channel leads; the message says what to do."""


class UnusablePlaceError(ValueError):
    """What the operator set for a channel leads nowhere; the message begins with the setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a channel leads.

    Attributes:
        channel: The channel.
        url: Where requests go.
        shown: Where people see what the authority has.
        trust: PEM file of the only certificates to trust; None: those of the machine.
        batch_from: So many documents that wait go in one batch, as the operator chose (0: each
            goes alone); None: that is no choice of his.
    """

    channel: str
    url: str
    shown: str
    trust: Path | None = None
    batch_from: int | None = None

    def anchor(self) -> TrustAnchor:
        """Return whose statements are believed.

        Raises:
            UnusablePlaceError: No certificate is named, or none is there.
        """
        return TrustAnchor(self.certificates()[0])

    def certificates(self) -> list[x509.Certificate]:
        """Return those to trust.

        Raises:
            UnusablePlaceError: None is named, or none is there.
        """
        name = f"{_variable(self.channel)}_TRUST"
        if self.trust is None:
            raise UnusablePlaceError(
                f"{name} is not set: name the file of the certificates (PEM) of {self.url}"
            )
        try:
            return x509.load_pem_x509_certificates(self.trust.read_bytes())
        except (OSError, ValueError) as error:
            raise UnusablePlaceError(
                f"{name}: {self.trust} is no file of certificates (PEM): {error}"
            ) from error

    def unusable(self, error: ValueError) -> UnusablePlaceError:
        """Return what is said of an address that a channel cannot use."""
        return UnusablePlaceError(f"{_variable(self.channel)}_URL: {error}")


def place(settings: Settings, channel: str) -> Place:
    """Return where a channel leads: `GATEWAY_<CHANNEL>_URL` and `_TRUST`, a certificate in PEM.

    Without an address, to the local authority that `gateway serve` started, which says in
    `<data>/<channel>/ready.json` where it listens.

    Raises:
        UnknownPlaceError: There is no address.
    """
    name = channel.replace("-", "_")
    trust: Path | None = getattr(settings, f"{name}_trust", None)
    url: str | None = getattr(settings, f"{name}_url")
    least: int | None = getattr(settings, f"{name.removesuffix('_test')}_batch_from", None)
    if url is not None:
        trust = trust or _own(settings, channel, url)
        return Place(channel=channel, url=url, shown=url, trust=trust, batch_from=least)
    home = settings.data / channel
    try:
        ready: dict[str, str] = json.loads((home / "ready.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnknownPlaceError(
            f"no {channel.replace('-', ' ')} is known: run `gateway serve` with the same"
            f" GATEWAY_DATA first, or set {_variable(channel)}_URL and _TRUST"
        ) from None
    url = ready["url"]
    return Place(
        channel=channel,
        url=ready.get("records", url),
        shown=url,
        trust=trust or home / "ca.pem",
        batch_from=least,
    )


def shown_at(settings: Settings, channel: str) -> str | None:
    """Return where people see what an authority has in its ledger; None where none is known."""
    try:
        return place(settings, channel).shown
    except UnknownPlaceError:
        return None


def address(settings: Settings, channel: str) -> str:
    """Return what QR codes begin with; a name that is nobody's while no authority is known."""
    return shown_at(settings, channel) or f"http://{channel}.invalid"


def _own(settings: Settings, channel: str, url: str) -> Path | None:
    """Return the certificate of the local authority, should it have been started here once.

    It vouches for what listens on this machine, and for nobody elsewhere.
    """
    path = settings.data / channel / "ca.pem"
    return path if _is_here(url) and path.exists() else None


def _is_here(url: str) -> bool:
    """Tell whether an address is this machine's own (RFC 6761, 6.3, and loopback)."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _variable(channel: str) -> str:
    return f"GATEWAY_{channel.replace('-', '_').upper()}"
