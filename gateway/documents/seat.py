"""What preparation must know of the entity."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from countries.base import Country
from formats.en16931.party import Seller


@dataclass(frozen=True, slots=True)
class Seat:
    """What preparation must know of the entity.

    Attributes:
        seller: BG-4 as configured.
        country: Its country's declaration; None when the country is not declared.
        country_code: ISO 3166-1.
        default_profile: The entity's own default, if it has one.
        settings: The entity's settings, as stored.
        environment: `sandbox` or `live`.
    """

    seller: Seller
    country: Country | None
    country_code: str
    default_profile: str | None
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    environment: str = "sandbox"
