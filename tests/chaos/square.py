"""A gateway with the local authorities of several countries around it, under attack.

Everything is real: processes, PostgreSQL, sockets, the authorities' TLS, signatures and ledgers.
Each turn belongs to one country: its authority is told to misbehave, and some documents are asked
for at once.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx2
import psycopg
from starlette.testclient import TestClient
from typing_extensions import override

from gateway.fsck import service as fsck
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.runtime import Runtime
from gateway.settings import Settings
from tests.chaos import stage
from tests.chaos.neighbour import Neighbour
from tests.chaos.processes import Zygote
from tests.chaos.stage import PATIENCE, ROLES, Boards, Json, NotDoneError, Stage
from tests.chaos.trade_es import Spain
from tests.chaos.trade_hr import Croatia
from tests.chaos.trade_pl import Poland
from tests.chaos.trade_si import Slovenia
from tests.chaos.trades import Order, Trade
from tests.gateway.houses import House

TRADES: Mapping[str, type[Trade]] = {
    one.channel: one for one in (Slovenia, Croatia, Spain, Poland)
}
"""All of them, by channel."""

FAULTS: tuple[Json, ...] = (
    {"fault": "drop_before_accept"},
    {"fault": "drop_after_accept"},
    {"fault": "http_503_before_accept", "seconds": 1},
    {"fault": "http_500_after_accept"},
    {"fault": "latency", "seconds": 0.3},
    {"fault": "rate_limit", "seconds": 1},
    {"fault": "maintenance", "seconds": 1},
    {"fault": "broken_off"},
    {"fault": "garbage"},
    {"fault": "empty"},
    {"fault": "foreign_answer"},
    {"fault": "wrong_signature"},
)
"""What authorities are told to do, once in a turn."""


@dataclass(frozen=True)
class Weather:
    """What authorities do wrong.

    Attributes:
        seed: Which faults come when.
        troubled: They come at all.
        mortal: How often, of all turns, the authority dies when it is asked.
    """

    seed: int = 0
    troubled: bool = True
    mortal: float = 0.0


CALM = Weather(troubled=False)

_LEFT = """
select count(*), string_agg(concat_ws(' ', lane, state, reason, due_at, now()), '; ')
  from outbox where state not in ('closed', 'stuck')
  and split_part(lane, '/', 1) = any(%s)
"""
_STUCK = """
select lane, reason from outbox where state = 'stuck' and split_part(lane, '/', 1) = any(%s)
"""


@dataclass(kw_only=True)
class Square(Stage):
    """Sellers of several countries, whose turns come one after the other.

    Attributes:
        neighbours: The authorities, by channel.
        house: The gateway over a socket.
        trades: What is sold.
        weather: What authorities do wrong.
        fired: What they did.
        deaths: How often one died.
    """

    neighbours: dict[str, Neighbour]
    house: House
    trades: list[Trade] = field(default_factory=list)
    weather: Weather = CALM
    fired: Counter[str] = field(default_factory=Counter)
    deaths: int = 0
    _turns: int = 0

    @property
    @override
    def orders(self) -> Mapping[str, Any]:
        return {"channels": self.channels}

    @property
    def channels(self) -> list[str]:
        """What is attacked."""
        return list(self.neighbours)

    @override
    def warm(self) -> None:
        began = time.monotonic()
        for trade in self.trades:
            self.issue(f"warm-{trade.channel}")
            self.drain()
        self.usual = (time.monotonic() - began) / len(self.trades)

    @override
    def issue(self, key: str) -> None:
        trade = self.trades[self._turns % len(self.trades)]
        turn = self._turns // len(self.trades)
        self._turns += 1
        chance = random.Random(f"{self.weather.seed} {trade.channel} {turn}")  # noqa: S311 - to be repeated
        if self.weather.troubled:
            self._trouble(trade, chance)
        self.place(trade, trade.orders(turn), key)
        if chance.random() < self.weather.mortal:
            self.deaths += 1
            self.kill([trade])
            self.come_back([trade])

    def place(self, trade: Trade, orders: Sequence[Order], key: str) -> None:
        """Ask for several things at once; the first has the key."""
        keys = [f"{key}{'+' * number}" for number in range(len(orders))]
        with ThreadPoolExecutor(len(orders)) as callers:
            answers = list(callers.map(self._placed, orders, keys))
        for order, answer in zip(orders, answers, strict=True):
            trade.note(order, answer)

    def kill(self, trades: Sequence[Trade]) -> None:
        """Kill authorities."""
        for one in trades:
            self._count(one)
            self.neighbours[one.channel].kill()

    def come_back(self, trades: Sequence[Trade]) -> None:
        """Start authorities again, and wait for them."""
        for one in trades:
            self.neighbours[one.channel].begin()
        for one in trades:
            self.neighbours[one.channel].wait()
            one.prepare()

    @override
    def undone(self) -> tuple[object, ...]:
        """Return how much is in the queue, and what."""
        row = self.admin.execute(_LEFT, [self.channels]).fetchone()
        assert row is not None
        return tuple(row)

    @override
    def blame(self) -> list[str]:
        """Return everything that is wrong: by the checker, the ledgers, and what callers hold."""
        report = fsck.check(self.admin_url, self.data)
        found = [f"{name} {one.where}: {one.what}" for name, one in report.problems]
        stuck = self.admin.execute(_STUCK, [self.channels]).fetchall()
        found += [f"stuck on {lane}: {reason}" for lane, reason in stuck]
        there = self.admin.execute("select number from document where state <> 'draft'").fetchall()
        issued = Counter(one.number for trade in self.trades for one in trade.sold)
        if Counter(row[0] for row in there) != issued:
            found.append(f"issued are {sorted(there)}, answered was {sorted(issued.elements())}")
        for trade in self.trades:
            found += trade.blame()
        return found

    def counts(self) -> dict[str, int]:
        """Return how many documents were issued, and what authorities did wrong how often."""
        for one in self.trades:
            self._count(one)
            one.tell("faults", {"rules": []})
        sold = {f"documents of {one.channel}": len(one.sold) for one in self.trades}
        fired = {f"fault {name}": count for name, count in self.fired.items()}
        return {**sold, **fired, "authority killed": self.deaths}

    def _placed(self, order: Order, key: str) -> Json:
        return self.insist(lambda: self._try(order, key), key, PATIENCE)

    def _try(self, order: Order, key: str) -> Json | None:
        """Ask once; None when there was no answer, or one that says to ask again.

        Raises:
            NotDoneError: The answer is no, which it never should be.
        """
        try:
            answer = order.shop.call("POST", order.path, order.body, Idempotency_Key=key)
        except httpx2.TransportError:
            self.again += 1
            return None
        if answer.status_code in {409, 503}:
            self.again += 1
            return None
        if answer.status_code != 200:
            raise NotDoneError(f"{key}: {answer.status_code} {answer.text}")
        said: Json = answer.json()
        return self.answers.setdefault(key, said)

    def _trouble(self, trade: Trade, chance: random.Random) -> None:
        self._count(trade)
        rules = [
            {
                **one,
                "nth": chance.choice((1, 1, 2)),
                "count": 1,
                "where": chance.choice(trade.places),
            }
            for one in chance.sample(FAULTS, k=chance.choice((1, 1, 2, 3)))
        ]
        trade.tell("faults", {"rules": rules})
        trade.vex(chance)

    def _count(self, trade: Trade) -> None:
        for one in trade.ask("faults")["rules"]:
            if one["fired"]:
                self.fired[str(one["fault"])] += one["fired"]


@contextmanager
def opened(  # noqa: PLR0913 - the first four are what `campaign.run` says
    zygote: Zygote,
    postgres: EmbeddedPostgres,
    directory: Path,
    plants: Sequence[str],
    *,
    schemas: Path,
    channels: Sequence[str] = tuple(TRADES),
    weather: Weather = CALM,
) -> Iterator[Square]:
    """Open a gateway with sellers, in which one document of each has come to its end."""
    data = directory / "data"
    neighbours = {one: Neighbour(one, data, schemas) for one in channels}
    with ExitStack() as stack:
        for one in neighbours.values():
            one.begin()
            stack.callback(one.stop)
        boards = stack.enter_context(stage.laid(postgres))
        for one in neighbours.values():
            one.wait()
        nobody = {
            "sandbox_network_url": "http://127.0.0.1:9",
            "sandbox_network_trust": str(next(iter(neighbours.values())).trust),
        }
        settings = boards.settings(directory, **nobody)
        made = Square(
            zygote=zygote,
            admin=psycopg.connect(boards.admin_url, autocommit=True),
            admin_url=boards.admin_url,
            data=data,
            settings=settings,
            proxies=boards.proxies,
            port=boards.port,
            plants=plants,
            neighbours=neighbours,
            house=stack.enter_context(_house(boards, settings[""])),
        )
        stack.callback(made.end)
        stack.callback(made.leave)
        for role in ROLES:
            made.start(role)
        made.trades = [TRADES[one](made.house, neighbours[one].url) for one in channels]
        made.warm()
        made.weather = weather
        yield made


@contextmanager
def _house(boards: Boards, settings: Json) -> Iterator[House]:
    """Return a gateway that is called over a socket, each time by a connection of its own."""
    runtime = Runtime.open(Settings.model_validate(settings))
    url = f"http://127.0.0.1:{boards.port}"
    once = httpx2.Limits(max_keepalive_connections=0)
    try:
        with httpx2.Client(base_url=url, timeout=20, trust_env=False, limits=once) as client:
            yield House(runtime, cast("TestClient", client), boards.admin_url)
    finally:
        runtime.close()
