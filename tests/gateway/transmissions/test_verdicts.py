"""The tables of codes: our words only, nothing twice, and nothing the state machine forbids."""

import tomllib
from pathlib import Path

import pytest

from gateway.channels.registry import CHANNELS
from gateway.channels.sandbox_codes import fact_of
from gateway.transmissions import verdicts
from gateway.transmissions.invariants import (
    REACHABLE,
    STATE_LAWS,
    forbidden,
)
from gateway.transmissions.states import Action, Business, Fact, Regulatory, Transport, project
from gateway.transmissions.verdicts.table import (
    Flag,
    Layer,
    Table,
    TableError,
    Verdict,
    parse,
    tables,
)
from gateway.transmissions.verdicts.unknown_outcomes import unknown_outcomes

SENT = (
    Fact(transport=Transport.QUEUED),
    Fact(transport=Transport.SUBMITTING, attempt=1),
)
FOLDER = Path(verdicts.__file__).parent
ROWS = [
    pytest.param(table, one, id=f"{table.name}-{one.code}-{one.detail}")
    for table in tables().values()
    for one in table.verdicts
]
LOCAL = {Transport.PREPARED, Transport.DEFERRED}  # of devices: nothing was on a wire


def test_every_file_is_a_table() -> None:
    files = {file.stem for file in (FOLDER / "tables").glob("*.toml")}
    assert set(tables()) == files
    assert len(files) == 26


@pytest.mark.parametrize(("table", "verdict"), ROWS)
def test_a_verdict_is_lawful_after_a_message_was_sent(table: Table, verdict: Verdict) -> None:
    fact = verdict.fact()
    before = project(SENT)
    if fact.transport in LOCAL:
        assert fact.regulatory is Regulatory.NOT_APPLICABLE
        return
    after = project([*SENT, Fact(fact.transport, fact.regulatory, fact.business, attempt=1)])
    assert forbidden(before, fact, after) is None
    assert all(law(after) for law in STATE_LAWS)
    assert not (after.action_required or "").startswith(Action.CONTRADICTION)
    assert after.transport is before.transport or after.transport in REACHABLE[before.transport]
    assert table.find(verdict.code, verdict.detail, verdict.layer) is verdict


@pytest.mark.parametrize(
    ("source", "code", "detail", "layer", "axes"),
    [
        ("peppol-mls", "AP", "BW", "network", ("delivered", "accepted_with_warnings", None)),
        ("peppol-mls", "AP", "anything", "network", ("delivered", "accepted", None)),
        ("peppol-mls", "RE", "FD", "network", ("failed_permanent", "rejected", None)),
        ("peppol-imr", "PD", None, "buyer", ("delivered", None, "paid")),
        ("it-sdi", "DT", None, "buyer", (None, None, "accepted")),
        ("pl-ksef", "440", "own", "authority", ("submitted", "duplicate_of_accepted", None)),
        ("hu-nav", "ABORTED", None, "authority", ("submitted", "rejected", None)),
        ("hr-fiskalizacija-2", "S999", None, "authority", ("submitted", "rejected", None)),
        ("es-face", "1300", None, "authority", ("delivered", "accepted", "acknowledged")),
        ("de-tse", "finish", "down", "authority", ("deferred", "not_applicable", None)),
    ],
)
def test_codes_mean_what_the_authorities_say(
    source: str, code: str, detail: str | None, layer: str, axes: tuple[str | None, ...]
) -> None:
    found = tables()[source].find(code, detail, Layer(layer))
    assert found is not None
    assert (found.transport, found.regulatory, found.business) == axes


def test_a_code_nobody_knows_means_nothing() -> None:
    assert tables()["si-furs"].find("S099") is None
    assert tables()["peppol-imr"].find("AP", layer=Layer.NETWORK) is None


def test_what_was_taken_and_is_wrong_says_so() -> None:
    found = tables()["es-verifactu"].find("AceptadoConErrores")
    assert found is not None
    assert found.flags == {Flag.MUST_BE_CORRECTED}


@pytest.mark.parametrize(
    "row",
    [
        '{ code = "A" }',
        '{ code = "A", transport = "arrived" }',
        '{ code = "A", regulatory = "accepted", flags = ["urgent"] }',
        '{ code = "A", regulatory = "accepted", colour = "red" }',
        '{ code = "B", regulatory = "accepted" }, { code = "B", regulatory = "rejected" }',
        '{ code = "A", regulatory = "accepted", layer = "weather" }',
    ],
)
def test_a_table_that_says_a_thing_twice_or_in_other_words_is_refused(row: str) -> None:
    with pytest.raises(TableError):
        parse("x", f'title = "x"\nverdicts = [{row}]')


def test_the_sandbox_network_speaks_peppol() -> None:
    assert fact_of("network", "AP") == Fact(Transport.DELIVERED, Regulatory.ACCEPTED)
    assert fact_of("network", "RE") == Fact(None, Regulatory.REJECTED)
    assert fact_of("buyer", "UQ") == Fact(Transport.DELIVERED, None, Business.UNDER_QUERY)
    for layer, code in (("network", "none"), ("network", "PD"), ("authority", "AP"), ("x", "AP")):
        assert fact_of(layer, code) is None


def test_every_authority_says_what_to_do_when_no_answer_came() -> None:
    found = unknown_outcomes()
    rows = tomllib.loads((FOLDER / "unknown_outcomes.toml").read_text(encoding="utf-8"))
    assert len(found) == len(rows["outcomes"]) == 22
    assert {one.resend for one in found.values()} == {"always", "absent", "never"}
    for one in found.values():
        assert one.resend_is_safe or one.ask, one.authority  # blind resending is never the way
        assert one.source, one.authority
        assert one.confidence in {"A", "B", "C", "M"}, one.authority
    assert not found["hu-nav"].resend_is_safe
    assert found.keys() >= {name.removesuffix("-test") for name in CHANNELS}
    assert found["it-sdi"].wait.total_seconds() == 1800
