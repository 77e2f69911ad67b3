"""A publisher that answers well, badly, slowly, elsewhere, or for ever."""

import gzip
import ssl
import time
from pathlib import Path

import pytest

from gateway.artefacts.sync import State
from schemas import Relation
from tests.gateway.artefacts import publisher as answers
from tests.gateway.artefacts.conftest import ID, RULES, House, addressed, declared, sha256
from tests.gateway.artefacts.publisher import Publisher, content, published, status

PATH = "/0123456789/rules.sch"


@pytest.fixture(autouse=True)
def one_artefact(house: House, publisher: Publisher) -> None:
    house.declare(declared(addressed(publisher)))


def reason(house: House, **changes: float) -> str:
    """Sync, expect a failure that leaves nothing behind, and return its reason."""
    result = house.one(**changes)
    assert (result.state, result.source) == (State.FAILED, None)
    assert house.left() == set()
    (refusal,) = result.refusals
    return refusal.reason


def test_what_is_published_is_fetched_once_and_then_at_hand(
    house: House, publisher: Publisher
) -> None:
    publisher.answer("rules.sch", content(RULES))
    fetched = house.one()
    assert (fetched.state, fetched.relation) == (State.FETCHED, Relation.IDENTICAL)
    assert fetched.source == f"address {publisher.host}/0123456789/"
    artefact = house.catalog.artefact(ID, house.declarations[0].in_force_from)
    assert artefact.content == RULES
    assert house.one().state is State.AT_HAND
    assert publisher.asked == [PATH]


def test_files_in_folders_are_fetched_with_their_names_quoted(
    house: House, publisher: Publisher
) -> None:
    source = addressed(publisher, **{"a b__rules": RULES, "rules": b"<entry/>"})
    house.declare(declared(source))
    publisher.answer("a%20b/rules.sch", content(RULES))
    publisher.answer("rules.sch", content(b"<entry/>"))
    assert house.one().state is State.FETCHED
    files = house.catalog.artefact(ID, house.declarations[0].in_force_from).files
    assert files == {"a b/rules.sch": RULES, "rules.sch": b"<entry/>"}


def test_other_bytes_are_refused_with_both_hashes_and_not_asked_for_again(
    house: House, publisher: Publisher
) -> None:
    publisher.answer("rules.sch", content(b"<other/>"))
    said = reason(house)
    assert sha256(b"<other/>") in said
    assert sha256(RULES) in said
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("answer", [answers.cut(RULES[:4]), answers.cut_chunks(RULES[:4])])
def test_a_cut_transfer_is_tried_again(
    house: House, publisher: Publisher, answer: answers.Answer
) -> None:
    publisher.answer("rules.sch", answer, content(RULES))
    assert house.one().state is State.FETCHED
    assert len(publisher.asked) == 2


def test_a_transfer_that_is_always_cut_is_given_up(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.cut(RULES[:4]))
    assert "attempt 3 of 3" in reason(house)
    assert len(publisher.asked) == 3


@pytest.mark.parametrize("code", [500, 502, 503, 429, 408])
def test_what_may_pass_is_tried_again(house: House, publisher: Publisher, code: int) -> None:
    publisher.answer("rules.sch", status(code), status(code), content(RULES))
    assert house.one().state is State.FETCHED
    assert len(publisher.asked) == 3


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 204, 206])
def test_what_will_not_pass_is_asked_once(house: House, publisher: Publisher, code: int) -> None:
    publisher.answer("rules.sch", status(code))
    assert f"answered {code}" in reason(house)
    assert len(publisher.asked) == 1


def test_attempts_are_configurable(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", status(500))
    assert "answered 500 (attempt 1 of 1)" in reason(house, attempts=1)
    assert len(publisher.asked) == 1


def test_a_redirect_within_the_publisher_is_followed(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.redirect("/0123456789/moved.sch", 301))
    publisher.answer("moved.sch", answers.redirect(f"{publisher.address}here.sch", 307))
    publisher.answer("here.sch", content(RULES))
    assert house.one().state is State.FETCHED


def test_a_redirect_loop_ends(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.redirect("rules.sch"))
    assert "more than 3 redirects" in reason(house)
    assert len(publisher.asked) == 4


@pytest.mark.parametrize(
    "target", ["http://{host}/rules.sch", "ftp://{host}/rules.sch", "file:///etc/hostname", ""]
)
def test_a_redirect_out_of_https_is_refused(
    house: House, publisher: Publisher, target: str
) -> None:
    publisher.answer("rules.sch", answers.redirect(target.format(host=publisher.host)))
    assert "is not followed" in reason(house)
    assert len(publisher.asked) == 1


def test_a_redirect_to_another_host_is_refused(
    house: House, publisher: Publisher, pem: Path
) -> None:
    with published(pem) as other:
        other.answer("rules.sch", content(RULES))
        publisher.answer("rules.sch", answers.redirect(f"{other.address}rules.sch"))
        assert other.address in reason(house)
        assert other.asked == []


def test_silence_is_given_up(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.silent(1))
    assert "no answer in time" in reason(house, attempts=1, silence_seconds=0.2)


def test_a_steady_drip_is_given_up(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.drip(RULES * 100, 0.05))
    began = time.monotonic()
    assert "not done after 0.3 s" in reason(house, attempts=1, transfer_seconds=0.3)
    assert time.monotonic() - began < 20, "the whole takes 40 s"


def test_an_endless_body_is_not_read_to_its_end(house: House, publisher: Publisher) -> None:
    publisher.answer("rules.sch", answers.endless)
    assert "more than 1000000 bytes" in reason(house)
    assert len(publisher.asked) == 1


def test_what_is_packed_unasked_is_not_unpacked(house: House, publisher: Publisher) -> None:
    bomb = gzip.compress(bytes(10_000_000))
    publisher.answer("rules.sch", content(bomb, Content_Encoding="gzip"))
    assert "compressed" in reason(house)


def test_a_publisher_nobody_vouches_for_is_refused(
    house: House, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.answer("rules.sch", content(RULES))
    monkeypatch.setenv("SSL_CERT_FILE", ssl.get_default_verify_paths().openssl_cafile)
    assert "certificate" in reason(house, attempts=1).lower()
    assert publisher.asked == []


def test_a_publisher_that_is_not_there_is_said(house: House, pem: Path) -> None:
    with published(pem) as gone:
        source = addressed(gone)
    house.declare(declared(source), declared(source, identifier="org.example:more:1"))
    first, second = house.sync(attempts=2)
    assert "attempt 2 of 2" in first.refusals[0].reason
    assert "was not reached before" in second.refusals[0].reason, "it is not waited for again"


def test_the_next_source_is_tried_and_the_refusal_of_the_first_is_told(
    house: House, publisher: Publisher, pem: Path
) -> None:
    publisher.answer("rules.sch", content(b"<other/>"))
    with published(pem) as other:
        other.answer("rules.sch", content(RULES))
        house.declare(declared(addressed(publisher), addressed(other)))
        result = house.one()
        assert result.state is State.FETCHED
        assert result.source == f"address {other.host}/0123456789/"
        (refusal,) = result.refusals
        assert refusal.source == f"address {publisher.host}/0123456789/"


def test_a_dry_run_asks_nobody_and_writes_nothing(house: House, publisher: Publisher) -> None:
    (result,) = house.sync(dry_run=True)
    assert result.state is State.WOULD_FETCH
    assert result.source == f"address {publisher.host}/0123456789/"
    assert publisher.asked == []
    assert not house.cache.exists()
