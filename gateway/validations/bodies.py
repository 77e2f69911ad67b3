"""A JSON file to be judged: the body of `POST /v1/invoices` with its seller, or an invoice.

It is completed and written as the API would do it; findings point into the body as sent.
"""

import datetime
import difflib
import functools
from dataclasses import dataclass, field
from typing import Any

from countries.base import Country
from countries.registry import COUNTRIES
from formats.en16931 import Invoice
from formats.en16931.determination import Place
from formats.explain import shape
from formats.findings import Finding, Flag, Layer
from formats.json.aliases import PointerMap
from formats.json.body import BodyRefusedError
from formats.json.document import Surroundings, read_json
from formats.json.parsing import MalformedJsonError, parse_json
from formats.profile import Profile, Syntax
from formats.registry import PROFILES, profile_for
from formats.validation.recognition import UNKNOWN, base_profile
from gateway.compliance.addressing import with_electronic_address
from gateway.compliance.profiles import DEFAULT
from gateway.tax.determination import place_of

LAYER = "formats.json:document"
"""The JSON is a body we read: well-formed, no unknown names, every value of its type."""

DRAFT = "DRAFT"
"""The number (BT-1) of a body that gives none: a series gives it when it is issued."""


class UnreadableBodyError(Exception):
    """The JSON is no body; `findings` says where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was read.

    Attributes:
        invoice: Complete, as it would be issued.
        profile: What it is written as.
        known: Whether that is what it asks for; else there is no such profile here, and this is
            what judges it as far as that goes.
        findings: What is wrong with it so far; canonical pointers.
        value: The JSON as sent.
        completed: Whether it left anything to us; False for the canonical invoice.
        pointers: The way back to its own names.
        country: The seller's, when it is declared.
    """

    invoice: Invoice
    profile: Profile
    known: bool
    findings: tuple[Finding, ...]
    value: dict[str, Any] = field(repr=False)
    completed: bool
    pointers: PointerMap
    country: Country | None


def read_body(content: bytes, today: datetime.date, profile: str | None = None) -> Body:
    """Read a JSON document.

    Args:
        content: The bytes.
        today: BT-2 of a body that has none.
        profile: Id of the profile to write it as, instead of the one it asks for.

    Raises:
        UnreadableBodyError: It is not JSON, or no invoice.
    """
    value: Any = None
    try:
        value = parse_json(content)
        found = read_json(content, Surroundings(today, DRAFT, place=_place, currency=_currency))
    except MalformedJsonError as error:
        message = f"The JSON cannot be read at {error}."
        raise UnreadableBodyError((_malformed(message, error.line),)) from None
    except BodyRefusedError as error:
        raise UnreadableBodyError(shape.findings(error.parts, value)) from None
    invoice, findings = found.invoice, found.findings
    chosen, wrong = _profile(profile or found.profile, invoice, named=found.profile is not None)
    address = invoice.seller.postal_address
    country = _country(address.country_code) if address and address.country_code else None
    if found.completed:
        control = invoice.process_control
        specification = None if not wrong else control.specification_identifier
        invoice = invoice.model_copy(
            update={
                "seller": with_electronic_address(invoice.seller, country, chosen),
                "process_control": control.model_copy(
                    update={
                        "business_process_type": control.business_process_type
                        or chosen.process_id,
                        "specification_identifier": specification or chosen.customization_id,
                    }
                ),
            }
        )
    return Body(
        invoice=invoice,
        profile=chosen,
        known=not wrong,
        findings=(*findings, *wrong),
        value=value,
        completed=found.completed,
        pointers=found.pointers,
        country=country if found.completed else None,
    )


def _profile(
    wanted: str | None, invoice: Invoice, *, named: bool
) -> tuple[Profile, tuple[Finding, ...]]:
    """Return what an invoice is written as, and what is wrong where it asks for another."""
    identifier = invoice.process_control.specification_identifier
    if wanted is not None:
        chosen, claimed, pointer = PROFILES.get(wanted), wanted, "/profile"
    elif identifier is not None:
        chosen, claimed = profile_for(identifier), identifier
        pointer = "/process_control/specification_identifier"
    else:
        return PROFILES[DEFAULT], ()
    if chosen is not None:
        return chosen, ()
    base = base_profile(identifier, Syntax.UBL)
    return base, (
        Finding(
            rule=UNKNOWN,
            rule_set=LAYER,
            flag=Flag.WARNING,
            message=f"{claimed} is no profile known here.",
            term=None if named else "BT-24",
            pointer=pointer,
            fix=f"{_known_instead(claimed, pointer)} As it is, {base.name} judges it.",
            layer=Layer.SEMANTIC,
        ),
    )


def _known_instead(claimed: str, pointer: str) -> str:
    """Say what to write: the name of a profile here, its URN there, and the nearest of them."""
    lists = "`gateway profiles` lists them."
    if pointer == "/profile":
        near = difflib.get_close_matches(claimed, list(PROFILES), 1, 0.6)
        return (
            f"Give the id of a profile, {near[0]} say; {lists}"
            if near
            else (f"Give the id of a profile; {lists}")
        )
    if (named := PROFILES.get(claimed)) is not None:
        return f"Write {named.customization_id}, or leave it out and give profile {claimed}."
    urns = {one.customization_id: name for name, one in PROFILES.items() if one.customization_id}
    near = difflib.get_close_matches(claimed, list(urns), 1, 0.6)
    if near:
        return f"Write {near[0]} if that was meant, or give profile {urns[near[0]]}; {lists}"
    return f"Write the URN of a specification, or leave it out and give a profile; {lists}"


def _malformed(message: str, line: int) -> Finding:
    return Finding(
        rule="JSON-malformed",
        rule_set=LAYER,
        flag=Flag.FATAL,
        message=message,
        line=line,
        fix="Correct the JSON there.",
        layer=Layer.XSD,
    )


def _place(country_code: str, day: datetime.date) -> Place:
    return place_of(country_code, day)


def _currency(country_code: str) -> str | None:
    country = _country(country_code)
    return None if country is None else country.currency


@functools.cache
def _country(code: str) -> Country | None:
    return COUNTRIES.get(code)
