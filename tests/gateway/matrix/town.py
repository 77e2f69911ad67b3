"""Two accounts with entities in sandbox and live: who calls, what is theirs, and what is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar
from uuid import uuid4

from httpx2 import Response

from gateway.kit.ids import new_id
from tests.gateway.houses import House, Shop
from tests.gateway.matrix.callers import Caller, never
from tests.gateway.matrix.operations import Operation, Place
from tests.gateway.matrix.stock import Stock, session

T = TypeVar("T")

WALLS = ("both walls", "row security alone", "filter alone")

TENANT_TABLES = (
    *("account", "entity", "api_key", "idempotency", "series", "document", "transmission"),
    *("outbox", "event", "archive_entry", "job", "payment"),
    *("document_relation", "document_version"),
    *("recurring_invoice", "recurring_occurrence", "recurring_due"),
    *("bulk_item", "intake", "deadline"),
    *("customer", "item", "tax", "template"),
    *("premise", "premise_report", "pickup"),
    *("retention_subject", "retention_hold", "retention_round"),
    *("destruction", "destruction_item", "erasure"),
    "account_settings",
    "document_vat",
    *("webhook_endpoint", "webhook_feed", "webhook_message", "webhook_delivery", "webhook_queue"),
    *("received_document", "received_arrival", "received_likeness", "inbox_work"),
    "entity_address",
    *("vat_check", "vat_question", "vat_watch", "vat_round", "vat_batch_item"),
    *("fetched_logo", "email", "email_queue", "reminder", "share_link"),
    *("chain", "chain_record", "chain_foreign", "stamp"),
    *("correlation", "attempt", "exchange"),
    *("signing_key", "signing_secret", "signing_token_key", "signing_certificate"),
    *("held_secret", "held_secret_value"),
    *("archive_key", "entity_move"),
    *("series_skip", "number_floor"),
    *("entity_log", "entity_log_node"),
    *("person", "membership", "invitation", "magic_link", "user_session", "activity"),
    *("auditor", "auditor_access", "auditor_visit"),
)
GROWING = frozenset({"activity"})
"""An auditor's access is recorded there, whatever comes of it."""


@dataclass(frozen=True)
class Town:
    """Two accounts with entities in sandbox and live, in a house whose walls are as said."""

    house: House
    callers: tuple[Caller, ...]

    def send(self, operation: Operation, key: str | None, values: Mapping[Place, str]) -> Response:
        path, more = operation.request(values)
        more["headers"]["Idempotency-Key"] = str(new_id())
        if key is not None:
            more["headers"]["Authorization"] = f"Bearer {key}"
        return self.house.client.request(operation.method, path, **more)

    def contents(self) -> list[object]:
        """Return a digest of every tenant table."""
        return [
            self.house.sql(
                "select md5(string_agg((to_jsonb(t) - 'last_used_at')::text, '|' order by"  # noqa: S608
                f" t::text)) from {table} t where {'false' if table in GROWING else 'true'}"
            )
            for table in TENANT_TABLES
        ]


def founded(house: House) -> Town:
    one, other = Shop.opened(house), Shop.opened(house)
    sister = _sibling(one)
    bound = _sibling(one)
    managed = _sibling(one)
    live = _sibling(one, live=True)
    shops = (one, other, sister, bound, managed, live)
    stocks = {shop.entity: Stock.of_shop(shop) for shop in shops}

    def of(shop: Shop) -> Stock:
        return stocks[shop.entity]

    account, entity_key = one.account, one.account.entity_key
    sandbox_side = {"sister": of(sister), "other account": of(other), "live": of(live)}
    callers = (
        Caller(
            "account",
            key=one.key,
            auditor=account.new_key(role="auditor"),
            stock=of(one),
            foreign=sandbox_side,
        ),
        Caller(
            "entity",
            key=entity_key(bound.entity),
            auditor=entity_key(bound.entity, "auditor"),
            bound=True,
            stock=of(bound),
            foreign=sandbox_side,
        ),
        Caller(
            "auditor",
            key=session_of(managed, "auditor"),
            auditor=session_of(managed, "auditor"),
            bound=True,
            role="auditor",
            stock=of(managed),
            foreign=sandbox_side,
        ),
        Caller(
            "admin",
            key=session_of(managed, "admin"),
            auditor=session_of(managed, "auditor"),
            bound=True,
            role="admin",
            stock=of(managed),
            foreign=sandbox_side,
        ),
        Caller(
            "viewer of live",
            key=session_of(live, "viewer"),
            auditor=session_of(live, "auditor"),
            bound=True,
            role="viewer",
            stock=of(live),
            foreign={"sandbox": of(one), "other account": of(other)},
        ),
        Caller(
            "live account",
            key=live.key,
            auditor=account.new_key(environment="live", role="auditor"),
            stock=of(live),
            foreign={"sandbox": of(one), "other account": of(other)},
        ),
        Caller(
            "other account",
            key=other.key,
            auditor=other.account.new_key(role="auditor"),
            stock=of(other),
            foreign={"account": of(one), "live": of(live)},
        ),
    )
    return Town(house, callers)


def session_of(shop: Shop, role: str) -> str:
    """Return the token of a session of a new user of the shop."""
    body = {"email": f"{uuid4().hex}@example.com", "role": role}
    place = f"/v1/entities/{shop.entity}/users"
    user = shop.account.call("POST", place, body, key=shop.key).json()
    return session(shop, user["id"])[0]


def _sibling(shop: Shop, *, live: bool = False) -> Shop:
    """Return another entity of the shop's account."""
    key = shop.account.new_key(environment="live") if live else shop.key
    body = shop.get(f"/v1/entities/{shop.entity}")
    body = {name: body[name] for name in ("name", "country_code", "seller")}
    answer = shop.account.call("POST", "/v1/entities", body, key=key)
    assert answer.status_code == 201, answer.text
    entity = str(answer.json()["id"])
    return Shop(shop.house, shop.account, entity, key, "live" if live else "sandbox")


def unknown(values: Mapping[Place, str], own: Mapping[Place, str]) -> dict[Place, str]:
    """Return the same request about ids that never existed."""
    return {
        place: value if own.get(place) == value else never(value.partition("_")[0])
        for place, value in values.items()
    }


def said(answer: Response) -> tuple[int, dict[str, str], object]:
    """Return an answer without what may differ: its own address, its own name."""
    headers = {
        k: v for k, v in answer.headers.items() if k not in {"request-id", "content-length"}
    }
    kind = answer.headers.get("content-type", "")
    body = answer.json() if kind.endswith("json") else answer.content
    if isinstance(body, dict):
        body.pop("instance", None)
    return answer.status_code, headers, body


@dataclass(frozen=True)
class Share:
    """Which part of many like cases is tried: all, or some of them, others in each turn."""

    whole: bool
    turn: int = 0

    def has(self, number: int) -> bool:
        """Tell whether the turn of what has this number has come: once in as many as walls."""
        return self.whole or number % len(WALLS) == self.turn

    def asks(self, number: int) -> bool:
        """Tell whether a caller asks for what is not theirs; the number is that of both together.

        With each of the walls at most one of the callers calls an operation, with all of them one
        or two: one number of eighteen is asked, six apart, and the seven callers follow one
        another.
        """
        return self.whole or number % 18 == 6 * self.turn

    def of(self, cases: Sequence[T], more: int = 0) -> Sequence[T]:
        """Return all cases, or the one whose turn it is; `more` moves it on."""
        if self.whole or not cases:
            return cases
        return (cases[(self.turn + more) % len(cases)],)


def leaks(
    town: Town, callers: Sequence[Caller], asked: Sequence[Operation], share: Share
) -> tuple[int, list[str]]:
    """Ask for everything that is somebody else's; return how often, and what was given away."""
    cases, found = 0, list[str]()
    for (number, caller), (rank, operation) in product(enumerate(callers), enumerate(asked)):
        if not share.asks(number + rank):
            continue
        own = caller.own(operation)
        expected = 404 if caller.may(operation) else 403
        nobodys = dict[frozenset[Place], object]()
        every = list(caller.elsewhere(operation))
        for name, values in share.of(every, number + rank):
            cases += 1
            foreign = said(town.send(operation, caller.key, values))
            places = frozenset(place for place in values if values[place] != own.get(place))
            if places not in nobodys:
                request = unknown(values, own)
                nobodys[places] = said(town.send(operation, caller.key, request))
            nobody = nobodys[places]
            if foreign != nobody or foreign[0] != expected:
                found.append(f"{caller.name}: {operation}: {name}: {foreign} / {nobody}")
    return cases, found
