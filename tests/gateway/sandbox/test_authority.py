"""The reference authority: one ordered chain per seller, judged by its own reading."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from formats import sandbox_scheme
from gateway.kit.clock import now
from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.errors import Refused, Retry, TransmissionError
from tests.contract_suite.authority import Key, LocalAuthority, local_authority
from tests.contract_suite.party import failure, once


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAuthority]:
    with local_authority(tmp_path_factory.mktemp("authority")) as authority:
        yield authority


@pytest.fixture
def authority(shared: LocalAuthority) -> Iterator[LocalAuthority]:
    yield shared
    shared.fail()
    shared.tell("script", {"wait_seconds": 0})
    shared.tell("clock", {})


def following(authority: LocalAuthority, message: Message, **members: Any) -> Message:  # noqa: ANN401 - of a `Record`
    """Return the record after another."""
    content = sandbox_scheme.opened(message.payload)
    before = sandbox_scheme.read(content)
    usual = {
        "seller": before.seller,
        "sequence": before.sequence + 1,
        "previous": sandbox_scheme.digest(content),
        "generated_at": before.generated_at,
    }
    return authority.carrying(authority.record(**{**usual, **members}))


def rules(error: TransmissionError) -> set[str]:
    return {part.split(":")[0] for part in error.detail.split("; ")}


def test_a_chain_is_cleared_link_by_link(authority: LocalAuthority) -> None:
    first = authority.message()
    second = following(authority, first)
    proofs = [once(authority, first), once(authority, second)]
    assert {proof.fact.regulatory for proof in proofs} == {"cleared"}
    numbers = [proof.correlations["registration"] for proof in proofs]
    stamps = [stamp.identifier for proof in proofs for stamp in proof.stamps]
    assert numbers == stamps
    assert len(set(numbers)) == 2


def test_what_comes_before_its_predecessor_comes_again_later(authority: LocalAuthority) -> None:
    first = authority.message()
    second = following(authority, first)
    error = failure(authority, second)
    assert (type(error), error.reason) == (Retry, "out_of_order")
    assert authority.rows(second) == []
    once(authority, first)
    assert isinstance(once(authority, second), Acknowledgement)


def test_a_second_chain_of_the_same_seller_is_a_fork(authority: LocalAuthority) -> None:
    first = authority.message()
    other = authority.conflicting(first)
    once(authority, first)
    assert failure(authority, other).reason == "fork"
    error = failure(authority, following(authority, other))
    assert (type(error), rules(error)) == (Refused, {"SA-CHAIN"})


def test_what_is_refused_for_what_it_says_keeps_its_place(authority: LocalAuthority) -> None:
    first = authority.refused()
    assert rules(failure(authority, first)) == {"SA-AMOUNTS"}
    second = following(authority, first)
    assert once(authority, second).fact.regulatory == "cleared"


def test_a_number_is_registered_once(authority: LocalAuthority) -> None:
    first = authority.carrying(authority.record(seller="SI-number", number="R-1"))
    once(authority, first)
    error = failure(authority, following(authority, first, number="R-1"))
    assert rules(error) == {"SA-DUPLICATE"}
    third = following(
        authority, following(authority, first, number="R-1"), kind="credit_note", number="R-1"
    )
    assert rules(failure(authority, third)) != {"SA-DUPLICATE"}


@pytest.mark.parametrize(
    ("hours", "deferred", "cleared"), [(0, False, True), (40, True, True), (49, True, False)]
)
def test_offline_records_have_48_hours(
    authority: LocalAuthority, hours: int, *, deferred: bool, cleared: bool
) -> None:
    made = now().replace(microsecond=0) - timedelta(hours=hours)
    message = authority.carrying(authority.record(generated_at=made), deferred=deferred)
    if cleared:
        once(authority, message)
        (row,) = authority.rows(message)
        assert f'"deferred": {str(deferred).lower()}' in row["remark"]
    else:
        assert rules(failure(authority, message)) == {"SA-LATE"}


def test_a_record_from_the_future_comes_again_later(authority: LocalAuthority) -> None:
    message = authority.message()
    authority.fail({"fault": "clock_skew", "seconds": -3600, "nth": 1, "count": 1})
    assert failure(authority, message).reason == "from_the_future"
    assert once(authority, message).fact.regulatory == "cleared"


def test_time_does_not_run_backwards_in_a_chain(authority: LocalAuthority) -> None:
    first = authority.message()
    once(authority, first)
    earlier = now().replace(microsecond=0) - timedelta(minutes=5)
    error = failure(authority, following(authority, first, generated_at=earlier))
    assert rules(error) == {"SA-TIME"}


def test_the_wait_that_was_asked_for_is_wanted(authority: LocalAuthority) -> None:
    authority.tell("script", {"wait_seconds": 30})
    first = authority.message()
    assert once(authority, first).wait == timedelta(seconds=30)
    second = following(authority, first)
    error = failure(authority, second)
    assert (type(error), error.reason) == (Retry, "too_early")
    assert 28 <= (error.retry_after or 0) <= 30
    authority.tell("clock", {"ahead": 31})
    assert once(authority, second).fact.regulatory == "cleared"


def test_nobody_s_record_is_taken_without_a_certificate(authority: LocalAuthority) -> None:
    message = replace(authority.message(), credential=None)
    error = failure(authority, message)
    assert (type(error), error.reason) == (Retry, "credential_refused")
    assert authority.rows(message) == []


def test_a_stranger_s_signature_is_refused(authority: LocalAuthority, tmp_path: Path) -> None:
    with local_authority(tmp_path) as elsewhere:
        foreign: Key = elsewhere.signer
    record = authority.record()
    message = authority.carrying(record, payload=sandbox_scheme.sealed(record, foreign))
    assert rules(failure(authority, message)) == {"SA-SIGNATURE"}


def test_a_signature_over_other_bytes_is_refused(authority: LocalAuthority) -> None:
    one, two = authority.message().payload, authority.message().payload
    signature = two[two.index(b'"signature"') :]
    mixed = one[: one.index(b'"signature"')] + signature
    message = replace(authority.message(), payload=mixed)
    assert rules(failure(authority, message)) == {"SA-SIGNATURE"}


def test_the_registry_knows_how_far_a_seller_is(authority: LocalAuthority, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    first = authority.message()
    once(authority, first)
    record = sandbox_scheme.read(sandbox_scheme.opened(first.payload))
    context = authority.credential.tls()
    context.load_verify_locations(cafile=str(authority._trust))
    url = f"{authority._records}/records/{record.seller}"
    with httpx2.Client(verify=context, trust_env=False) as client:
        answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/jose+json"


def test_the_page_marks_the_record_of_a_qr_code(authority: LocalAuthority) -> None:
    first = authority.carrying(authority.record(number="<b>1</b>"))
    once(authority, first)
    content = sandbox_scheme.opened(first.payload)
    seller = sandbox_scheme.read(content).seller
    code = sandbox_scheme.qr_payload(authority.url, seller, 1, sandbox_scheme.digest(content))
    page = httpx2.get(code, trust_env=False).text
    assert page.count('class="shown"') == 1
    assert "&lt;b&gt;1" in page
    assert "<b>" not in page


def test_the_report_says_what_was_never_tried(authority: LocalAuthority) -> None:
    once(authority, authority.message())
    failure(authority, authority.carrying(authority.record(total=Decimal(1), vat=Decimal(-1))))
    report = httpx2.get(f"{authority.url}/__sandbox/compliance", trust_env=False).json()
    counted = {one["rule"]: (one["kept"], one["broken"]) for one in report["rules"]}
    assert counted["SA-AMOUNTS"][0] >= 1
    assert counted["SA-AMOUNTS"][1] >= 1
    assert "SA-AMOUNTS" not in report["never_broken"]
    assert "garbage" in report["never_played"]
    silent = set(report["never_exercised"])
    assert silent == {rule for rule, (kept, broken) in counted.items() if kept + broken == 0}


def test_recorded_traffic_plays_again(authority: LocalAuthority) -> None:
    once(authority, authority.message())
    with httpx2.Client(base_url=f"{authority.url}/__sandbox/", trust_env=False) as control:
        heads = [one for one in control.get("traffic").json() if one["target"] == "/records"]
        number = heads[-1]["number"]
        replayed = control.post(f"traffic/{number}", content=b"").json()
        assert control.get("traffic/999999").status_code == 400
    assert (replayed["same"], replayed["status"]) == (True, 200)
