"""Which authority records an entity's documents: a model for each scheme, and for whom it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from gateway.tenants.section import Section

ENVIRONMENTS = frozenset({"sandbox", "live"})


class SandboxFiscalization(Section):
    """Every invoice and credit note joins a chain of signed records that an authority clears.

    For sandbox entities: the authority is made up, no country has it. It needs keys of the
    purposes `fiscal-signature` and `client-tls`.
    """

    scheme: Literal["sandbox-authority"]


class FursFiscalization(Section):
    """Slovenia: invoices and credit notes are verified by FURS when they are issued.

    It needs a key of the purpose `fiscal-signature` with the certificate that FURS gave, and
    numbers of the form premise-device-sequence.
    """

    scheme: Literal["si-furs"]
    numbering: Literal["B", "C"] = Field(
        default="B",
        description="The strategy of the internal act: `B` each device counts its invoices, `C`"
        " all devices of a business premise count together.",
    )
    operator_tax_number: (
        Annotated[str, Field(pattern="^[1-9][0-9]{7}$", examples=["12345678"])] | None
    ) = Field(
        default=None,
        description="Tax number of who issues invoices; leave it out where nobody of them has a"
        " Slovenian one.",
    )


Fiscalization = Annotated[SandboxFiscalization | FursFiscalization, Field(discriminator="scheme")]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Who may choose a scheme.

    Attributes:
        environments: In which environments it exists.
        country: Where its entities are; None: anywhere.
    """

    environments: frozenset[str] = ENVIRONMENTS
    country: str | None = None


BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        "sandbox-authority": Bounds(frozenset({"sandbox"})),
        "si-furs": Bounds(country="SI"),
    }
)
"""By scheme."""


def unfit(scheme: str, environment: str, country: str) -> str | None:
    """Return why an entity cannot choose a scheme; None where it can."""
    bounds = BOUNDS[scheme]
    if environment not in bounds.environments:
        return f"is for {' and '.join(sorted(bounds.environments))} entities only"
    if bounds.country not in {None, country}:
        return f"is for entities in {bounds.country} only"
    return None
