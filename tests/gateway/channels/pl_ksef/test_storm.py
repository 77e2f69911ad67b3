"""Many invoices over a bad line: ledger and proofs agree, invoice by invoice."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest

from gateway.transmissions.adapter import Acknowledgement, Message
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.states import Regulatory
from tests.contract_suite.ksef import LocalKsef, local_party
from tests.contract_suite.party import once

FAULTS = (
    *("drop_before_accept", "drop_after_accept", "http_500_after_accept", "broken_off"),
    *("http_503_before_accept", "empty", "garbage", "rate_limit", "foreign_answer"),
)
_MOST = 500
"""Questions about one verdict: each takes some five requests, of which two in five fail."""

DONE = frozenset({Regulatory.CLEARED, Regulatory.DUPLICATE_OF_ACCEPTED})


@pytest.fixture(scope="module")
def party(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalKsef]:
    with local_party(tmp_path_factory.mktemp("ksef")) as made:
        yield made


def _carried(party: LocalKsef, message: Message) -> tuple[Message, int]:
    """Send as often as it takes, as the worker does where that is safe."""
    for number in range(1, 30):
        with suppress(Retry, Unknown):
            proof = once(party, message)
            return replace(message, correlations=proof.correlations), number
    raise AssertionError("it never arrived")


def _judged(party: LocalKsef, message: Message) -> Acknowledgement:
    for _ in range(_MOST):
        with suppress(Retry, Unknown):
            found: Acknowledgement | None = party.adapter.reconcile(message)
            if found is not None and found.fact.regulatory in DONE:
                return found
    raise AssertionError("no verdict came")


def test_each_invoice_is_there_once_and_has_the_number_that_its_proof_says(
    party: LocalKsef,
) -> None:
    places = ("access", "invoices", "enquiries")
    party.fail(
        *(
            {"fault": fault, "probability": 0.06, "where": where, "seed": seed}
            for seed, fault in enumerate(FAULTS)
            for where in places
        )
    )
    messages = [party.message() for _ in range(40)]
    sent = [_carried(party, one) for one in messages]
    proofs = [_judged(party, one) for one, _ in sent]
    party.fail()
    assert sum(number for _, number in sent) > len(messages)  # the line was bad
    book = party._client.get(f"{party.url}/__sandbox/ledger").json()["invoices"]
    numbers = {one["hash"]: one["ksef_number"] for one in book if one["status"] == 200}
    taken = [one for one in book if one["status"] == 200]
    assert len(taken) == len(numbers) == len(messages)
    for message, proof in zip(messages, proofs, strict=True):
        (row,) = [one for one in party.rows(message) if one["status"] == 200]
        assert proof.stamps[0].identifier == row["ksef_number"]
    repeated = {proof.fact.regulatory for proof in proofs}
    assert repeated == DONE
