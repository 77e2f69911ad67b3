"""What an entity has: one thing of each sort."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from freezegun import freeze_time

from gateway.chains import foreign
from gateway.chains import service as chains
from gateway.chains.repository import ForeignRow
from gateway.chains.service import Link
from gateway.jobs.execution import Ticket, attempt
from gateway.jobs.service import enqueue
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import Tenant
from gateway.stamps import service as stamps
from gateway.stamps.service import Stamp
from tests.gateway.houses import Shop, invoice
from tests.gateway.matrix.bodies import BODIES, SELLER, self_billed
from tests.gateway.matrix.keys import HELD, NEXT
from tests.gateway.matrix.operations import Operation, Place


@dataclass(frozen=True)
class Stock:
    """One thing of each sort that an entity has; what is called `document` depends on who asks.

    An operation that takes its thing away, or wants it in another state, has one of its own:
    `"<sort>, <operation>"`.
    """

    ids: Mapping[str, str]

    def of(self, operation: Operation, place: Place) -> str | None:
        if place.of == "document" and operation.path.endswith("/preflight"):
            return self.ids["unflown"]
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
            ("premise", "premises", {**BODIES["PremiseInput"], "code": "STOCK"}),
        ):
            ids[name] = shop.call("POST", f"/v1/{collection}", made).json()["id"]
        answer = shop.call("POST", f"/v1/documents/{ids['invoice']}/share-links", {})
        ids["share_link"] = answer.json()["id"]
        ids["unflown"] = shop.draft(body, "invoices")["id"]
        answer = shop.call("POST", "/v1/invoices?async=true", body)
        ids["intake"] = answer.json()["id"]
        ids["series"] = shop.series("INV")["id"]
        key = {"name": "spare", "role": "auditor", "entity_id": shop.entity}
        answer = shop.account.call("POST", "/v1/api-keys", key, key=shop.key)
        ids["key"] = answer.json()["id"]
        ids |= _people(shop)
        ids["job"] = _asked(shop)
        ids["export"] = _made(shop, "exports", {"format": "csv"})
        ids["exit"] = _made(shop, "exits", {})
        ids["revalidation"] = _made(shop, "archive/revalidations", {"directions": ["received"]})
        ids["endpoint"], ids["delivery"] = _hooked(shop)
        ids |= _received(shop)
        ids |= _checked(shop, ids["customer"])
        ids |= _recurring(shop)
        ids |= _keys(shop)
        ids |= _secrets(shop)
        ids |= _destroyed(shop)  # before the hold, which spares everything
        ids |= _erased(shop)
        ids |= _held(shop)
        ids |= _audited(shop)
        ids |= _retrieved(shop)
        ids["chain"] = _chained(shop, ids["invoice"])
        return cls(ids)


def _chained(shop: Shop, document: str) -> str:
    """Return a chain of the shop with one record and one that only the authority has, stamped."""
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)
    document_id, now, key = parse_id(document, "inv"), clock.now(), f"matrix/{shop.entity}"
    stamp = Stamp(authority="matrix", kind="registration", identifier="1", at=now)
    known = ForeignRow(chain_key=key, sequence=9, digest="d")
    with shop.house.runtime.database.transaction(tenant) as tx:
        row = chains.extend(
            tx,
            key,
            document_id=document_id,
            now=now,
            build=lambda _: Link("d", shop.entity.encode()),
        )
        foreign.note(tx, known, now)
        stamps.put(tx, document_id, stamp, now=now)
    return public_id("chn", row.chain_id)


def _hooked(shop: Shop) -> tuple[str, str]:
    """Return a webhook endpoint of the shop, and a message on its way there."""
    body = {"url": "https://hooks.example/", "entity_id": shop.entity}
    endpoint = shop.account.call("POST", "/v1/webhook-endpoints", body, key=shop.key).json()["id"]
    path = f"/v1/webhook-endpoints/{endpoint}/test"
    return endpoint, shop.account.call("POST", path, key=shop.key).json()["id"]


def _keys(shop: Shop) -> dict[str, str]:
    """Return keys in the vault: one with its certificate, its successor, two that end."""
    made = {}
    for name, body in (("signing_key", HELD.body), ("successor", NEXT.body)):
        made[name] = shop.call("POST", "/v1/signing-keys/import", body).json()
    ids = {name: key["id"] for name, key in made.items()}
    ids["certificate"] = made["signing_key"]["certificates"][0]["id"]
    path = "/v1/signing-keys/{signing_key_id}"
    for operation in (f"DELETE {path}", f"POST {path}/rotate"):
        body = {**BODIES["SigningKeyInput"], "bare": operation.startswith("POST")}
        key = shop.call("POST", "/v1/signing-keys", body).json()
        ids[f"signing_key, {operation}"] = key["id"]
    return ids


def _secrets(shop: Shop) -> dict[str, str]:
    """Return secrets in the vault: one that stays, one that is wiped."""
    made = [shop.call("POST", "/v1/secrets", BODIES["SecretInput"]).json() for _ in range(2)]
    first, second = (one["id"] for one in made)
    return {"secret": first, "secret, DELETE /v1/secrets/{secret_id}": second}


def _held(shop: Shop) -> dict[str, str]:
    """Return legal holds: one that stays, one that ends."""
    home = "/v1/retention/holds"
    first, second = (shop.call("POST", home, BODIES["HoldInput"]).json()["id"] for _ in range(2))
    return {"hold": first, f"hold, POST {home}/{{hold_id}}/end": second}


def _audited(shop: Shop) -> dict[str, str]:
    """Return invited auditors: one whose access stays, one whose access ends."""
    made = (shop.call("POST", "/v1/auditors", BODIES["AuditorInput"]) for _ in range(2))
    first, second = (str(one.json()["id"]) for one in made)
    return {"auditor": first, "auditor, DELETE /v1/auditors/{auditor_id}": second}


def _destroyed(shop: Shop) -> dict[str, str]:
    """Return destructions: one that is done, two to be decided about; and what was destroyed."""
    home, ids = "/v1/retention/destructions", dict[str, str]()
    key = shop.account.new_key(environment=shop.environment)
    sorts = (
        "destruction",
        f"destruction, POST {home}/{{destruction_id}}/approve",
        f"destruction, POST {home}/{{destruction_id}}/reject",
    )
    with freeze_time("2015-03-01T12:00:00Z"):
        bodies = (
            invoice(seller=SELLER, number=f"OLD-{n}", issue_date="2015-03-01") for n in "123"
        )
        documents = [shop.call("POST", "/v1/inbox", body).json()["id"] for body in bodies]
    for sort, document in zip(sorts, documents, strict=True):
        made = shop.call("POST", home, {"document_ids": [document]}, key=key)
        assert made.status_code == 201, made.text
        ids[sort] = made.json()["id"]
        ids.setdefault("destroyed", document)
    job = shop.call("POST", f"{home}/{ids['destruction']}/approve", {}).json()["job_id"]
    entity_id = parse_id(shop.entity, "ent")
    ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(job, "job"))
    attempt(shop.house.runtime.jobs, ticket, threading.Event())
    return ids


def _erased(shop: Shop) -> dict[str, str]:
    """Return erasures, each of a customer of its own: one that stays, two to be decided about."""
    home, ids = "/v1/retention/erasures", dict[str, str]()
    key = shop.account.new_key(environment=shop.environment)
    path = f"{home}/{{erasure_id}}"
    for sort in ("erasure", f"erasure, POST {path}/approve", f"erasure, POST {path}/reject"):
        name = {"name": f"{sort} of {shop.entity}"}
        customer = shop.call("POST", "/v1/customers", name).json()["id"]
        asked = shop.call("POST", home, {"customer_id": customer}, key=key)
        assert asked.status_code == 201, asked.text
        ids[sort] = asked.json()["id"]
    return ids


def _checked(shop: Shop, customer: str) -> dict[str, str]:
    """Return a check of a VAT number, a batch of them, and a customer whose watch may end."""
    made = shop.call("POST", "/v1/customers", {"name": f"Watched by {shop.entity}"}).json()["id"]
    for one in (customer, made):
        answer = shop.call("PUT", f"/v1/customers/{one}/vat-watch", {})
        assert answer.status_code == 200, answer.text
    batch = shop.call("POST", "/v1/vat-checks/batch", BODIES["VatBatchInput"]).json()
    check = shop.call("POST", "/v1/vat-checks", BODIES["VatCheckInput"]).json()
    path = "/v1/customers/{customer_id}/vat-watch"
    return {"batch": batch["id"], "check": check["id"], f"customer, DELETE {path}": made}


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


def session(shop: Shop, user_id: str) -> tuple[str, str]:
    """Return token and id of a new session of a user of the shop."""
    links = f"/v1/entities/{shop.entity}/users/{user_id}/tokens"
    link = shop.account.call("POST", links, {}, key=shop.key).json()
    answer = shop.house.client.post("/v1/sessions", json={"token": link["token"]})
    assert answer.status_code == 201, answer.text
    return answer.json()["token"], answer.json()["id"]


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
    _, opened = session(shop, made["id"])
    unused = shop.account.call("POST", links, {}, key=shop.key).json()
    return {
        "user": made["id"],
        "invitation": made["invitation"]["id"],
        "link": unused["id"],
        "session": opened,
    }


def _retrieved(shop: Shop) -> dict[str, str]:
    """Return the evidence of what the shop issued, in one file, and of what it received."""
    homes = [f"evidence-sets/{way}/bundles" for way in ("issued", "received")]
    first, second = (_made(shop, home, {}) for home in homes)
    received = f"retrieval, GET /v1/{homes[1]}/{{retrieval_id}}/file"
    return {"retrieval": first, received: second}


def _made(shop: Shop, what: str, body: object = None) -> str:
    """Return a job about the shop that leaves a file, done."""
    asked = shop.call("POST", f"/v1/{what}", body).json()["id"]
    entity_id, jobs = parse_id(shop.entity, "ent"), shop.house.runtime.jobs
    ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(asked, "job"))
    attempt(jobs, ticket, threading.Event())
    return str(asked)
