"""Profiles: a syntax, a customization of it, and the rule sets that judge it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from formats.en16931 import Invoice
from formats.facturx.levels import HybridLevel
from formats.findings import Finding, Flag


class Syntax(StrEnum):
    """The syntaxes: the two of EN 16931, and national ones that its terms are mapped to."""

    UBL = "ubl"
    CII = "cii"
    KSEF = "ksef"
    FACTURAE = "facturae"
    ESLOG = "eslog"


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to write an invoice down, as a receiver asks for it.

    A new one is mostly `dataclasses.replace(...)` of the profile it builds on, with its own id,
    name, customization and rules; CONTRIBUTING.md shows the smallest.

    Attributes:
        id: Our stable name, used in URLs and the database: `peppol-bis-3`.
        name: For people.
        syntax: The syntax of the bytes.
        customization_id: BT-24, as documents are written.
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
        variants: Other values of BT-24 whose documents are judged by these very rules; they are
            read, never written.
        levels: The severity the profile's author gives to rules of the sets it builds on, by rule
            id. KoSIT, for one, lets its extension break BR-CL-10 and no CIUS break UBL-CR-646.
        unproven: Why nothing at hand proves that documents of this profile are right; such a
            profile is shown as unproven and never used live. None for all others.
        carried: Ids of the business terms it has room for (`BT-1`), with a star for further
            occurrences of a term that EN 16931 has once (`BT-46*`); None when it takes all of
            EN 16931 and every extension its syntax binds.
        hybrid: The level of Factur-X, when the document lives inside a PDF.
    """

    id: str
    name: str
    syntax: Syntax
    customization_id: str
    process_id: str | None
    media_type: str
    schemas: Mapping[str, str]
    rule_sets: tuple[str, ...]
    rules: tuple[Callable[[Invoice], tuple[Finding, ...]], ...]
    write: Callable[[Invoice], bytes]
    read: Callable[[bytes], Invoice]
    addressed: bool = False
    variants: tuple[str, ...] = ()
    levels: Mapping[str, Flag] = field(default_factory=dict)
    unproven: str | None = None
    carried: frozenset[str] | None = None
    hybrid: HybridLevel | None = None
