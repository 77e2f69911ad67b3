"""Words of mails and pages: every language has them, and no text becomes a header or a name."""

import datetime
from dataclasses import dataclass

import pytest

from formats.pdf.language import LOCALES
from gateway.delivery.letters import Envelope, Letter, message
from gateway.delivery.look import Look
from gateway.delivery.renditions import file_name
from gateway.delivery.schemas import mail_address
from gateway.delivery.wording import PLACES, facts_of, words
from gateway.kinds import DocumentKind
from tests.formats.pdf.invoices import TYPICAL
from tests.hostile_strings import STRINGS

NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)


@dataclass
class Row:
    """What a file name is made of."""

    number: str | None
    kind: DocumentKind = DocumentKind.CREDIT_NOTE


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_every_language_says_everything(locale: str) -> None:
    own = words(locale)
    assert own.keys() == words("en").keys()
    facts = facts_of(TYPICAL, locale, "Jadran", open_amount=None)
    assert set(facts.values) == set(PLACES)
    for key in own:
        said = facts.say(key)
        assert said.strip()
        assert "{" not in said


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_names_split_no_header(text: str) -> None:
    invoice = TYPICAL.model_copy(update={"number": text})
    facts = facts_of(invoice, "en", text, open_amount=None)
    content = message(
        Letter(subject=facts.say("subject"), text=facts.say("body")),
        Envelope(text, "a@example.com", None, ("b@example.com",)),
        facts=facts,
        look=Look("en"),
        files=[],
        message_id="<x@example.com>",
        now=NOW,
    )
    head = content.partition(b"\r\n\r\n")[0]
    names = [
        line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in {b" ", b"\t"}
    ]
    assert names == [
        *(b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"Content-Type"),
    ]
    assert max(map(len, content.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_numbers_make_plain_file_names(text: str) -> None:
    name = file_name(Row(text), "pdf")  # type: ignore[arg-type] # what it needs of a document
    assert name.startswith("credit-note-")
    assert name.endswith(".pdf")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert len(name) <= 80


@pytest.mark.parametrize(
    "text",
    [
        *("a", "a@b", "a b@example.com", "a@exa mple.com", "<a@example.com>"),
        *("a@example.com\r\nx", '"a"@example.com', "ä@example.com", "a@b.c,d@e.f", "a@-x.com"),
        "a" * 65 + "@example.com",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        mail_address(text)
