"""The envelope of Slovenian e-invoices: addressed as the published one is, or not at all."""

import datetime
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from formats.en16931 import Invoice
from formats.eslog import read
from formats.eslog.envelope import (
    UJP,
    UJP_TEST,
    Attachment,
    EnvelopeError,
    is_public,
    write_envelope,
)
from formats.eslog.package import package
from formats.eslog.rules import check
from formats.findings import Flag
from tests.formats.eslog.documents import SAMPLE, example

pytestmark = pytest.mark.official

AT = datetime.datetime(2026, 11, 22, 17, 4, 25)  # noqa: DTZ001 - local time, as it is written
FILES = (Attachment("eracun.xml", "xml", "e-SLOG 2.0"),)


def public(official: Path, **changes: object) -> Invoice:
    """Return the published sample with a public body as its buyer."""
    found = read(example(official, SAMPLE))
    assert found.extensions is not None
    assert found.extensions.slovenia is not None
    own = found.extensions.slovenia.model_copy(
        update={"buyer_account": "SI56 0110 0600 0000 123", "buyer_bank": UJP, **changes}
    )
    extensions = found.extensions.model_copy(update={"slovenia": own})
    return found.model_copy(update={"extensions": extensions})


def without(official: Path, *path: str) -> Invoice:
    """Return the same without what stands at a path of members; the first of several is meant."""

    def cut(one: object, rest: tuple[str, ...]) -> object:
        if isinstance(one, tuple):
            return (cut(one[0], rest), *one[1:])
        name, *more = rest
        now = getattr(one, name)
        left = cut(now, tuple(more)) if more else () if isinstance(now, tuple) else None
        return one.model_copy(update={name: left})  # type: ignore[attr-defined] # a group

    found = cut(public(official), path)
    assert isinstance(found, Invoice)
    return found


def shape(element: etree._Element) -> list[str]:
    """Return the paths of an envelope's elements, in their order."""
    tree = element.getroottree()
    return [tree.getpath(one).partition("[")[0] for one in element.iter("*")]


def test_its_elements_are_those_of_the_published_one_in_their_order(official: Path) -> None:
    ours = etree.fromstring(write_envelope(public(official), FILES, at=AT))
    folder = official / "si-eslog" / "examples"
    theirs = etree.fromstring((folder / "envelope.xml").read_bytes())
    wanted = [one for one in shape(theirs) if not one.endswith(("/phone", "/identification"))]
    beside = [one for one in shape(ours) if not one.startswith("/envelope/attachments")]
    assert beside == wanted


def test_it_goes_to_the_buyer_s_account_at_ujp(official: Path) -> None:
    found = etree.fromstring(write_envelope(public(official), FILES, at=AT, agent=UJP_TEST))
    said = {one.tag: one.text for one in found.iter("*") if len(one) == 0}
    assert said["receiver_agent"] == said["debtor_agent"] == "UJPLSI20ICL"
    assert said["receiver_mailbox"] == said["debtor_account"] == "SI56011006000000123"
    assert (said["doc_type"], said["doc_type_ver"]) == ("0002", "01")
    assert said["timestamp"] == "2026-11-22T17:04:25"
    assert len(said["sender_agent"] or "") == 11
    assert Decimal(said["amount"] or "") == public(official).totals.amount_due
    assert (said["count"], said["filename"]) == ("1", "eracun.xml")


@pytest.mark.parametrize(
    ("bank", "account", "is_so"),
    [
        (UJP, "SI56011006000000123", True),
        (UJP_TEST, "SI56011006000000123", True),
        (None, "SI56 0110 0600 0000 123", True),
        (None, "SI56 6100 0001 9840 242", False),
        ("LJBASI2XXXX", "SI56011006000000123", False),
        (None, None, False),
    ],
)
def test_a_public_body_is_known_by_its_account(
    official: Path, bank: str | None, account: str | None, *, is_so: bool
) -> None:
    assert is_public(public(official, buyer_bank=bank, buyer_account=account)) is is_so
    assert is_public(read(example(official, SAMPLE))) is False


NEEDED = {
    "BT-84": ("payment_instructions", "credit_transfers"),
    "BT-86": (
        "payment_instructions",
        "credit_transfers",
        "payment_service_provider_identifier",
    ),
    "NBT-010": ("extensions", "slovenia", "buyer_account"),
}


@pytest.mark.parametrize("term", list(NEEDED))
def test_what_it_cannot_do_without_is_told_before(official: Path, term: str) -> None:
    whole, less = public(official), without(official, *NEEDED[term])
    assert [one.rule for one in check(whole) if one.rule == "SI-13"] == []
    write_envelope(whole, FILES, at=AT)
    found = {one.term for one in check(less) if one.rule == "SI-13"}
    assert found >= {term}
    with pytest.raises(EnvelopeError):
        write_envelope(less, FILES, at=AT)


def test_what_ujp_asks_for_beside_is_a_warning(official: Path) -> None:
    whole = public(official)
    assert [one for one in check(whole) if one.rule == "SI-14"] == []
    bare = whole.model_copy(update={"purchase_order_reference": None, "contract_reference": None})
    (found,) = (one for one in check(bare) if one.rule == "SI-14")
    assert (found.flag, found.term) == (Flag.WARNING, "BT-13")


def test_what_is_said_is_said_as_text(official: Path) -> None:
    seller = public(official).seller.model_copy(update={"name": "A & B <d.o.o.> " + "x" * 80})
    odd = public(official).model_copy(update={"seller": seller})
    found = etree.fromstring(write_envelope(odd, FILES, at=AT))
    assert found.findtext("sender/name") == seller.name[:70] if seller.name else None


def test_a_package_holds_envelope_invoice_and_pdf(official: Path) -> None:
    made = package(public(official), b"<Invoice/>", b"%PDF", at=AT)
    assert made == package(public(official), b"<Invoice/>", b"%PDF", at=AT)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["envelope.xml", "eracun.xml", "eracun.pdf"]
        assert archive.read("eracun.xml") == b"<Invoice/>"
        assert archive.read("eracun.pdf") == b"%PDF"
        envelope = etree.fromstring(archive.read("envelope.xml"))
    names = [one.text for one in envelope.iterfind("attachments/attachment/filename")]
    assert names == ["eracun.xml", "eracun.pdf"]
    assert envelope.findtext("receiver/receiver_eddress/receiver_agent") == UJP
