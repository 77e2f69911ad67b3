"""Two accounts with entities in sandbox and live: who calls, what is theirs, and what is not."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

from httpx2 import Response

from gateway.jobs.execution import Ticket, attempt
from gateway.jobs.service import enqueue
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.ids import new_id, parse_id, public_id
from gateway.kit.tenancy import Tenant
from gateway.tenants.permissions import ANYBODY, BY_KIND, ROLES, job_resources, required
from tests.gateway.houses import House, Shop, invoice
from tests.gateway.operations import (
    ACCOUNT_ONLY,
    BODIES,
    PUBLIC,
    SELLER,
    Operation,
    Place,
    operations,
    self_billed,
)

OPERATIONS = tuple(operations())
PRIVATE = tuple(one for one in OPERATIONS if one.key not in PUBLIC)
OF_ACCOUNT = frozenset({"entity", "key", "job", "export", "endpoint", "user"})
"""What an account's key reaches without naming the entity."""

HEADER, QUERY = Place("header", "Entity-Id"), Place("query", "entity_id")
TENANT_TABLES = (
    *("account", "entity", "api_key", "idempotency", "series", "document", "transmission"),
    *("outbox", "event", "archive_entry", "job", "payment"),
    *("document_relation", "document_version"),
    *("recurring_invoice", "recurring_occurrence", "recurring_due"),
    "bulk_item",
    *("customer", "item", "tax", "template"),
    "account_settings",
    "document_vat",
    *("webhook_endpoint", "webhook_feed", "webhook_message", "webhook_delivery", "webhook_queue"),
    *("received_document", "received_arrival", "received_likeness", "inbox_work"),
    "entity_address",
    *("fetched_logo", "email", "email_queue", "reminder", "share_link"),
    *("person", "membership", "invitation", "magic_link", "user_session", "activity"),
)
GROWING = frozenset({"activity"})
"""An auditor's access is recorded there, whatever comes of it."""


@dataclass(frozen=True)
class Stock:
    """One thing of each sort that an entity has; what is called `document` depends on who asks.

    An operation that takes its thing away, or wants it in another state, has one of its own:
    `"<sort>, <operation>"`.
    """

    ids: Mapping[str, str]

    def of(self, operation: Operation, place: Place) -> str | None:
        if place.of == "document":
            return self.ids.get(operation.document_kind)
        if "/inbox/" in operation.path and place.of in {"received", "entry"}:
            last = operation.path.rpartition("/")[2]
            return self.ids[
                {"reject": "refusable", "{entry_id}": place.of + "_in"}.get(last, place.of)
            ]
        return self.ids.get(f"{place.of}, {operation}", self.ids.get(place.of))

    @classmethod
    def of_shop(cls, shop: Shop) -> "Stock":
        body = invoice(profile="en16931-ubl", metadata={"shop": shop.entity})
        ids = {"entity": shop.entity}
        for kind in DocumentKind:
            written = self_billed(body) if kind.self_billed else body
            shop.call("POST", "/v1/series", {"code": kind.default_series})
            ids[f"{kind}_draft"] = shop.draft(written, kind.collection)["id"]
            issued = shop.issued(written, kind.collection, Idempotency_Key=f"stock-{kind}")
            ids[kind.value] = issued["id"]
        paid = {"amount": "0.01"}
        answer = shop.call("POST", f"/v1/documents/{ids['invoice']}/payments", paid)
        ids["payment"] = answer.json()["id"]
        for sent in shop.get(f"/v1/documents/{ids['invoice']}")["transmissions"]:
            ids["transmission"] = sent["id"]
        ids["entry"] = shop.get(f"/v1/documents/{ids['invoice']}/evidence")["data"][0]["id"]
        answer = shop.call("POST", "/v1/customers", {"name": f"Customer of {shop.entity}"})
        ids["customer"] = answer.json()["id"]
        path = f"/v1/invoices/{ids['invoice']}/send"
        answer = shop.call("POST", path, {"to": ["a@example.com"]}, Idempotency_Key="stock-send")
        ids["email"] = answer.json()["id"]
        for name, collection, made in (
            ("customer", "customers", {"name": f"Customer of {shop.entity}"}),
            ("tax", "taxes", {"name": "VAT", "rate": "22"}),
            ("item", "items", {"name": "Bread"}),
            ("template", "templates", {"name": "Note", "purpose": "text", "body": "Thanks"}),
        ):
            ids[name] = shop.call("POST", f"/v1/{collection}", made).json()["id"]
        answer = shop.call("POST", f"/v1/documents/{ids['invoice']}/share-links", {})
        ids["share_link"] = answer.json()["id"]
        ids["series"] = shop.series("INV")["id"]
        key = {"name": "spare", "role": "auditor", "entity_id": shop.entity}
        answer = shop.account.call("POST", "/v1/api-keys", key, key=shop.key)
        ids["key"] = answer.json()["id"]
        ids |= _people(shop)
        ids["job"] = _asked(shop)
        ids["export"] = _exported(shop)
        ids["endpoint"], ids["delivery"] = _hooked(shop)
        ids |= _received(shop)
        ids |= _recurring(shop)
        return cls(ids)


def _hooked(shop: Shop) -> tuple[str, str]:
    """Return a webhook endpoint of the shop, and a message on its way there."""
    body = {"url": "https://hooks.example/", "entity_id": shop.entity}
    endpoint = shop.account.call("POST", "/v1/webhook-endpoints", body, key=shop.key).json()["id"]
    path = f"/v1/webhook-endpoints/{endpoint}/test"
    return endpoint, shop.account.call("POST", path, key=shop.key).json()["id"]


def _received(shop: Shop) -> dict[str, str]:
    """Return two received documents, one to be refused, and the evidence of the first."""
    ids = {}
    for name in ("received", "refusable"):
        body = invoice(seller=SELLER, number=name, metadata={"shop": shop.entity})
        answer = shop.call("POST", "/v1/inbox", body)
        assert answer.status_code == 201, answer.text
        ids[name] = str(answer.json()["id"])
    files = shop.get(f"/v1/inbox/{ids['received']}/evidence")["data"]
    return ids | {"received_in": ids["received"], "entry_in": str(files[0]["id"])}


@dataclass(frozen=True)
class Caller:
    """Somebody with a key, what is theirs, and what is not."""

    name: str
    key: str
    auditor: str
    stock: Stock
    foreign: Mapping[str, Stock]
    bound: bool = False  # the key is an entity's
    role: str = "writer"

    def own(self, operation: Operation) -> dict[Place, str]:
        """Return good values for every place, the entity named as this key must."""
        values = {}
        for place in operation.places:
            if place.optional:
                continue
            value = self.stock.of(operation, place)
            assert value is not None or place.of == "transmission"
            if place != QUERY and (place != HEADER or not self.bound):
                values[place] = value or never("trn")
        return values

    def elsewhere(self, operation: Operation) -> Iterator[tuple[str, dict[Place, str]]]:
        """Yield requests about what is not the caller's: one place at a time, then all at once."""
        own = self.own(operation)
        for number, (whose, stock) in enumerate(self.foreign.items()):
            together = {}
            for rank, place in enumerate(operation.places):
                if (
                    place.optional
                    and not operation.asks_all
                    and rank % len(self.foreign) != number
                ):
                    continue  # one link after the other, each with one who is not the caller
                value = stock.of(operation, place)
                if value is None or self._reaches(whose, place, operation):
                    continue
                base = {p: v for p, v in own.items() if place != QUERY or p != HEADER}
                yield f"{whose}, {place}", base | {place: value}
                if place != QUERY:
                    together[place] = value
            if len(together) > 1:
                yield f"{whose}, everywhere", own | together
                named = {p: v for p, v in together.items() if p != HEADER}
                if self.bound:
                    yield f"{whose}, everywhere but the header", named

    @property
    def session(self) -> bool:
        """True for a user, false for an API key."""
        return self.role != "writer"

    def may(self, operation: Operation) -> bool:
        """Tell whether role and reach allow it at all."""
        if self.bound and operation.key in ACCOUNT_ONLY:
            return False
        needed = required(*operation.key)
        if needed == BY_KIND:
            return bool(job_resources(operation.method, ROLES[self.role]))
        return needed == ANYBODY or needed in ROLES[self.role]

    def sisters(self) -> set[str]:
        """Return what an account's activity may name: all that its other entities have."""
        known = not self.bound and "sister" in self.foreign
        return set(self.foreign["sister"].ids.values()) if known else set()

    def _reaches(self, whose: str, place: Place, operation: Operation) -> bool:
        """An account's key may name each of its entities, and keys, jobs, hooks and users."""
        if place.of == "user" and "{entity_id}" in operation.path:
            return False  # a user of that entity is asked for
        return whose == "sister" and not self.bound and place.of in OF_ACCOUNT


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


def _recurring(shop: Shop) -> dict[str, str]:
    """Return recurring invoices: one to be read, one to be resumed, one to be deleted."""
    home = "/v1/recurring-invoices"

    def made() -> str:
        answer = shop.call("POST", home, BODIES["RecurringInput"])
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    path = f"{home}/{{recurring_id}}"
    ids = {"recurring": made()}
    for operation in (f"POST {path}/resume", f"DELETE {path}"):
        ids[f"recurring, {operation}"] = made()
    shop.call("POST", f"{home}/{ids[f'recurring, POST {path}/resume']}/pause")
    return ids


def _asked(shop: Shop) -> str:
    """Return a job about the shop that nobody does: no worker runs here."""
    tenant = Tenant(
        shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment, account_wide=True
    )
    with shop.house.runtime.database.transaction(tenant) as tx:
        return public_id("job", enqueue(tx, "matrix", {}, now=clock.now()))


def _people(shop: Shop) -> dict[str, str]:
    """Return a user of the shop with an invitation, a magic link and a session."""
    place = f"/v1/entities/{shop.entity}/users"
    body = {"email": f"{shop.entity}@example.com", "role": "viewer", "send_invite": True}
    made = shop.account.call("POST", place, body, key=shop.key).json()
    links = f"{place}/{made['id']}/tokens"
    _, session = _session(shop, made["id"])
    unused = shop.account.call("POST", links, {}, key=shop.key).json()
    return {
        "user": made["id"],
        "invitation": made["invitation"]["id"],
        "link": unused["id"],
        "session": session,
    }


def _session(shop: Shop, user_id: str) -> tuple[str, str]:
    """Return token and id of a new session of a user of the shop."""
    links = f"/v1/entities/{shop.entity}/users/{user_id}/tokens"
    link = shop.account.call("POST", links, {}, key=shop.key).json()
    answer = shop.house.client.post("/v1/sessions", json={"token": link["token"]})
    assert answer.status_code == 201, answer.text
    return answer.json()["token"], answer.json()["id"]


def session_of(shop: Shop, role: str) -> str:
    """Return the token of a session of a new user of the shop."""
    body = {"email": f"{uuid4().hex}@example.com", "role": role}
    place = f"/v1/entities/{shop.entity}/users"
    user = shop.account.call("POST", place, body, key=shop.key).json()
    return _session(shop, user["id"])[0]


def _exported(shop: Shop) -> str:
    """Return an export about the shop, made."""
    asked = shop.call("POST", "/v1/exports", {"format": "csv"}).json()["id"]
    entity_id, jobs = parse_id(shop.entity, "ent"), shop.house.runtime.jobs
    ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(asked, "job"))
    attempt(jobs, ticket, threading.Event())
    return str(asked)


def _sibling(shop: Shop, *, live: bool = False) -> Shop:
    """Return another entity of the shop's account."""
    key = shop.account.new_key(environment="live") if live else shop.key
    body = shop.get(f"/v1/entities/{shop.entity}")
    body = {name: body[name] for name in ("name", "country_code", "seller")}
    answer = shop.account.call("POST", "/v1/entities", body, key=key)
    assert answer.status_code == 201, answer.text
    entity = str(answer.json()["id"])
    return Shop(shop.house, shop.account, entity, key, "live" if live else "sandbox")


def never(prefix: str) -> str:
    return public_id(prefix, new_id())


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


def leaks(
    town: Town, callers: Iterable[Caller], asked: Iterable[Operation] = PRIVATE
) -> tuple[int, list[str]]:
    """Ask for everything that is somebody else's; return how often, and what was given away."""
    cases, found = 0, []
    for caller in callers:
        for operation in asked:
            own = caller.own(operation)
            expected = 404 if caller.may(operation) else 403
            for name, values in caller.elsewhere(operation):
                cases += 1
                foreign = said(town.send(operation, caller.key, values))
                nobody = said(town.send(operation, caller.key, unknown(values, own)))
                if foreign != nobody or foreign[0] != expected:
                    found.append(f"{caller.name}: {operation}: {name}: {foreign} / {nobody}")
    return cases, found
