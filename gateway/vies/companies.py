"""Looking up companies: an interface left open. Nothing here or elsewhere implements it yet.

VIES tells whether a VAT number is in force, and little about who holds it. A company register
tells who a business is. Whoever adds one writes a `CompanyRegister` beside this file, and the
runtime hands it to what asks.
"""

import datetime
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A business as a register knows it.

    Attributes:
        country_code: Where it is registered (ISO 3166-1).
        identifier: Its number in that register.
        scheme: Which register: an ISO 6523 code as in BT-30-1, such as `0106`.
        name: Its legal name (BT-27, BT-44).
        vat_identifier: Its VAT number, where the register has it.
        address: One line each; "" when the register does not tell.
        active: False when it is dissolved or struck off; None when the register does not tell.
        source: Which register answered.
        as_of: The day the register's answer is of.
        received: The register's answer as it came, as proof.
    """

    country_code: str
    identifier: str
    scheme: str
    name: str
    vat_identifier: str | None = None
    address: str = ""
    active: bool | None = None
    source: str
    as_of: datetime.date
    received: bytes = b""


class CompanyRegister(Protocol):
    """Somebody who knows companies."""

    name: str

    def serves(self, country_code: str) -> bool:
        """Tell whether companies of that country can be looked up here."""
        ...

    def find(self, country_code: str, identifier: str) -> Company | None:
        """Return the company with that number; None when the register says there is none.

        Raises:
            OSError: The register did not answer: nothing is known, and nothing may be concluded.
        """
        ...

    def search(self, country_code: str, name: str, most: int = 10) -> tuple[Company, ...]:
        """Return companies whose name is like that, the likeliest first.

        Raises:
            OSError: The register did not answer.
        """
        ...
