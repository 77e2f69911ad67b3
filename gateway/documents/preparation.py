"""From the body as sent to the invoice that could be issued: pure, and the same every time."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from countries.base import Country
from formats.en16931 import Invoice
from formats.en16931.draft import complete
from formats.en16931.line import Line
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller
from formats.findings import Finding
from formats.profile import Profile
from gateway.compliance.addressing import with_electronic_address
from gateway.compliance.profiles import choose
from gateway.documents.aliases import AliasClashError, PointerMap, canonical
from gateway.documents.schemas import DocumentInput, DocumentKind
from gateway.kit.json_body import invalid_parts, parse_json
from gateway.kit.texts import without_blanks
from gateway.problems import InvalidPart, RequestInvalidProblem
from gateway.tax.determination import determine


@dataclass(frozen=True, slots=True)
class Body:
    """A body that has the right shape, and the way back to what was sent."""

    text: str
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
    if not isinstance(value, Mapping):
        raise RequestInvalidProblem([{"pointer": "", "message": "must be a JSON object"}])
    try:
        renamed, pointers = canonical(value)
    except AliasClashError as clash:
        raise RequestInvalidProblem([{"pointer": clash.pointer, "message": str(clash)}]) from None
    try:
        parsed = DocumentInput.model_validate(without_blanks(renamed))
    except ValidationError as error:
        raise RequestInvalidProblem(_errors(error, pointers)) from None
    return Body(content.decode(), parsed, pointers)


def _errors(error: ValidationError, pointers: PointerMap) -> list[InvalidPart]:
    return [
        {**part, "pointer": pointers.as_sent(part["pointer"])}
        for part in invalid_parts(error.errors(include_url=False))
    ]


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
    buyer_address = given.buyer.postal_address
    issue_date = given.issue_date or today
    determined = determine(
        given.lines,
        seller_country=seat.country,
        buyer_country_code=buyer_address.country_code if buyer_address else None,
        day=given.value_added_tax_point_date or issue_date,
    )
    currency = given.currency_code or (seat.country.currency if seat.country else None)
    lines = tuple(_counted(line) for line in determined.lines)
    draft = given.model_copy(update={"lines": lines, "currency_code": currency})
    completed = complete(
        draft,
        seller=with_electronic_address(seat.seller, seat.country, profile),
        number=given.number or "",
        issue_date=issue_date,
        type_code=given.type_code or kind.default_type_code,
        process_control=ProcessControl(
            business_process_type=process.business_process_type or profile.process_id,
            specification_identifier=profile.customization_id,
        ),
    )
    return Prepared(completed.invoice, profile, (*determined.findings, *completed.findings))


def _counted(line: Line) -> Line:
    """Return the line with C62, "one" (UNECE Rec 20), where it has a quantity and no unit."""
    if line.unit_code is not None or line.invoiced_quantity is None:
        return line
    return line.model_copy(update={"unit_code": "C62"})


def as_text(value: Mapping[str, Any]) -> str:
    """Return canonical JSON: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
