"""`gateway chain verify --ask` and `reseed --ask`: what the authority says, over its wire."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.archive.service import Archive, LogRewoundError
from gateway.chains.repository import ForeignRow
from gateway.chains.told import placed
from gateway.cli import chains as commands
from gateway.documents.fiscal.service import Fiscal
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Actor, Tenant
from gateway.sandbox.authority import judgement
from gateway.transmissions.bookkeeping import Entry, Owner, Page, entries
from gateway.transmissions.errors import Unknown
from gateway.transmissions.journal import Journal
from gateway.transmissions.operations import Operator
from tests.contract_suite.authority import LocalAuthority, local_authority
from tests.contract_suite.party import once
from tests.gateway.channels.test_clearing import (
    KEYS,
    cleared,
    enrol,
    records_of,
    revoke,
    seller,
    standing,
    working,
)
from tests.gateway.houses import House, Shop, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def authority(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LocalAuthority]:
    """An authority that documents and commands of the house find; it tells two records a page."""
    monkeypatch.setattr(judgement, "PAGE", 2)
    with local_authority(tmp_path) as made:
        settings = house.runtime.settings.model_copy(
            update={
                "sandbox_authority_url": made._records,
                "sandbox_authority_trust": tmp_path / "ca.pem",
            }
        )
        monkeypatch.setattr(commands, "Settings", lambda: settings)
        issuer = house.runtime.documents.issuer
        before = issuer.fiscal
        now = Fiscal(house.runtime.vault.for_purpose, lambda _: made.url)
        object.__setattr__(issuer, "fiscal", now)
        yield made
        object.__setattr__(issuer, "fiscal", before)


@pytest.fixture
def shop(house: House, authority: LocalAuthority) -> Shop:
    """A shop with three records that the authority has."""
    shop = seller(house, authority)
    issued = [shop.issued() for _ in range(3)]
    with working(house, authority.adapter):
        for one in issued:
            cleared(shop, one["id"])
    return shop


def test_an_authority_that_has_what_we_have_agrees(
    shop: Shop, authority: LocalAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    key = f"sandbox-authority/{shop.entity}"
    shop.issued()  # it has not got this one yet
    capsys.readouterr()
    assert commands.verify(key, "ask", as_json=True) == 0
    told = json.loads(capsys.readouterr().out)["authority"]
    assert (told["agrees"], told["ours"], told["theirs"]) == (True, 4, 3)
    traffic = httpx2.get(f"{authority.url}/__sandbox/traffic", trust_env=False).json()
    pages = [one["target"].rpartition("?")[2] for one in traffic if "?after" in one["target"]]
    assert pages == ["after=0", "after=2"]


def test_what_only_the_authority_has_halts_the_chain_and_its_successor_follows(
    shop: Shop, authority: LocalAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    key = f"sandbox-authority/{shop.entity}"
    lost = _lost(shop, authority)
    capsys.readouterr()
    assert commands.verify(key, "ask", as_json=True, halt=True) == 3
    told = json.loads(capsys.readouterr().out)["authority"]
    assert (told["agrees"], told["ours"], told["theirs"]) == (False, 3, 4)
    assert shop.issue().json()["type"] == "/problems/chain-halted"
    assert commands.reseed(key, "an old backup", "ask", empty=False) == 0
    second = shop.get("/v1/chains")["data"][1]
    assert (second["state"], second["first_sequence"]) == ("open", 5)
    assert second["first_previous"] == lost
    rows = shop.house.sql("select number, registration from chain_foreign where digest = %s", lost)
    assert rows == [("LOST-1", rows[0][1])]
    assert rows[0][1].startswith("SA-")
    with working(shop.house, authority.adapter):
        cleared(shop, shop.issued()["id"])  # the authority takes what follows


@pytest.mark.parametrize("before", [0, 1])
def test_behind_what_was_refused_for_good_the_next_documents_are_cleared(
    house: House, authority: LocalAuthority, before: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the refusal to the next document, also when it was the very first record."""
    shop = seller(house, authority)
    known = [shop.issued()["id"] for _ in range(before)]
    with working(house, authority.adapter):
        for one in known:
            cleared(shop, one)
    revoke(authority)
    burnt = [shop.issued()["id"] for _ in range(3)]
    with working(house, authority.adapter):
        until(lambda: standing(shop, burnt) == ["reissue", "stuck", ""])
    key = f"sandbox-authority/{shop.entity}"
    assert shop.issue().json()["type"] == "/problems/chain-halted"
    with pytest.raises(SystemExit):
        commands.reseed(key, "revoked", "ask", empty=True)
    assert commands.reseed(key, "revoked", "ask", empty=False) == 0
    (spared,) = records_of(shop, burnt[1])
    assert f"{spared['id']} never left" in capsys.readouterr().err.replace("\n", " ")
    shop.call("POST", f"{KEYS}/{signing_key(shop)}/retire")
    enrol(shop, authority, "fiscal-signature", "signature")
    anew = [shop.issued()["id"] for _ in range(2)]
    with working(house, authority.adapter):
        for one in anew:
            cleared(shop, one)
    book = authority._client.get(f"{authority.url}/__sandbox/ledger").json()["records"]
    assert [(one["position"], one["state"]) for one in book] == [
        (place + 1, "accepted") for place in range(before + 2)
    ]
    rows = [row for one in burnt for row in records_of(shop, one)]
    assert [row["transport"] for row in rows] == [
        "failed_permanent",
        *["cancelled_before_send"] * 2,
    ]
    assert [row["action_required"] for row in rows] == ["reissue"] * 3
    assert [row["attempts"] for row in rows] == [1, 0, 0]
    assert commands.verify(key, "ask", as_json=True) == 0
    for row in rows:  # a person issued another, or declared it void, and says so
        operator = Operator(
            database=house.runtime.database,
            journal=house.runtime.journal,
            tenant=Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox"),
            actor=Actor("operator"),
            reason="issued again",
            now=clock.now(),
        )
        state = operator.resolve(parse_id(row["id"], "trn"), "rejected")
        assert state.action_required is None


def stuck_shop(house: House, authority: LocalAuthority) -> tuple[Shop, str]:
    """Return a shop whose chain is halted, and the record in front of its lane."""
    shop = seller(house, authority)
    revoke(authority)
    burnt = [shop.issued()["id"] for _ in range(2)]
    with working(house, authority.adapter):
        until(lambda: standing(shop, burnt) == ["reissue", "stuck"])
    (front,) = records_of(shop, burnt[1])
    return shop, str(front["id"])


def test_what_may_have_arrived_is_named_with_the_command_and_left_alone(
    house: House, authority: LocalAuthority, capsys: pytest.CaptureFixture[str]
) -> None:
    shop, front = stuck_shop(house, authority)
    house.sql(
        "update outbox set in_doubt = true where transmission_id = %s", parse_id(front, "trn")
    )
    key = f"sandbox-authority/{shop.entity}"
    assert commands.reseed(key, "revoked", "ask", empty=False) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert f"gateway transmissions resolve {front} OUTCOME --reason TEXT" in said
    assert state_of(house, front) == "stuck"


def test_where_the_archive_cannot_be_opened_the_command_is_said(
    house: House,
    authority: LocalAuthority,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop, front = stuck_shop(house, authority)

    def rewound(*_: object, **__: object) -> Archive:
        raise LogRewoundError("the database is older than the checkpoint")

    monkeypatch.setattr(Archive, "open", rewound)
    key = f"sandbox-authority/{shop.entity}"
    assert commands.reseed(key, "an old backup", "ask", empty=False) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert f"gateway transmissions retry {front} --reason TEXT" in said
    assert state_of(house, front) == "stuck"


def test_a_successor_begins_with_its_lane_or_not_at_all(
    house: House, authority: LocalAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, front = stuck_shop(house, authority)
    key = f"sandbox-authority/{shop.entity}"

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Journal, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            commands.reseed(key, "revoked", "ask", empty=False)
    assert [one["state"] for one in shop.get("/v1/chains")["data"]] == ["halted"]
    assert state_of(house, front) == "stuck"
    assert commands.reseed(key, "revoked", "ask", empty=False) == 0
    assert [one["state"] for one in shop.get("/v1/chains")["data"]] == ["closed", "open"]
    assert state_of(house, front) == "queued"


def state_of(house: House, transmission: str) -> str:
    """Return the state of a transmission's row in the queue."""
    query = "select state from outbox where transmission_id = %s"
    return str(house.sql(query, parse_id(transmission, "trn"))[0][0])


def signing_key(shop: Shop) -> str:
    """Return the key that the shop signed its records with."""
    keys = shop.get(KEYS)["data"]
    return next(str(one["id"]) for one in keys if "fiscal-signature" in one["purposes"])


def until(holds: Callable[[], bool], seconds: float = 25) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.parametrize("fault", ["wrong_signature", "http_404_before_accept", "rate_limit"])
def test_what_nobody_signed_says_nothing_of_a_chain(
    shop: Shop, authority: LocalAuthority, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _lost(shop, authority)
    authority.fail({"fault": fault, "nth": 1, "where": "registry", "seconds": 7})
    with pytest.raises(SystemExit):
        commands.verify(f"sandbox-authority/{shop.entity}", "ask", as_json=True)
    said = capsys.readouterr().err
    assert "does not tell" in said
    assert ("again in 7 s" in said) == (fault == "rate_limit")
    assert shop.get("/v1/chains")["data"][0]["state"] == "open"


def test_a_chain_whose_authority_nobody_knows_is_not_asked_about(
    house: House, shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = house.runtime.settings
    monkeypatch.setattr(commands, "Settings", lambda: settings)
    with pytest.raises(SystemExit):
        commands.verify(f"sandbox-authority/{shop.entity}", "ask", as_json=True)
    assert "sandbox authority is known" in capsys.readouterr().err


def _lost(shop: Shop, authority: LocalAuthority) -> str:
    """Let the authority register a fourth record that our database lost; return its digest."""
    (chain,) = shop.get("/v1/chains")["data"]
    known = authority._client.get(f"{authority.url}/__sandbox/ledger").json()["records"][-1]
    record = authority.record(
        seller=known["owner"], sequence=4, previous=chain["last_digest"], number="LOST-1"
    )
    message = authority.carrying(record)
    once(authority, message)
    return authority.owner(message)[1]


@pytest.mark.parametrize("order", [1, -1])
def test_what_an_authority_does_not_count_is_placed_by_what_it_follows(order: int) -> None:
    ours = {"a": 1, "b": 2, "c": 3}
    told = [
        Entry(digest="a", previous=""),
        Entry(digest="b", previous="a", number="2"),
        Entry(digest="x", previous="b"),
        Entry(digest="y", previous="x", registration="R"),
    ]
    assert sorted((one.sequence, one.digest) for one in placed(told[::order], ours)) == [
        (1, "a"),
        (2, "b"),
        (3, "x"),
        (4, "y"),
    ]
    assert placed(told[-1:] + told[2:3], ours)[0] == ForeignRow(
        chain_key="", sequence=4, digest="y", registration="R"
    )


def test_of_two_beginnings_nobody_guesses_which_is_the_older() -> None:
    told = [Entry(digest="a", previous=""), Entry(digest="x", previous="")]
    with pytest.raises(ValueError, match="a and x both follow nothing"):
        placed(told, {"a": 1, "b": 2})  # a chain that began again, whose records we lost
    assert [one.sequence for one in placed(told, {"a": 1, "x": 7})] == [1, 7]


def test_what_follows_nothing_that_is_known_has_no_place() -> None:
    with pytest.raises(ValueError, match="y follows no record"):
        placed([Entry(digest="y", previous="x")], {"a": 1})
    ring = [Entry(digest="x", previous="y"), Entry(digest="y", previous="x")]
    with pytest.raises(ValueError, match="x follows no record"):
        placed(ring, {})


@pytest.mark.parametrize("following", ["again", "more"])
def test_books_that_never_end_are_not_read(following: str) -> None:
    class Endless:
        pages = 0

        def recorded(self, owner: Owner, following_: str | None) -> Page:
            del owner, following_
            self.pages += 1
            name = "again" if following == "again" else f"page {self.pages}"
            return Page((Entry(digest=f"d{self.pages}", sequence=self.pages),), name)

    books = Endless()
    with pytest.raises(Unknown) as caught:
        list(entries(books, Owner(b"", None), most=5))
    assert caught.value.reason == "endless"
    assert books.pages == (2 if following == "again" else 6)
