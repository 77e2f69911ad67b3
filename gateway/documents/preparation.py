"""From the body as sent to the invoice that could be issued: pure, and the same every time."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from countries.base import Country
from formats.en16931 import Invoice
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller
from formats.explain import shape
from formats.explain.repair import with_repairs
from formats.findings import MORE, Finding
from formats.json.aliases import PointerMap
from formats.json.body import BodyRefusedError, DocumentInput, shaped
from formats.json.completion import Circumstances, complete_body
from formats.profile import Profile
from gateway.compliance.addressing import with_electronic_address
from gateway.compliance.profiles import choose
from gateway.kinds import DocumentKind
from gateway.kit.json_body import parse_json
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.tax.determination import place_of


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has the right shape, and the way back to what was sent."""

    text: str
    value: dict[str, Any] = field(repr=False)
    input: DocumentInput
    pointers: PointerMap


@dataclass(frozen=True, slots=True)
class Seat:
    """What preparation must know of the entity.

    Attributes:
        seller: BG-4 as configured.
        country: Its country's declaration; None when the country is not declared.
        country_code: ISO 3166-1.
        default_profile: The entity's own default, if it has one.
    """

    seller: Seller
    country: Country | None
    country_code: str
    default_profile: str | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An invoice, complete but for the number it will get.

    Attributes:
        invoice: With the caller's number, or "" where the series gives one.
        profile: How it will be written.
        findings: What is wrong with it so far, canonical pointers.
    """

    invoice: Invoice
    profile: Profile
    findings: tuple[Finding, ...]

    def numbered(self, number: str) -> Invoice:
        """Return the invoice with its number (BT-1)."""
        return self.invoice.model_copy(update={"number": number})


def read_body(content: bytes) -> Body:
    """Check the shape of a body.

    Raises:
        MalformedJsonProblem: It is not JSON, or JSON that cannot be read in one way only.
        RequestInvalidProblem: A field is unknown, missing or of the wrong type; `errors` lists
            each with its pointer into the body.
    """
    value = parse_json(content)
    try:
        body = shaped(DocumentInput, value)
    except BodyRefusedError as refused:
        raise RequestInvalidProblem(_wrong(refused, value)) from None
    return Body(content.decode(), value, body.input, body.pointers)


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


def prepare(body: Body, kind: DocumentKind, seat: Seat, *, today: datetime.date) -> Prepared:
    """Compute the invoice that the body asks for.

    Args:
        body: A body of the right shape.
        kind: Decides the default type code.
        seat: The entity.
        today: The entity's day; BT-2 when the caller gives none.

    Raises:
        RequestInvalidProblem: The body names a profile that does not exist.
    """
    given = body.input
    process = given.process_control
    profile = choose(given.profile, process.specification_identifier, seat.default_profile)
    issue_date = given.issue_date or today
    completed = complete_body(
        given,
        Circumstances(
            seller=with_electronic_address(seat.seller, seat.country, profile),
            issue_date=issue_date,
            number="",
            type_code=kind.default_type_code,
            currency_code=seat.country.currency if seat.country else None,
            place=place_of(seat.country, given.value_added_tax_point_date or issue_date),
            process_control=ProcessControl(
                business_process_type=process.business_process_type or profile.process_id,
                specification_identifier=profile.customization_id,
            ),
        ),
    )
    return Prepared(completed.invoice, profile, completed.findings)


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
