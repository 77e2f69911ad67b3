"""Outages that the ministry announces: how much time invoices then have, and what is not sent."""

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from countries.outages import Announced, Outage
from countries.pl.offline import grace
from gateway.channels.registry import adapters
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Actor, Tenant
from gateway.transmissions import announcing
from gateway.transmissions.control.outages import Note
from gateway.transmissions.deadlines.watch import Watch
from gateway.transmissions.operations import Operator
from gateway.transmissions.problems import ChannelUnknownProblem
from tests.formats.pdf.documents import text_of
from tests.gateway.documents.test_ksef_offline import away, back, created_at, number_of, waited
from tests.gateway.documents.test_ksef_storm import worker_of
from tests.gateway.houses import Json, Shop, rules
from tests.gateway.ksef import TEST, Market, ksef_market, sale

pytestmark = pytest.mark.timeout(300)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[Market]:
    with ksef_market(postgres, tmp_path_factory.mktemp("outages"), official) as found:
        yield found


@pytest.fixture(autouse=True)
def undisturbed(market: Market) -> Iterator[None]:
    yield
    back(market)
    market.house.sql("delete from channel_outage")
    market.house.sql("delete from breaker")


@contextmanager
def working(market: Market) -> Iterator[None]:
    """Let a worker send what is queued; nobody waits for less than an hour to see KSeF away."""
    worker = worker_of(market, None)
    for bench in worker._benches.values():
        conduct = bench.adapter.conduct
        assert conduct.offline is not None
        patient = replace(conduct.offline, after=HOUR)
        bench.adapter.conduct = replace(conduct, offline=patient)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def announce(
    market: Market, kind: Outage, begins: datetime.datetime, ends: datetime.datetime | None = None
) -> Note:
    return announcing.announce(
        market.house.runtime.database,
        TEST,
        Announced(kind, begins, ends),
        source="BIP MF, komunikat 1",
        actor="operator",
        now=clock.now(),
    )


def change(market: Market, note: Note, **what: object) -> Note:
    usual = {"reason": "It says so now.", "actor": "operator", "now": clock.now()}
    database = market.house.runtime.database
    return announcing.change(database, note.outage, **usual, **what)  # type: ignore[arg-type]


class Looking:
    """A watch over the deadlines, and a time that is moved."""

    def __init__(self, market: Market) -> None:
        self.ahead = timedelta()
        (adapter,) = [
            one for one in adapters(market.house.runtime.settings) if one.channel == TEST
        ]
        self._watch = Watch(
            market.house.runtime.database, {TEST: adapter.conduct}, clock=lambda: self.now
        )

    @property
    def now(self) -> datetime.datetime:
        return clock.now() + self.ahead

    def at(self, moment: datetime.datetime) -> int:
        self.ahead = moment - clock.now()
        return self._watch.look()


def deadline_of(shop: Shop) -> Json:
    """Return the law's deadline of a shop's only document."""
    (found,) = [one for one in shop.get("/v1/deadlines")["data"] if one["kind"] == "offline"]
    one: Json = found
    return one


def told(shop: Shop) -> list[tuple[str, object]]:
    """Return what was said of deadlines, each with the share or the reason."""
    feed = shop.get("/v1/events?limit=100")["data"]
    return [
        (one["type"].partition(".")[2], one["data"].get("share") or one["data"].get("reason"))
        for one in feed
        if one["type"].startswith("deadline.")
    ]


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def test_a_failure_gives_seven_working_days_from_its_end(market: Market) -> None:
    shop = market.shop(offline=True)
    failure = announce(market, Outage.FAILURE, clock.now() - HOUR)
    draft = shop.draft(sale())
    checks = shop.get(f"/v1/documents/{draft['id']}/preflight")["checks"]
    (channel,) = [one for one in checks if one["id"] == "channel"]
    assert (channel["light"], channel["data"]["outage"]["kind"]) == ("amber", "failure")

    away(market)
    issued = shop.issued(sale())
    with working(market):  # one failure is enough: nobody waits to see what is announced
        shown = waited(shop, issued, "transport", {"deferred"})
    outage = shown["transmissions"][0]["waiting"]["outage"]
    assert (outage["mode"], outage["open_end"]) == ("failure", True)
    assert outage["source"] == "BIP MF, komunikat 1"
    (deferred,) = [
        one["data"]["mode"]
        for one in shop.get("/v1/events")["data"]
        if one["type"] == "transmission.deferred"
    ]
    assert deferred == "failure"

    looking, created = Looking(market), created_at(market, issued)
    looking.at(created + HOUR)
    found = deadline_of(shop)
    assert (found["mode"], found["suspended"], found["state"]) == ("failure", True, "open")
    assert looking.at(created + 30 * DAY) == 0
    assert told(shop) == [("moved", "outage_open")]

    ended = created + 30 * DAY
    change(market, failure, said=replace(failure.said, ends=ended))
    looking.at(ended + HOUR)
    found = deadline_of(shop)
    due = grace(created, [replace(failure.said, ends=ended)]).until
    assert isinstance(due, datetime.datetime)
    assert abs(moment(found["due_at"]) - due) < timedelta(seconds=1)
    assert due - ended > 7 * DAY
    assert (found["mode"], found["suspended"], found["state"]) == ("failure", False, "open")
    assert looking.at(due + HOUR) == 1
    assert told(shop) == [
        ("moved", "outage_open"),
        ("moved", "outage"),
        ("approaching", 50),
        ("missed", 100),
    ]
    back(market)
    with working(market):
        shown = waited(shop, issued, "regulatory", {"cleared"})
    assert number_of(shown)
    assert market.ledger(shop)[0]["ksef_number"] == number_of(shown)[0]


def test_what_is_announced_later_counts_and_what_is_withdrawn_does_not(market: Market) -> None:
    shop = market.shop()
    away(market)
    issued = shop.issued(sale())
    created, looking = created_at(market, issued), Looking(market)
    looking.at(created + HOUR)
    first = deadline_of(shop)
    assert (first["mode"], first["suspended"]) == ("offline24", False)
    usual = moment(first["due_at"])
    assert looking.at(usual + HOUR) == 1
    assert deadline_of(shop)["state"] == "missed"

    late = announce(market, Outage.UNAVAILABILITY, created - HOUR, usual + DAY)
    looking.at(usual + 2 * HOUR)
    found = deadline_of(shop)
    assert (found["mode"], found["state"]) == ("unavailability", "open")
    assert moment(found["due_at"]) > usual + DAY

    change(market, late, withdrawn=True)
    looking.at(usual + 3 * HOUR)
    found = deadline_of(shop)
    assert (found["mode"], found["state"]) == ("offline24", "missed")
    assert moment(found["due_at"]) == usual
    assert [reason for word, reason in told(shop) if word == "moved"] == ["outage", "outage"]
    assert [one.withdrawn for one in announcing.listed(market.house.runtime.database)] == [
        False,
        True,
    ]


def test_after_a_total_failure_what_waits_is_not_sent_unless_a_person_says_so(
    market: Market,
) -> None:
    shop = market.shop()
    away(market)
    issued = shop.issued(sale())
    created = created_at(market, issued)
    announce(market, Outage.TOTAL_FAILURE, created + timedelta(milliseconds=1))
    back(market)
    with working(market):
        shown = waited(shop, issued, "transport", {"cancelled_before_send"})
    assert market.ledger(shop) == []
    (why,) = [
        (one["data"]["reason"], one["data"]["mode"])
        for one in shop.get("/v1/events")["data"]
        if one["type"] == "transmission.cancelled"
    ]
    assert why == ("no_duty", "offline24")
    assert shown["state"] == "issued"
    void = shop.call("POST", f"/v1/documents/{issued['id']}/void", {"reason": "?"})
    assert void.status_code == 409
    runtime = market.house.runtime
    operator = Operator(
        database=runtime.database,
        journal=runtime.journal,
        tenant=Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox"),
        actor=Actor("operator", "me"),
        reason="We want a number.",
        now=clock.now(),
    )
    operator.resolve(parse_id(shown["transmissions"][0]["id"], "trn"), "never_arrived")
    with working(market):
        assert number_of(waited(shop, issued, "regulatory", {"cleared"}))


def test_the_deadline_of_what_need_not_be_sent_ends(market: Market) -> None:
    shop = market.shop()
    away(market)
    issued = shop.issued(sale())
    created, looking = created_at(market, issued), Looking(market)
    looking.at(created + HOUR)
    announce(market, Outage.TOTAL_FAILURE, created + timedelta(milliseconds=1))
    looking.at(created + 2 * HOUR)
    assert deadline_of(shop)["state"] == "ended"
    assert told(shop) == [("moved", "no_duty")]
    sent = shop.get(f"/v1/documents/{issued['id']}")["transmissions"][0]
    assert sent["waiting"]["outage"]["no_duty"] is True


def test_what_is_issued_in_a_total_failure_has_no_codes_and_goes_nowhere(market: Market) -> None:
    shop = market.shop(offline=True)
    before = shop.issued(sale())
    total = announce(market, Outage.TOTAL_FAILURE, clock.now() - HOUR)
    draft = shop.draft(sale())
    checks = shop.get(f"/v1/documents/{draft['id']}/preflight")["checks"]
    (channel,) = [one for one in checks if one["id"] == "channel"]
    assert (channel["light"], channel["data"]["outage"]["no_duty"]) == ("amber", True)

    issued = shop.issued(sale())
    shown = shop.get(f"/v1/documents/{issued['id']}")
    assert shown["transmissions"] == []
    assert [(one["kind"], one["identifier"], one["qr"]) for one in shown["stamps"]] == [
        ("ksef-not-told", "total_failure", None)
    ]
    page = text_of(shop.call("GET", f"/v1/documents/{issued['id']}/pdf").content)
    assert "OFFLINE" not in page
    correction = shop.issued(sale(corrects=before["id"]), "credit-notes")
    assert shop.get(f"/v1/documents/{correction['id']}")["transmissions"] == []

    change(market, total, said=replace(total.said, ends=clock.now()))
    usual = shop.issued(sale())
    assert len(shop.get(f"/v1/documents/{usual['id']}")["transmissions"]) == 1
    assert rules(shop.issue(sale(corrects=usual["id"]), "credit-notes")) == {"PL-32"}


def test_an_outage_is_noted_once_and_its_notes_stay(market: Market) -> None:
    first = announce(market, Outage.FAILURE, clock.now() - HOUR)
    with pytest.raises(announcing.OutageRefusedProblem):
        announce(market, Outage.FAILURE, clock.now())
    announce(market, Outage.UNAVAILABILITY, clock.now())
    with pytest.raises(announcing.OutageRefusedProblem):
        change(market, first, said=replace(first.said, ends=first.said.begins))
    change(market, first, said=replace(first.said, ends=clock.now()))
    announce(market, Outage.FAILURE, clock.now() + HOUR)
    with pytest.raises(ChannelUnknownProblem):
        announcing.announce(
            market.house.runtime.database,
            "si-furs",
            first.said,
            source="-",
            actor="operator",
            now=clock.now(),
        )
    found = announcing.listed(market.house.runtime.database)
    assert [one.outage for one in found].count(first.outage) == 2
    assert [one.reason for one in found if one.outage == first.outage] == [None, "It says so now."]
    for statement in ("delete from channel_outage", "update channel_outage set source = 'x'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            _as_worker(market, statement)


def _as_worker(market: Market, statement: str) -> None:
    with market.house.runtime.database.session_connection() as connection:
        connection.execute(statement.encode())


def test_a_transmission_says_why_it_has_more_time(market: Market) -> None:
    shop = market.shop()
    away(market)
    issued = shop.issued(sale())
    announce(market, Outage.FAILURE, clock.now() - HOUR)
    sent = shop.get(f"/v1/documents/{issued['id']}")["transmissions"][0]
    why = shop.get(f"/v1/transmissions/{sent['id']}/why")
    assert why["waiting"]["until"] is None
    assert why["waiting"]["outage"]["open_end"] is True
    assert "BIP MF, komunikat 1" in why["summary"][-1]
