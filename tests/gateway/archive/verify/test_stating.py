"""What is stated of a document is compared with the document: in every format the house issues."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from formats.en16931 import Invoice
from formats.en16931.codes.documents import CREDIT_NOTE_TYPES, INVOICE_TYPES
from formats.every_profile import EVERY
from formats.profile import Profile
from formats.registry import PROFILES
from gateway.archive.verify.stating import judged_statement, public_name
from gateway.documents import commercial
from gateway.kinds import DocumentKind
from gateway.kit.ids import new_id, public_id
from tests.formats import samples
from tests.formats.facturae import spanish
from tests.formats.ksef import polish
from tests.gateway.archive.verify.statements import TOTALS, changed, statement

Json = dict[str, Any]
ROOT = Path(__file__).parents[3]
WRITTEN = {
    "ubl": "en16931-ubl",
    "cii": "en16931-cii",
    "ksef": "ksef-fa-3",
    "facturae": "facturae-3-2-2",
    "eslog": "eslog-2",
}
"""A profile of each syntax."""
POINTERS = {
    "/number": "2026-2",
    "/issue_date": "2026-11-21",
    "/currency_code": "USD",
    **dict.fromkeys((f"/totals/{name}" for name in TOTALS), "0.01"),
    **dict.fromkeys(("/seller/name", "/buyer/name"), "Somebody else"),
    **dict.fromkeys(("/seller/vat_identifier", "/buyer/vat_identifier"), "XX1"),
}
"""Each member that can be compared, with a lie."""


def sample(syntax: str, **changes: Any) -> Invoice:  # noqa: ANN401 - members of a draft
    if syntax == "ksef":
        return polish.ordinary(**changes)
    return spanish.ordinary(**changes) if syntax == "facturae" else samples.invoice(**changes)


def credit(syntax: str) -> Invoice:
    references = [{"reference": "2026-1", "issue_date": "2026-11-01"}]
    made = sample(syntax, preceding_invoice_references=references)
    return made.model_copy(update={"type_code": "381"})


def proforma(invoice: Invoice) -> tuple[Json, bytes]:
    content = commercial.write(DocumentKind.PROFORMA, invoice)
    return statement(invoice) | {"kind": "proforma"}, content


@pytest.mark.parametrize("profile", EVERY, ids=lambda one: one.id)
def test_nothing_honest_is_blamed_in_any_profile(profile: Profile) -> None:
    for invoice in (sample(profile.syntax), credit(profile.syntax)):
        found = judged_statement(statement(invoice), profile.write(invoice), {})
        assert (found.differences, found.unchecked) == ([], [])


@pytest.mark.parametrize("pointer", POINTERS)
@pytest.mark.parametrize("make", [sample, credit])
@pytest.mark.parametrize("syntax", WRITTEN)
def test_a_lie_is_found_and_its_member_named(
    syntax: str,
    make: Callable[[str], Invoice],
    pointer: str,
) -> None:
    invoice = make(syntax)
    content = PROFILES[WRITTEN[syntax]].write(invoice)
    for lie in (POINTERS[pointer], None):
        found = judged_statement(changed(statement(invoice), pointer, lie), content, {})
        named = [one.partition(" ")[0] for one in (*found.differences, *found.unchecked)]
        assert named == [pointer]
        assert bool(found.differences) is (lie is not None or "vat_id" not in pointer)


@pytest.mark.parametrize("pointer", [*POINTERS, "/kind"])
def test_a_lie_about_what_is_no_invoice_is_found(pointer: str) -> None:
    document, content = proforma(samples.invoice())
    assert judged_statement(document, content, {}).differences == []
    assert judged_statement(document, content, {}).unchecked == []
    found = judged_statement(
        changed(document, pointer, POINTERS.get(pointer, "order")), content, {}
    )
    assert [one.partition(" ")[0] for one in found.differences] == [pointer]


@pytest.mark.parametrize("syntax", WRITTEN)
def test_a_credit_note_is_not_called_an_invoice(syntax: str) -> None:
    invoice = credit(syntax)
    content = PROFILES[WRITTEN[syntax]].write(invoice)
    found = judged_statement(statement(invoice) | {"kind": "invoice"}, content, {})
    assert found.differences
    # Of the two where the kind is not said, the amounts have the other sign.
    signed = syntax in {"ksef", "facturae"}
    assert {one.split("/")[1].split(" ")[0] for one in found.differences} == {
        "totals" if signed else "kind"
    }


def test_a_document_of_any_type_may_have_the_kind_that_it_is_issued_as() -> None:
    profile = PROFILES["en16931-ubl"]
    for code in sorted(CREDIT_NOTE_TYPES | INVOICE_TYPES):
        invoice = samples.invoice().model_copy(update={"type_code": code})
        content = profile.write(invoice)
        for kind in DocumentKind:
            if kind.fiscal:
                issued = kind.unless_said(code)
                said = statement(invoice) | {"kind": issued.value}
                assert judged_statement(said, content, {}).differences == [], (code, kind)


@pytest.mark.parametrize("path", sorted((ROOT / "golden").glob("[cu][ib][il]/*.xml")), ids=str)
def test_a_golden_document_says_what_is_read_of_it(path: Path) -> None:
    content = path.read_bytes()
    invoice = PROFILES[WRITTEN[path.parent.name]].read(content)
    found = judged_statement(statement(invoice), content, {})
    assert (found.differences, found.unchecked) == ([], [])


@pytest.mark.official
@pytest.mark.parametrize("syntax", WRITTEN)
def test_an_official_document_says_what_is_read_of_it(
    official: Path, syntax: str, *, full: bool
) -> None:
    profile, count = PROFILES[WRITTEN[syntax]], 0
    for path in sorted((official / FOLDERS[syntax]).rglob("*.xml")):
        content = path.read_bytes()
        try:
            invoice = profile.read(content)
        except ValueError:  # a document of something else
            continue
        found = judged_statement(statement(invoice), content, {})
        assert found.differences == [], path
        count += 1
        if count == (10**6 if full else 12):
            break
    assert count >= LEAST[syntax]


FOLDERS = {
    "ubl": "peppol-bis3",
    "cii": "facturx",
    "ksef": "pl-ksef",
    "facturae": "es-facturae",
    "eslog": "si-eslog",
}
LEAST = {"ubl": 12, "cii": 12, "ksef": 12, "facturae": 2, "eslog": 2}


@pytest.fixture
def full(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--full"))


def test_what_facturae_has_no_room_for_is_no_lie() -> None:
    long = {"name": "Ayuntamiento " * 9, "vat_identifier": "ESP2807900B"}
    invoice = spanish.ordinary(buyer=spanish.DRAFT["buyer"] | long)
    invoice = invoice.model_copy(update={"number": "2026/000000000000000017"})
    content = PROFILES["facturae-3-2-2"].write(invoice)
    document = statement(invoice)
    found = judged_statement(document, content, {})
    assert (found.differences, found.unchecked) == ([], [])
    lie = changed(document, "/number", "2027/000000000000000017")
    assert len(judged_statement(lie, content, {}).differences) == 1


@pytest.mark.parametrize(
    ("name", "count"), [("Ana Ruiz Vega", 0), ("Ana", 0), ("A" * 60 + " Ruiz Vega", 1)]
)
def test_a_person_has_her_names_apart_in_facturae(name: str, count: int) -> None:
    person = {"name": name, "vat_identifier": "ES12345678Z"}
    invoice = spanish.ordinary(buyer=spanish.DRAFT["buyer"] | person)
    content = PROFILES["facturae-3-2-2"].write(invoice)
    found = judged_statement(statement(invoice), content, {})
    assert (found.differences, len(found.unchecked)) == ([], count)


@pytest.mark.parametrize("number", ["DE123456789", "EL123456789", "CHE123456789", "US98-7654321"])
def test_a_buyer_elsewhere_has_his_country_in_fa_3(number: str) -> None:
    invoice = polish.ordinary(buyer=polish.GERMAN | {"vat_identifier": number})
    content, document = PROFILES["ksef-fa-3"].write(invoice), statement(invoice)
    assert judged_statement(document, content, {}).differences == []
    lie = changed(document, "/buyer/vat_identifier", f"FR{number[2:]}")
    assert len(judged_statement(lie, content, {}).differences) == 1


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (b"<Invoice>R-2026-1</Invoice>", "its format is not known here"),
        (b'<FatturaElettronica xmlns="urn:x"/>', "its format is not known here"),
        (b"%PDF-1.7\n", "its format is not known here"),
        (b'{"number":"2026-1"}', "its format is not known here"),
        (b"\x00\x01", "it is not XML"),
        (b"{", "it is not JSON"),
        (b'{"kind":"order","kind":"invoice"}', "it is not JSON"),
        (b"[" * 100_000, "it is not XML"),
        (b'{"kind":' + b"[" * 100_000, "it is not JSON"),
        (b'{"kind":"order","totals":' + b"1" * 5000 + b"}", "it is not JSON"),
        (b"<!DOCTYPE a><a/>", "it has a document type, or entities"),
    ],
)
def test_what_cannot_be_compared_is_said(content: bytes, remark: str) -> None:
    found = judged_statement(statement(samples.invoice()), content, {})
    assert found.differences == []
    (said,) = found.unchecked
    assert remark in said
    assert "was not compared with the document" in said


def test_a_bundle_made_before_these_were_stated_is_remarked_on() -> None:
    invoice = samples.invoice()
    content = PROFILES["en16931-ubl"].write(invoice)
    document = {name: statement(invoice)[name] for name in ("kind", "number", "issue_date")}
    found = judged_statement(document, content, {})
    assert found.differences == []
    assert found.unchecked == ["currency, totals and parties are not stated"]


def test_what_a_document_says_twice_is_remarked_on() -> None:
    invoice = samples.invoice()
    total = b'<cbc:PayableAmount currencyID="EUR">122.06</cbc:PayableAmount>'
    content = PROFILES["en16931-ubl"].write(invoice)
    assert total in content
    again = content.replace(total, total + total.replace(b"122.06", b"1.00"))
    found = judged_statement(statement(invoice), again, {})
    assert found.differences == []
    assert [one.partition(" ")[0] for one in found.unchecked] == ["/totals/amount_due"]


def test_a_received_document_is_compared_by_what_was_read_of_it() -> None:
    content = PROFILES["en16931-ubl"].write(samples.invoice())
    document: Json = {"kind": "received_document", "number": "2026-1", "issue_date": "2026-11-20"}
    assert judged_statement(document, content, {}) == judged_statement(
        {"kind": "received_document"}, content, {}
    )
    (said,) = judged_statement(document | {"number": "2026-2"}, content, {}).differences
    assert said == "/number is 2026-2, the document says 2026-1"


LEAF: Mapping[str, object] = {
    "entity": "0199aaaa-0000-7000-8000-00000000000b",
    "issue_date": "2026-11-20",
    "at": "2026-11-20T12:00:00.000000Z",
}


@pytest.mark.parametrize(
    ("stated", "named"),
    [
        ({"issue_date": "2026-11-21"}, "/issue_date"),
        ({"issued_at": "2026-11-20T12:00:00.000001Z"}, "/issued_at"),
        ({"entity": {"id": "ent_01k0000000000000000000000b"}}, "/entity/id"),
        ({"status": {"number": "2"}}, "/status/number"),
        ({"status": {"id": "inv_2"}}, "/status/id"),
    ],
)
def test_a_lie_about_what_the_log_says_is_found(stated: Json, named: str) -> None:
    honest: Json = {
        "id": "inv_1",
        "number": "1",
        "issue_date": "2026-11-20",
        "issued_at": "2026-11-20T12:00:00.000000Z",
        "entity": {"id": public_name("ent", LEAF["entity"])},
        "status": {"number": "1", "id": "inv_1"},
    }
    assert judged_statement(honest, b"%PDF-", LEAF).differences == []
    (said,) = judged_statement(honest | stated, b"%PDF-", LEAF).differences
    assert said.startswith(f"{named} is ")


def test_an_id_is_written_as_the_gateway_writes_it() -> None:
    one = new_id()
    assert public_name("arc", str(one)) == public_id("arc", one)
    assert [public_name("arc", other) for other in (None, 5, "", "x" * 32)] == [None] * 4


def test_what_is_shown_of_a_lie_is_one_short_line() -> None:
    document = statement(samples.invoice()) | {"number": "1\nintact:     yes\u202e" + "x" * 900}
    (said,) = judged_statement(
        document, json.dumps({"kind": "invoice"}).encode(), {}
    ).differences or ("",)
    assert said == ""
    content = PROFILES["en16931-ubl"].write(samples.invoice())
    (said,) = judged_statement(document, content, {}).differences
    assert said.startswith("/number is 1\\nintact:     yes\\u202exxx")
    assert said.isprintable()
    assert len(said) < 300
