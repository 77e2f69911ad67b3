"""What a document is to be judged by: what it says it is decides, never its syntax alone.

An identifier that nobody here knows is a finding and an outcome, not a guess: the rules of the
norm it builds on still run, and the document is never called valid.
"""

from dataclasses import dataclass

from lxml import etree

from formats.eslog import names as eslog
from formats.facturae import names as facturae
from formats.findings import Finding, Flag, Layer, LayerOutcome, Outcome
from formats.ksef import names as ksef
from formats.profile import Profile, Syntax
from formats.registry import PROFILES, profile_for
from formats.validation.kinds import DocumentKind, kind_of
from formats.xml import WHITESPACE, string_value

RULE_SET = "formats.validation:recognition"
UNKNOWN, OTHER_SYNTAX, UNKNOWN_ROOT = "GW-20", "GW-21", "GW-22"

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"
_SYNTAXES = {
    f"{{{_UBL}Invoice-2}}Invoice": Syntax.UBL,
    f"{{{_UBL}CreditNote-2}}CreditNote": Syntax.UBL,
    _CII: Syntax.CII,
    f"{{{ksef.NAMESPACE}}}{ksef.ROOT}": Syntax.KSEF,
    f"{{{facturae.NAMESPACE}}}{facturae.ROOT}": Syntax.FACTURAE,
    f"{{{eslog.NAMESPACE}}}{eslog.ROOT}": Syntax.ESLOG,
}
_BY_NAMESPACE = {
    Syntax.KSEF: ksef.NAMESPACE,
    Syntax.FACTURAE: facturae.NAMESPACE,
    Syntax.ESLOG: eslog.SPECIFICATION,
}
"""Syntaxes that are one profile each, whatever their documents say of BT-24."""

_BASES = {Syntax.UBL: "en16931-ubl", Syntax.CII: "en16931-cii"}
"""What an invoice is judged by as far as that goes, when nobody here knows what it claims."""

_FAMILIES = (("urn:peppol:pint:", Syntax.UBL, "pint"),)
"""Identifiers that build on something else than EN 16931: prefix, syntax, base."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a document is.

    Attributes:
        identifier: What it says it follows (BT-24), if it says so.
        profile: The profile that judges it; None for other kinds and unknown roots.
        kind: The kind of document, when it is no invoice of a profile.
        finding: What is wrong with what it claims.
        gap: What cannot be judged, because nobody here knows the rules.
    """

    identifier: str | None
    profile: Profile | None = None
    kind: DocumentKind | None = None
    finding: Finding | None = None
    gap: LayerOutcome | None = None


def recognise(document: etree._Element, *, hybrid: bool = False) -> Recognised:
    """Return what a parsed document is and what judges it.

    Args:
        document: Its root element.
        hybrid: Whether it was found in a PDF: the identifier of EN 16931 is then Factur-X's.
    """
    tag = str(document.tag)
    syntax = _SYNTAXES.get(tag)
    place = _identifier_element(document, syntax)
    identifier = _BY_NAMESPACE.get(syntax) if syntax in _BY_NAMESPACE else _text(place)
    profile = profile_for(identifier, syntax, hybrid=hybrid) if syntax else None
    if profile is not None:
        return Recognised(identifier, profile)
    kind = kind_of(tag, identifier, _text(document.find("{*}ProfileID")))
    if kind is not None:
        return Recognised(identifier, kind=kind)
    if syntax is None:
        message = f"Nothing here judges documents whose root is {tag}"
        message += f" and whose CustomizationID is {identifier}." if identifier else "."
        return _unknown(UNKNOWN_ROOT, message, document, identifier, None)
    base = base_profile(identifier, syntax)
    where = document if place is None else place
    if identifier is None:
        message = "The document does not say what it follows (BT-24)."
        return _unknown(UNKNOWN, message, where, None, base)
    elsewhere = profile_for(identifier)
    if elsewhere is not None:
        message = (
            f"{elsewhere.name} ({identifier}) is written in {elsewhere.syntax.value.upper()}; "
            f"the document is in {syntax.value.upper()}."
        )
        return _unknown(OTHER_SYNTAX, message, where, identifier, base)
    message = f"{identifier} (BT-24) is none of the specifications known here."
    return _unknown(UNKNOWN, message, where, identifier, base)


def _identifier_element(document: etree._Element, syntax: Syntax | None) -> etree._Element | None:
    if syntax is Syntax.CII:
        path = "{*}ExchangedDocumentContext/{*}GuidelineSpecifiedDocumentContextParameter/{*}ID"
        return document.find(path)
    return document.find("{*}CustomizationID")


def _text(element: etree._Element | None) -> str | None:
    return None if element is None else string_value(element).strip(WHITESPACE) or None


def base_profile(identifier: str | None, syntax: Syntax) -> Profile:
    """Return what judges an invoice as far as that goes, when nobody here knows what it claims."""
    for prefix, needed, base in _FAMILIES:
        if syntax is needed and (identifier or "").startswith(prefix):
            return PROFILES[base]
    return PROFILES[_BASES[syntax]]


def _unknown(
    rule: str,
    message: str,
    element: etree._Element,
    identifier: str | None,
    base: Profile | None,
) -> Recognised:
    fix = "Name the rule sets to judge it by."
    if base is not None:
        fix = (
            "Write the identifier of a profile (docs/profiles.md), or name the rule sets to judge "
            f"it by; as it is, it is judged by {base.name} as far as that goes."
        )
    finding = Finding(
        rule=rule,
        rule_set=RULE_SET,
        flag=Flag.WARNING,
        message=message,
        term=None if base is None else "BT-24",
        pointer=None if base is None else "/process_control/specification_identifier",
        location=element.getroottree().getpath(element),
        line=element.sourceline,
        fix=fix,
        layer=Layer.XSD if base is None else Layer.SEMANTIC,
    )
    gap = LayerOutcome(RULE_SET, Outcome.NOT_JUDGED, reason=message, layer=Layer.SCHEMATRON)
    return Recognised(identifier, base, finding=finding, gap=gap)
