"""From a body of the right shape to the invoice it asks for: the API and `convert` share it."""

import datetime
from dataclasses import dataclass

from formats.en16931.determination import NOWHERE, Place, determine
from formats.en16931.draft import Completed, complete
from formats.en16931.line import Line
from formats.en16931.model import ProcessControl
from formats.en16931.party import Seller
from formats.en16931.rules.base import fatal
from formats.json.body import DocumentInput
from formats.json.units import unit_code

_NO_LINE = fatal("BR-16", "/lines", "BG-25", "The invoice has no line (BG-25).", "Add a line.")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a body leaves to whoever takes it.

    Attributes:
        seller: BG-4.
        issue_date: BT-2, when the body gives none.
        number: BT-1, when the body gives none.
        type_code: BT-3, when the body gives none.
        currency_code: BT-5, when the body gives none.
        place: Where the seller is, with the rate of the tax point.
        process_control: BG-2, as the profile wants it.
    """

    seller: Seller
    issue_date: datetime.date | None
    number: str | None = None
    type_code: str = "380"
    currency_code: str | None = None
    place: Place = NOWHERE
    process_control: ProcessControl | None = None


def complete_body(given: DocumentInput, around: Circumstances) -> Completed:
    """Compute the invoice that a body asks for: what is certain is filled in, the rest asked for.

    A quantity without unit counts pieces (C62), and a unit in words gets its code.
    """
    determined = determine(given, around.place)
    lines = tuple(_with_units(line) for line in determined.draft.lines)
    draft = determined.draft.model_copy(
        update={"lines": lines, "currency_code": given.currency_code or around.currency_code}
    )
    completed = complete(
        draft,
        seller=around.seller,
        number=given.number or around.number,
        issue_date=given.issue_date or around.issue_date,
        type_code=given.type_code or around.type_code,
        process_control=around.process_control or given.process_control,
    )
    findings = (*determined.findings, *completed.findings)
    if not given.lines and any(finding.rule == "BR-CO-18" for finding in findings):
        findings = (_NO_LINE, *findings)  # why there is no breakdown
    return Completed(completed.invoice, findings, completed.clashes)


def _with_units(line: Line) -> Line:
    """Return the line with codes (UNECE Rec 20) for its units; one piece is C62, "one"."""
    unit, base_unit = line.unit_code, line.item_price_base_quantity_unit_code
    if unit is None and line.invoiced_quantity is not None:
        unit = "C62"
    coded = unit and unit_code(unit), base_unit and unit_code(base_unit)
    if coded == (line.unit_code, base_unit):
        return line
    return line.model_copy(
        update={"unit_code": coded[0], "item_price_base_quantity_unit_code": coded[1]}
    )
