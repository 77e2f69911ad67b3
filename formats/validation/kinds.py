"""Documents that are no invoice of a profile and have official rules: which, and what judges them.

A row is found by the root element and, where several kinds share one, by what the document says of
itself: CustomizationID first, ProfileID where that is missing or is no kind's. Families as in
`schemas/manifest/`; `None` for a schema says that none is at hand, and that is reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_UNECE = "urn:un:unece:uncefact:data:standard:"
_EN16931 = "urn:cen.eu:en16931:2017"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document.

    Attributes:
        name: For people.
        root: Root element, in James Clark's notation.
        schema: Family of its XSD; None when none is at hand.
        rule_sets: Families of its rule sets, in the order they run.
        customization: Its CustomizationID; None when it has none or the root is enough.
        processes: Values of ProfileID that tell it when the CustomizationID does not.
    """

    name: str
    root: str
    schema: str | None
    rule_sets: tuple[str, ...]
    customization: str | None = None
    processes: tuple[str, ...] = ()


def _ubl(local: str) -> str:
    return f"{{{_UBL}{local}-2}}{local}"


def _poacc() -> Iterator[DocumentKind]:
    """Yield the transactions of Peppol BIS post-award 3; the CustomizationID tells them apart."""
    for local, schema, names in (
        ("Order", "order", "order"),
        ("OrderChange", None, "order_change"),
        ("OrderCancellation", None, "order_cancellation"),
        (
            "OrderResponse",
            "order-response",
            "order_response order_response_advanced order_agreement",
        ),
        ("Catalogue", "catalogue", "catalogue punch_out"),
        ("DespatchAdvice", "despatch-advice", "despatch_advice"),
        (
            "ApplicationResponse",
            "application-response",
            "catalogue_response mlr invoice_response",
        ),
    ):
        for name in names.split():
            family = {"invoice_response": "invoice-message-response"}.get(name)
            yield DocumentKind(
                name=f"Peppol {name.replace('_', ' ')} 3",
                root=_ubl(local),
                schema=None if schema is None else f"org.oasis-open.ubl:{schema}",
                rule_sets=(f"eu.peppol.bis3:{family or name.replace('_', '-')}",),
                customization=f"urn:fdc:peppol.eu:poacc:trns:{name}:3",
            )


def _invoices(name: str, customization: str, *rule_sets: str) -> Iterator[DocumentKind]:
    """Yield both documents of a dialect of UBL that is only judged, never written."""
    for local, schema in (("Invoice", "invoice"), ("CreditNote", "credit-note")):
        yield DocumentKind(
            name=name,
            root=_ubl(local),
            schema=f"org.oasis-open.ubl:{schema}",
            rule_sets=rule_sets,
            customization=customization,
        )


def _reporting(name: str, family: str, root: str, customization: str) -> DocumentKind:
    return DocumentKind(
        name=name,
        root=root,
        schema=f"eu.peppol.reporting:{family}-xsd",
        rule_sets=(f"eu.peppol.reporting:{family}",),
        customization=f"urn:fdc:peppol.eu:edec:trns:{customization}",
    )


def _tax_data() -> Iterator[DocumentKind]:
    """Yield the tax data documents of Peppol, each with a namespace or an id of its own."""
    for code, namespace in (("ae", ""), ("om", "om-"), ("sk", "sk-"), ("vida", "vida-")):
        yield DocumentKind(
            name=f"Peppol tax data ({code})",
            root=f"{{urn:peppol:schema:{namespace}taxdata:1.0}}TaxData",
            schema=None,
            rule_sets=(f"eu.peppol.taxdata:{code}",),
            customization=f"urn:peppol:taxdata:{code}-1",
        )


def _turkish() -> Iterator[DocumentKind]:
    for local in ("Invoice", "DespatchAdvice", "ReceiptAdvice", "ApplicationResponse"):
        for version in ("TR1.2", "TR1.2.1"):
            yield DocumentKind(
                name=f"UBL-TR {version}",
                root=_ubl(local),
                schema=None,
                rule_sets=("tr.gib:efatura",),
                customization=version,
            )


_INTERNATIONAL = f"{_EN16931}#conformant#urn:fdc:peppol.eu:2017:poacc:"

KINDS = (
    *_poacc(),
    DocumentKind(
        name="Peppol message level status 1.0",
        root=_ubl("ApplicationResponse"),
        schema="org.oasis-open.ubl:application-response",
        rule_sets=("eu.peppol.mls:mls",),
        customization="urn:peppol:edec:mls:1.0",
        processes=("urn:peppol:edec:mls",),
    ),
    _reporting(
        "Peppol end user statistics report 1.1",
        "eusr",
        "{urn:fdc:peppol:end-user-statistics-report:1.1}EndUserStatisticsReport",
        "end-user-statistics-report:1.1",
    ),
    _reporting(
        "Peppol transaction statistics report 1.0",
        "tsr",
        "{urn:fdc:peppol:transaction-statistics-report:1.0}TransactionStatisticsReport",
        "transaction-statistics-reporting:1.0",
    ),
    *_tax_data(),
    *_invoices(
        "A-NZ Peppol BIS billing 3.0",
        f"{_INTERNATIONAL}billing:international:aunz:3.0",
        "eu.peppol.aunz:ubl",
        "eu.peppol.aunz:peppol",
    ),
    *_invoices(
        "A-NZ Peppol BIS self-billing 3.0",
        f"{_INTERNATIONAL}selfbilling:international:aunz:3.0",
        "eu.peppol.aunz:ubl",
        "eu.peppol.aunz:peppol-self-billing",
    ),
    *_invoices(
        "Singapore Peppol BIS billing 3.0",
        f"{_INTERNATIONAL}billing:international:sg:3.0",
        "sg.gov.imda:cen-en16931-ubl",
        "sg.gov.imda:peppol-ubl",
        "sg.gov.imda:billing-ubl",
    ),
    *_invoices(
        "UBL.BE",
        f"{_EN16931}#conformant#urn:UBL.BE:1.0.0.20180214",
        "eu.cen.en16931:ubl",
        "be.ubl:ubl-be",
    ),
    DocumentKind(
        name="ZATCA e-invoice (Saudi Arabia)",
        root=_ubl("Invoice"),
        schema="org.oasis-open.ubl:invoice",
        rule_sets=("sa.gov.zatca:cen-en16931-ubl", "sa.gov.zatca:zatca"),
        processes=("reporting:1.0", "clearance:1.0"),
    ),
    DocumentKind(
        name="French lifecycle status (CDAR)",
        root=f"{{{_UNECE}CrossDomainAcknowledgementAndResponse:100}}"
        "CrossDomainAcknowledgementAndResponse",
        schema="un.unece.uncefact:cdar-d22b",
        rule_sets=("fr.ctc:cdar",),
    ),
    DocumentKind(
        name="ISDOC 6.0.2",
        root="{http://isdoc.cz/namespace/2013}Invoice",
        schema="cz.isdoc:invoice-xsd",
        rule_sets=("cz.isdoc:isdoc",),
    ),
    *_turkish(),
)


def kind_of(root: str, customization: str | None, process: str | None) -> DocumentKind | None:
    """Return the kind of a document.

    Args:
        root: Its root element, in James Clark's notation.
        customization: Its CustomizationID.
        process: Its ProfileID.

    Returns:
        The kind that claims the customization; else the one whose ProfileID it bears, unless
        that kind has no CustomizationID and the document has; else the only kind with this root,
        when no other document has it. None when none fits.
    """
    rooted = [kind for kind in KINDS if kind.root == root]
    for kind in rooted:
        if kind.customization is not None and kind.customization == customization:
            return kind
    for kind in rooted:
        # A kind without a CustomizationID has rules that never look at one: a document that
        # claims something else besides would be called valid, whatever it claims.
        silent = customization is not None and kind.customization is None
        if process is not None and process in kind.processes and not silent:
            return kind
    # A root of UBL may be anybody's; a root that is one kind's own needs no more.
    own = len(rooted) == 1 and not root.startswith(f"{{{_UBL}")
    return rooted[0] if own else None
