"""What the API gives of Spain's rules for billing programs."""

from typing import Literal

from pydantic import Field

from gateway.tenants.schemas import View


class DeclarationPoint(View):
    """A point of the declaration, as the law numbers them."""

    letter: str = Field(description="Of Orden HAC/1177/2024, artículo 15.1.", examples=["a"])
    about: str
    text: str | None = Field(description="null where nobody has said it yet; see `missing`.")


class DeclarationView(View):
    """The declaración responsable: that the program keeps the law, as its producer says."""

    object: Literal["responsible_declaration"] = "responsible_declaration"
    version: str = Field(description="Of the program; each has a declaration of its own.")
    complete: bool = Field(description="All is said; its producer signs it.")
    missing: list[str] = Field(
        description="Names of settings in `fiscalization` that must be given first.",
        examples=[["producer_address", "declared_on"]],
    )
    points: list[DeclarationPoint]
    contact: str | None = Field(description="How else its producer is reached.")
    system: dict[str, str] = Field(
        description="What every record says of the program (SistemaInformatico)."
    )
