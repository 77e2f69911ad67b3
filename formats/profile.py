"""Profiles: a syntax, a customization of it, and the rule sets that judge it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from formats.en16931 import Invoice
from formats.findings import Finding


class Syntax(StrEnum):
    """The syntaxes of EN 16931."""

    UBL = "ubl"


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to write an invoice down, as a receiver asks for it.

    Attributes:
        id: Our stable name, used in URLs and the database: `peppol-bis-3`.
        name: For people.
        syntax: The syntax of the bytes.
        customization_id: BT-24.
        process_id: BT-23, when the profile prescribes one.
        media_type: Of the bytes.
        schemas: Artefact families of the XSDs, by root element (`Invoice`, `CreditNote`).
        rule_sets: Families of rule sets, outermost last, without version
            (`eu.cen.en16931:ubl`); the catalogue resolves a family and a day to the version in
            force.
        rules: Our semantic rules for it, on the model.
        write: Invoice to bytes. Pure.
        read: Bytes to invoice. Pure; raises `formats.xml.UnreadableDocumentError`.
        addressed: Whether seller and buyer must have electronic addresses (BT-34, BT-49).
    """

    id: str
    name: str
    syntax: Syntax
    customization_id: str
    process_id: str | None
    media_type: str
    schemas: dict[str, str]
    rule_sets: tuple[str, ...]
    rules: tuple[Callable[[Invoice], tuple[Finding, ...]], ...]
    write: Callable[[Invoice], bytes]
    read: Callable[[bytes], Invoice]
    addressed: bool = False
