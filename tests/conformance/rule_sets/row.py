"""What rule sets are for: the words of the table."""

from dataclasses import dataclass


def ubl(name: str) -> str:
    """Return the Clark name of a document of UBL 2.1."""
    return f"{{urn:oasis:names:specification:ubl:schema:xsd:{name}-2}}{name}"


_CROSS = "urn:un:unece:uncefact:data:standard"
UBL = (ubl("Invoice"), ubl("CreditNote"))
CII = (f"{{{_CROSS}:CrossIndustryInvoice:100}}CrossIndustryInvoice",)
SOME_UBL = ("en16931/ubl/examples", "ubl21/examples/invoice", "ubl21/examples/creditnote")
SOME_CII = ("en16931/cii/examples", "facturx/examples/en16931", "facturx/examples/extended")


@dataclass(frozen=True, slots=True)
class Row:
    """Rule sets that are for the same documents.

    Attributes:
        family: Short name.
        files: Patterns of their paths inside the official folder.
        roots: Clark names of the roots they look at; a name without namespace may have any.
        examples: Folders with documents.
        units: Folders with unit tests.
        verdicts: Their name in `EXPECTED.json` where it is not the path.
        xmute: Prefix of their rules in KoSIT's instructions.
        units_hold: Whether the units were written for these rules; where they were written for
            similar ones, only Saxon and we must agree.
    """

    family: str
    files: tuple[str, ...]
    roots: tuple[str, ...]
    examples: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    verdicts: str | None = None
    xmute: str | None = None
    units_hold: bool = True
