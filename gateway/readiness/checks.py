"""The checklist of one entity: what is done, what is missing, why it is asked. Pure."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from countries.base import Country, Duty, Mandate, Source
from countries.numbering import number_form
from formats.en16931.party import Seller
from formats.findings import Finding
from formats.profile import Profile
from gateway.compliance.issuer import (
    MISSING,
    missing_issuer_data,
    vat_identifier_is_valid,
)
from gateway.kit.tenancy import Environment
from gateway.readiness.items import Item, Purpose, State
from gateway.tenants.settings import EntitySettings

_ALWAYS: tuple[Purpose, ...] = ("sandbox", "live")
_LIVE: tuple[Purpose, ...] = ("live",)
_SENDING: tuple[Purpose, ...] = ("sending",)
_PATCH = "PATCH /v1/entities/{entity_id}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of an entity when it is checked.

    Attributes:
        seller: BG-4.
        settings: What holds for it, its account's settings included.
        country_code: Where it is.
        country: The declaration; None when there is none.
        environment: `sandbox` or `live`.
        profile: What its documents are written in.
        absent: Official files that judging them needs and that are not installed.
        day: Today, where it is.
    """

    seller: Seller
    settings: EntitySettings
    country_code: str
    country: Country | None
    environment: Environment
    profile: Profile
    absent: tuple[str, ...]
    day: datetime.date


def checklist(subject: Subject) -> tuple[Item, ...]:
    """Return every item, in the order in which people set them up."""
    return (
        *_issuer(subject),
        _tax_number(subject),
        _declared(subject),
        _profile(subject),
        _layers(subject),
        _address(subject),
        _bank_account(subject),
        _contact(subject),
        _numbering(subject),
        *_mandates(subject),
    )


def _issuer(subject: Subject) -> Iterator[Item]:
    found = missing_issuer_data(subject.seller, subject.country, subject.environment)
    source = "Directive 2006/112/EC, Art. 226(5); EN 16931 BT-27, BG-5"
    for name, title, places in (
        ("name", "Name of the business", ("/seller/name",)),
        ("address", "Address", ("/seller/postal_address/line_1", "/seller/postal_address/city")),
    ):
        wrong = [one for one in found if one.pointer in places and one.rule == MISSING]
        yield Item(
            id=name,
            title=title,
            state="missing" if wrong else "done",
            required_for=_ALWAYS,
            fields=tuple(one.pointer or "" for one in wrong) or places,
            why=_said(wrong) or "Stands on every invoice.",
            fix=_PATCH if wrong else None,
            source=source,
        )
    made_up = [one for one in found if one.rule != MISSING]
    yield Item(
        id="placeholders",
        title="No placeholders in the issuer's data",
        state="missing" if made_up else "done",
        required_for=_LIVE,
        fields=tuple(one.pointer or "" for one in made_up),
        why=_said(made_up) or "What stands on an invoice must be true.",
        fix=_PATCH if made_up else None,
    )


def _said(findings: Sequence[Finding]) -> str:
    return " ".join(finding.message for finding in findings)


def _tax_number(subject: Subject) -> Item:
    seller = subject.seller
    number = seller.vat_identifier
    state: State = "done"
    why, fix = "Tells the tax office and the buyer who charged the VAT.", None
    if number is not None and not vat_identifier_is_valid(number, subject.country):
        state, why, fix = "missing", f"{number} fails its check digit or form.", _PATCH
    elif number is None and seller.tax_registration_identifier is None:
        state, why, fix = "missing", "There is neither VAT identifier nor tax number.", _PATCH
    return Item(
        id="tax_number",
        title="VAT identifier or tax registration",
        state=state,
        required_for=_ALWAYS,
        fields=("/seller/vat_identifier", "/seller/tax_registration_identifier"),
        why=why,
        fix=fix,
        source="Directive 2006/112/EC, Art. 226(3); EN 16931 BT-31, BT-32",
    )


def _declared(subject: Subject) -> Item:
    known = subject.country is not None
    return Item(
        id="country",
        title="The country's law is known here",
        state="done" if known else "missing",
        required_for=_LIVE,
        fields=("/country_code",),
        why="Rates, mandates, deadlines and retention come from the country's declaration.",
        fix=None
        if known
        else f"Nothing on your side: {subject.country_code} is not declared yet.",
    )


def _profile(subject: Subject) -> Item:
    unproven = subject.profile.unproven
    return Item(
        id="profile",
        title=f"Profile {subject.profile.id} is proven",
        state="missing" if unproven else "done",
        required_for=_LIVE,
        fields=("/settings/default_profile",),
        why=unproven or "Official rule files prove that its documents are right.",
        fix="Choose another default_profile." if unproven else None,
    )


def _layers(subject: Subject) -> Item:
    return Item(
        id="validation_layers",
        title="Official validation files are installed",
        state="missing" if subject.absent else "done",
        required_for=_LIVE,
        fields=(),
        why=f"Not installed: {', '.join(subject.absent)}."
        if subject.absent
        else "Every layer that judges the profile can run.",
        fix="The operator runs `gateway schemas sync`." if subject.absent else None,
    )


def _address(subject: Subject) -> Item:
    if not subject.profile.addressed:
        return Item(
            id="electronic_address",
            title="Electronic address",
            state="not_applicable",
            required_for=_SENDING,
            fields=("/seller/electronic_address",),
            why=f"Profile {subject.profile.id} needs none.",
        )
    own = subject.seller.electronic_address
    made = subject.country.electronic_address(subject.seller) if subject.country else None
    found = own or made
    written = f"{found.scheme_identifier}:{found.value}" if found else ""
    return Item(
        id="electronic_address",
        title="Electronic address (Peppol participant)",
        state="done" if found else "missing",
        required_for=_SENDING,
        fields=("/seller/electronic_address",),
        why=f"Documents leave from {written}."
        if found
        else "The network knows senders by it, and none can be made from the numbers given.",
        fix=None if found else _PATCH,
        source="EN 16931 BT-34; Peppol BIS Billing 3.0, PEPPOL-EN16931-R020",
    )


def _bank_account(subject: Subject) -> Item:
    account = subject.settings.bank_account
    return Item(
        id="bank_account",
        title="Bank account",
        state="done" if account else "missing",
        required_for=(),
        fields=("/settings/bank_accounts",),
        why="Buyers are told where to pay; documents may bring their own.",
        fix=None if account else _PATCH,
        source="EN 16931 BG-17",
    )


def _contact(subject: Subject) -> Item:
    contact = subject.seller.contact
    given = contact is not None and bool(contact.email_address)
    return Item(
        id="contact",
        title="Contact with e-mail address",
        state="done" if given else "missing",
        required_for=(),
        fields=("/seller/contact/email_address",),
        why="Answers to invoices go there; XRechnung requires it.",
        fix=None if given else _PATCH,
        source="EN 16931 BG-6",
    )


def _numbering(subject: Subject) -> Item:
    form = number_form(subject.country_code)
    return Item(
        id="numbering",
        title="Number series",
        state="done",
        required_for=_ALWAYS,
        fields=("/settings/number_formats",),
        why="Every kind of document has a series without gaps; each was checked when it was made.",
        source=form.source.title if form else "Directive 2006/112/EC, Art. 226(2)",
    )


def _mandates(subject: Subject) -> Iterator[Item]:
    if subject.country is None:
        return
    for number, mandate in enumerate(subject.country.mandates, 1):
        yield _mandate(subject, mandate, f"mandate_{number}")


def _mandate(subject: Subject, mandate: Mandate, name: str) -> Item:
    state, why = _mandate_state(subject, mandate)
    verb = "issue" if mandate.duty is Duty.ISSUE else "receive"
    return Item(
        id=name,
        title=f"{mandate.flow.value.upper()}: {verb} structured invoices from {mandate.since}",
        state=state,
        required_for=(),
        fields=("/settings/default_profile",) if mandate.duty is Duty.ISSUE else (),
        why=why,
        fix=f"Use one of {', '.join(mandate.profiles)}." if state == "missing" else None,
        source=_cited(mandate.source),
    )


def _mandate_state(subject: Subject, mandate: Mandate) -> tuple[State, str]:
    whom = f" It binds {mandate.applies_to}." if mandate.applies_to else ""
    if subject.day < mandate.since:
        return "not_applicable", f"Begins on {mandate.since}.{whom}"
    if mandate.duty is Duty.RECEIVE:
        return "unknown", f"Whether you can receive is not checked yet.{whom}"
    if not mandate.profiles:
        asked = ", ".join(mandate.formats)
        return "unknown", f"The law asks for {asked}, which is not written here yet.{whom}"
    if subject.profile.id in mandate.profiles:
        return "done", f"{subject.profile.id} is accepted.{whom}"
    return "missing", f"{subject.profile.id} is not what the law accepts.{whom}"


def _cited(source: Source) -> str:
    return f"{source.title} (confidence {source.confidence.value})"
