"""What the sandbox network's codes mean on our axes; they are Peppol's."""

from gateway.transmissions.states import Fact
from gateway.transmissions.verdicts.table import Layer, tables

_OF_LAYER = {Layer.NETWORK: "peppol-mls", Layer.BUYER: "peppol-imr"}


def fact_of(layer: str, code: str) -> Fact | None:
    """Return what a code of the `network` or the `buyer` says; None if it is no such code."""
    try:
        who = Layer(layer)
    except ValueError:
        return None
    name = _OF_LAYER.get(who)
    found = tables()[name].find(code, layer=who) if name is not None else None
    return found.fact() if found is not None and code != "none" else None
