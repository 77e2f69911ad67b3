"""From the body as sent to the invoice that could be issued: pure, and the same every time."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from countries.base import Country
from countries.pl.kinds import with_kind, with_prefix, with_rate
from countries.registry import COUNTRIES
from formats.en16931 import Invoice
from formats.en16931.determination import NOWHERE
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller
from formats.explain import shape
from formats.explain.repair import with_repairs
from formats.findings import MORE, Finding
from formats.json.aliases import PointerMap
from formats.json.body import BodyRefusedError, DocumentInput, shaped
from formats.json.completion import Circumstances, complete_body
from formats.json.document import DocumentWithSeller
from formats.profile import Profile, Syntax
from gateway.compliance.addressing import with_electronic_address
from gateway.compliance.profiles import choose
from gateway.documents.earlier import Beside, named
from gateway.documents.fiscal.carriage import prescribed
from gateway.documents.links import Links, split
from gateway.documents.seat import Seat
from gateway.documents.sources import Sources, as_buyer, enriched, placed, usual
from gateway.documents.taxation import TaxDecisions, decided
from gateway.kinds import DocumentKind
from gateway.kit.json_body import parse_json
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.tax.determination import place_of


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has the right shape, and the way back to what was sent.

    Attributes:
        text: As sent.
        value: The same, parsed, without its links.
        input: The same, as a draft of an invoice.
        pointers: The way back from canonical names.
        links: What it takes from the gateway's own things.
    """

    text: str
    value: dict[str, Any] = field(repr=False)
    input: DocumentInput
    pointers: PointerMap
    links: Links


@dataclass(frozen=True, slots=True)
class Prepared:
    """An invoice, complete but for the number it will get.

    Attributes:
        invoice: With the caller's number, or "" where the series gives one.
        profile: How it will be written.
        findings: What is wrong with it so far, canonical pointers.
        tax: How its lines are taxed, and why.
    """

    invoice: Invoice
    profile: Profile
    findings: tuple[Finding, ...]
    tax: TaxDecisions

    def numbered(self, number: str) -> Invoice:
        """Return the invoice with its number (BT-1)."""
        return self.invoice.model_copy(update={"number": number})


def beside(body: Body, kind: DocumentKind) -> Beside:
    """Return what a body says beside the invoice, for the authority that is told of it.

    The series is that of `numbering.for_document`.
    """
    default = kind.default_series if body.input.number is None else "EXT"
    links = body.links
    return Beside(body.input.series or default, links.earlier_invoices, links.corrects is not None)


def read_body(content: bytes, kind: DocumentKind) -> Body:
    """Check the shape of a body.

    Raises:
        MalformedJsonProblem: It is not JSON, or JSON that cannot be read in one way only.
        RequestInvalidProblem: A field is unknown, missing or of the wrong type; `errors` lists
            each with its pointer into the body.
    """
    links, value = split(parse_json(content))
    if isinstance(value, dict):
        value = _with_parties(value, links, kind)
    try:
        body = shaped(DocumentWithSeller if kind.self_billed else DocumentInput, value)
    except BodyRefusedError as refused:
        raise RequestInvalidProblem(_wrong(refused, value)) from None
    return Body(content.decode(), value, body.input, body.pointers, links)


def _with_parties(value: dict[str, Any], links: Links, kind: DocumentKind) -> dict[str, Any]:
    """Put in the party that the body need not name: it is the entity, or a stored customer.

    Raises:
        RequestInvalidProblem: A self-billed document names its buyer, who is the entity.
    """
    named = [name for name in ("buyer", "customer") if name in value]
    if kind.self_billed:
        if named or links.customer_id is not None:
            place = named[0] if named else "customer_id"
            raise RequestInvalidProblem(
                [
                    {
                        "pointer": f"/{place}",
                        "message": "is the entity itself in a self-billed document",
                        "fix": "name the supplier as seller, and no buyer",
                    }
                ]
            )
        return {**value, "buyer": {}}
    return value if named or links.customer_id is None else {**value, "buyer": {}}


def _wrong(refused: BodyRefusedError, value: object) -> list[InvalidPart]:
    """Return the wrong places of a body, with rule and fix, and a patch where one is certain."""
    found = shape.findings(refused.parts, value)
    parts: list[InvalidPart] = []
    for number, finding in enumerate(found):
        place, text = ("", finding.message) if finding.rule == MORE else refused.parts[number]
        part: InvalidPart = {"pointer": place, "message": text, "rule": finding.rule}
        if finding.fix is not None:
            part["fix"] = finding.fix
        if finding.patch:
            part["patch"] = [dict(operation) for operation in finding.patch]
        parts.append(part)
    return parts


def prepare(
    body: Body, kind: DocumentKind, seat: Seat, sources: Sources, *, today: datetime.date
) -> Prepared:
    """Compute the invoice that the body asks for.

    Args:
        body: A body of the right shape.
        kind: Decides the default type code.
        seat: The entity.
        sources: What the body's links stand for.
        today: The entity's day; BT-2 when the caller gives none.

    Raises:
        RequestInvalidProblem: The body names a profile that does not exist.
    """
    issue_date = body.input.issue_date or today
    pays = not kind.credits
    given = enriched(body.input, sources, seat.settings, issue_date, pays=pays)
    given = named(given, body.links.earlier_invoices)
    seller = seat.seller
    if isinstance(given, DocumentWithSeller):  # self-billed: the entity buys
        seller = given.seller
        given = given.model_copy(update={"buyer": as_buyer(seat.seller)})
    else:
        given = given.model_copy(update={"buyer": placed(given.buyer, seat.country_code)})
    process = given.process_control
    profile = chosen(given, seat, kind)
    if profile.syntax is Syntax.KSEF:
        corrected = None if sources.corrected is None else sources.corrected.invoice
        told = with_kind(
            given.extensions,
            settles=bool(sources.settled),
            corrected=corrected,
            self_billed=kind.self_billed and not kind.credits,
        )
        told = with_rate(told, given.vat_accounting_exchange_rate, given.currency_code)
        given = given.model_copy(update={"extensions": told})
    country = country_of(seller, seat, kind)
    type_code = kind.default_type_code
    if body.links.corrects is not None and kind is DocumentKind.INVOICE:
        type_code = corrective_code(country, issue_date)
    day = given.value_added_tax_point_date or issue_date
    tax = decided(given, seller, seat, body.links, sources, day=day, kind=kind)
    completed = complete_body(
        tax.determined.draft,
        Circumstances(
            seller=with_electronic_address(seller, country, profile),
            issue_date=issue_date,
            number="",
            type_code=type_code,
            currency_code=currency_of(seat),
            place=place_of(tax.facts.seller_country, tax.facts.day) if tax.sure else NOWHERE,
            process_control=ProcessControl(
                business_process_type=process.business_process_type or profile.process_id,
                specification_identifier=profile.customization_id,
            ),
        ),
    )
    findings = (*tax.findings(), *tax.explaining(completed.findings))
    invoice = completed.invoice
    if profile.syntax is Syntax.KSEF:
        invoice = with_prefix(invoice)
    return Prepared(invoice, profile, findings, tax)


def chosen(given: DocumentInput, seat: Seat, kind: DocumentKind) -> Profile:
    """Return the profile of a document: its authority's, else the body's, else the usual one.

    Raises:
        RequestInvalidProblem: The body names none of this gateway's, or another than its authority
            takes.
    """
    named = given.process_control.specification_identifier
    ordered = prescribed(seat, kind)
    default = ordered or seat.default_profile or usual(given.buyer, kind)
    profile = choose(given.profile, named, default)
    if ordered is not None and profile.id != ordered:
        pointer = "/profile" if given.profile else "/process_control/specification_identifier"
        raise RequestInvalidProblem(
            [
                {
                    "pointer": pointer,
                    "message": f"is not what the entity's fiscal scheme takes: {ordered}",
                    "fix": "leave it out",
                }
            ]
        )
    return profile


def currency_of(seat: Seat) -> str | None:
    """Return the currency of documents that name none: the entity's own, or its country's."""
    own = seat.settings.get("currency_code")
    return own or (seat.country.currency if seat.country else None)


def corrective_code(country: Country | None, day: datetime.date) -> str:
    """Return the type code (BT-3) of an invoice that takes the place of another one."""
    corrections = country.corrections_on(day) if country else None
    return corrections.corrective_code if corrections else "380"


def country_of(seller: Seller, seat: Seat, kind: DocumentKind) -> Country | None:
    """Return the country whose law the document follows: the supplier's, in self-billing too."""
    if not kind.self_billed:
        return seat.country
    address = seller.postal_address
    return COUNTRIES.get((address and address.country_code) or "")


def repaired(findings: tuple[Finding, ...], prepared: Prepared, body: Body) -> tuple[Finding, ...]:
    """Give findings their fix, their patch of the body, and the body's own pointers."""
    return with_repairs(
        findings,
        body.value,
        invoice=prepared.invoice,
        pointers=body.pointers,
        profile=prepared.profile,
    )


def as_text(value: Mapping[str, Any]) -> str:
    """Return canonical JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
