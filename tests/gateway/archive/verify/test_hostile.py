"""Bundles that were made to stop the verifier: whatever they hold, there is a result, and soon."""

import json
import random
import time
from collections.abc import Mapping
from typing import Any

import pytest

from formats.registry import PROFILES
from gateway.archive.bundle import BundledAnchor, canonical
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.verify import verify
from gateway.archive.verify.cms import check_token
from gateway.archive.verify.der import DerError, only
from gateway.archive.verify.terms import terms_of
from tests.formats import samples
from tests.formats.signatures import tsa
from tests.gateway.archive import bundles
from tests.gateway.archive.bundles import FOLDER, KEY, bundle, bundle_of, members, resigned

STATED, TOLD = f"{FOLDER}/document.json", f"{FOLDER}/events.json"
UBL = PROFILES["en16931-ubl"].write(samples.invoice())
FINALIZED: dict[str, Any] = {"type": "invoice.finalized", "at": "2026-11-21T12:00:00Z"}
SOON = 20  # seconds, on a busy machine


def of(content: bytes, **stated: object) -> Mapping[str, bytes]:
    files = members(bundle({"invoice.xml": ("document", content)}))
    return files | {STATED: canonical(json.loads(files[STATED]) | stated)}


@pytest.mark.parametrize("kind", [[], {}, [["invoice"]]])
def test_a_kind_may_be_anything(kind: object) -> None:
    result = verify(resigned(of(UBL, kind=kind)))
    assert any(one.member == STATED for one in result.problems)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "x", "at": "0001-01-01T00:00:00Z"},
        {"type": "x", "at": "0001-01-01T00:00:00+23:59"},
    ],
)
def test_a_year_of_no_event_is_named(event: Mapping[str, str]) -> None:
    files = {**members(bundle()), TOLD: canonical([event, FINALIZED])}
    assert [one.member for one in verify(resigned(files)).problems] == [TOLD]


@pytest.mark.parametrize("pointer", [[], {}, [[]]])
def test_an_event_may_point_at_anything(pointer: object) -> None:
    files = {**members(bundle()), TOLD: canonical([FINALIZED | {"evidence_id": pointer}])}
    assert verify(resigned(files)).ok


@pytest.mark.parametrize("number", ["1e9999999999999999999", "1.5e-9999999999999999999"])
def test_a_number_that_no_program_holds_is_not_compared(number: str) -> None:
    content = f'{{"kind":"invoice","number":{number}}}'.encode()
    result = verify(resigned(of(content)))
    assert any("what is stated was not compared" in one for one in result.remarks)


def test_a_name_without_end_is_no_name() -> None:
    name = b"\xff" * 1_000_000 + b"\x01"
    value = b"\x06\x83" + len(name).to_bytes(3, "big") + name
    inner = value + b"\x05\x00"
    began = time.monotonic()
    with pytest.raises(DerError):
        check_token(b"\x30\x83" + len(inner).to_bytes(3, "big") + inner, b"")
    assert only(value).content == name
    assert time.monotonic() - began < SOON


def test_whatever_is_changed_in_a_time_stamp_there_is_a_result() -> None:
    pick = random.Random(1)  # noqa: S311 - the same each time
    token = tsa.token(b"x")
    for _ in range(3000):
        changed = bytearray(token)
        for _ in range(pick.randint(1, 3)):
            changed[pick.randrange(len(changed))] = pick.randrange(256)
        try:
            check_token(bytes(changed), b"x")
        except DerError:
            continue


def test_many_heads_and_proofs_take_no_longer_than_reading_them() -> None:
    size = 2000
    leaves = [b"leaf %d" % number for number in range(size)]
    note = Checkpoint(KEY.origin, size, bundles.log(leaves).root).sign(KEY.private)
    head = BundledAnchor("file", "a disk", size, note, None, bundles.NOW)
    sizes = tuple(range(1, size + 1))
    made = bundle_of([bundles.FILES], before=size, since=sizes, anchors=[head] * 500)
    began = time.monotonic()
    assert verify(made, trusted_key=str(KEY.verifier)).ok
    assert time.monotonic() - began < SOON


def test_many_stamps_and_transmissions_are_compared_at_once() -> None:
    many = 25_000
    stamps = [{"identifier": str(number)} for number in range(many)]
    events: list[Any] = [FINALIZED] + [
        {
            "type": "document.stamped",
            "at": FINALIZED["at"],
            "transmission_id": str(number),
            "data": stamps[number],
        }
        for number in range(many)
    ]
    sent = [{"id": str(number), "transport": "pending"} for number in range(many)]
    stated = {"stamps": stamps, "status": {"events": len(events), "transmissions": sent}}
    files = {**of(UBL, **stated), TOLD: canonical(events)}
    began = time.monotonic()
    result = verify(resigned(files))
    assert not any(one.member == TOLD for one in result.problems)
    assert time.monotonic() - began < SOON


def test_a_country_is_not_multiplied_by_the_numbers_that_follow_it() -> None:
    said = b"<KodUE>" + b"P" * 50_000 + b"</KodUE>" + b"<NrVatUE>1</NrVatUE>" * 20_000
    content = (
        b'<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Podmiot2>'
        b"<DaneIdentyfikacyjne>" + said + b"</DaneIdentyfikacyjne></Podmiot2></Faktura>"
    )
    terms = terms_of(content)
    assert terms is not None
    assert sum(map(len, terms.said["/buyer/vat_identifier"])) < len(content)


def test_a_long_name_is_compared_with_a_few() -> None:
    cbc = b'xmlns="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
    ids = b"<ID %s>x</ID>" % cbc * 20_000
    content = (
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">%s</Invoice>'
    )
    began = time.monotonic()
    result = verify(resigned(of(content % ids, number="a b " * 100_000)))
    assert any(one.what.startswith("/number is a b") for one in result.problems)
    assert time.monotonic() - began < SOON


def test_a_seal_of_many_bytes_is_not_read() -> None:
    with pytest.raises(DerError, match="larger"):
        check_token(bytes(16 * 1024 * 1024 + 1), b"")
