"""What the sandbox network's codes mean on our axes; they are Peppol's."""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.transmissions.states import Business, Fact, Regulatory, Transport

_NETWORK: Mapping[str, Fact] = MappingProxyType(
    {
        # Peppol MLS 1.0: AB accepted, delivery unconfirmed; AP delivered; RE refused.
        "AB": Fact(transport=Transport.DELIVERED, regulatory=Regulatory.ACCEPTED),
        "AP": Fact(transport=Transport.DELIVERED, regulatory=Regulatory.ACCEPTED),
        "RE": Fact(regulatory=Regulatory.REJECTED),
    }
)
_BUYER: Mapping[str, Business] = MappingProxyType(
    {
        # Peppol Invoice Response 3.0, UNCL 4343.
        "AB": Business.ACKNOWLEDGED,
        "IP": Business.IN_PROCESS,
        "UQ": Business.UNDER_QUERY,
        "CA": Business.CONDITIONALLY_ACCEPTED,
        "RE": Business.REJECTED,
        "AP": Business.ACCEPTED,
        "PD": Business.PAID,
    }
)


def fact_of(layer: str, code: str) -> Fact | None:
    """Return what a code of the `network` or the `buyer` says; None if it is no such code."""
    if layer == "network":
        return _NETWORK.get(code)
    if layer == "buyer" and code in _BUYER:
        return Fact(transport=Transport.DELIVERED, business=_BUYER[code])
    return None
