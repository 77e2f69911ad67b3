"""What a document and the settings say about a mail: to whom, from whom, in which words."""

from dataclasses import dataclass

from formats.en16931 import Invoice
from gateway.delivery.letters import Letter
from gateway.delivery.schemas import mail_address
from gateway.delivery.wording import Facts
from gateway.problems import RequestInvalidProblem
from gateway.tenants.settings import EntitySettings, MailText


@dataclass(frozen=True, slots=True)
class Words:
    """What the caller or the settings say in place of our own words; None leaves ours."""

    subject: str | None = None
    text: str | None = None


def chosen_words(settings: EntitySettings, kind: str, own: Words) -> Words:
    """Return the caller's words, or the settings' for the kind (or for reminders)."""
    defaults: MailText | None = getattr(settings.email_defaults, kind, None)
    if defaults is None:
        return own
    return Words(own.subject or defaults.subject, own.text or defaults.body)


def letter_of(  # noqa: PLR0913, PLR0917 - what a letter is made of
    facts: Facts, invoice: Invoice, chosen: Words, subject: str, text: str, link: str
) -> Letter:
    """Return the letter about a document: the chosen words, or ours where none are chosen."""
    labels = (("due", "amount_due"), ("due_date", "due_date"))
    rows = [
        (facts.printed[label], facts.values[name])
        for label, name in labels
        if facts.values[name] and invoice.totals.amount_due
    ]
    return Letter(
        subject=facts.fill(chosen.subject) if chosen.subject else facts.say(subject),
        text=facts.fill(chosen.text) if chosen.text else text,
        rows=rows,
        link=link,
    )


def opening(facts: Facts) -> str:
    """Return what we say when a document is sent."""
    return f"{facts.words['greeting']}\n\n{facts.say('body')}"


def sender_name(settings: EntitySettings, invoice: Invoice) -> str:
    """Return whose name stands under a mail: the settings', or the seller's (BT-27)."""
    defaults = settings.email_defaults
    return (defaults and defaults.sender_name) or invoice.seller.name or ""


def usable(address: object) -> str | None:
    """Return an address as it can be written to, None where it cannot."""
    try:
        return mail_address(str(address)) if address else None
    except ValueError:
        return None


def customer_address(invoice: Invoice) -> tuple[str, ...]:
    """Return the buyer's e-mail address (BT-58).

    Raises:
        RequestInvalidProblem: There is none.
    """
    contact = invoice.buyer.contact
    address = usable(None if contact is None else contact.email_address)
    if address is None:
        raise RequestInvalidProblem(
            [
                {
                    "pointer": "/to",
                    "message": "is needed: the buyer of this document has no usable contact"
                    " e-mail (BT-58)",
                    "fix": "name the recipients here",
                }
            ]
        )
    return (address,)
