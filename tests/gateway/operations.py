"""Every operation of the API as the OpenAPI document describes it, and how a test calls it.

What a parameter or body member is, is told by its name. A name that nobody has decided about is an
error, so that a new endpoint cannot be forgotten by those who test all of them.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal
from urllib.parse import quote
from uuid import uuid4

from typing_extensions import override

from gateway.app import application
from gateway.kinds import DocumentKind
from tests.gateway.houses import invoice

In = Literal["path", "query", "header", "body"]

ID_NAMES: Mapping[str, str] = {
    "corrects": "document",
    "customer_id": "customer",
    "delivery_id": "delivery",
    "derived_from": "document",
    "document_id": "document",
    "endpoint_id": "endpoint",
    "email_id": "email",
    "entity_id": "entity",
    "Entity-Id": "entity",
    "entry_id": "entry",
    "invitation_id": "invitation",
    "export_id": "export",
    "item_id": "item",
    "job_id": "job",
    "key_id": "key",
    "link_id": "link",
    "received_id": "received",
    "payment_id": "payment",
    "related": "document",
    "recurring_id": "recurring",
    "series_id": "series",
    "session_id": "session",
    "template_id": "template",
    "share_link_id": "share_link",
    "settles": "document",
    "tax_id": "tax",
    "transmission_id": "transmission",
    "user_id": "user",
}
"""Names that hold an id, and of what."""

LINKS: Mapping[str, str] = {
    "corrects": "corrects",
    "customer_id": "customer_id",
    "derived_from": "derived_from",
    "item_id": "lines/0/item_id",
    "related": "related/0",
    "settles": "settles/0",
    "tax_id": "lines/0/tax_id",
}
"""Members of the body of a document that lead to other things, and where they stand in it; it
does without them."""

NUMBERS_OF_OTHERS = frozenset({"peppol_id", "vat_id"})
"""Members that end like an id of ours and are none."""

OTHER_NAMES = frozenset(
    {
        "action",
        "actor",  # a filter, like the next two
        "after",  # a place in the caller's own feed
        "apply",
        "as_of",
        "business",
        "color",
        "change_reason",
        "contact_type",
        "currency",
        "count",
        "cursor",  # a place in the caller's own list
        "date",
        "decimal",
        "deleted",
        "document_kind",
        "dry_run",
        "email",
        "finalize",
        "from",
        "group_by",
        "delivery-statement",  # signed; what it names is told by its signer
        "filename",
        "gtin",
        "idempotency-key",  # of the entity or account that calls
        "if-none-match",
        "kind",
        "language",
        "limit",
        "locale",
        "misaddressed",
        "mode",
        "name",  # of a kind of problem
        "new",
        "number",
        "old",
        "overdue",
        "payment_status",
        "profile",  # of the software
        "purpose",
        "reference",  # the caller's own name for a customer
        "rules",  # ids or families of official files, the same for everyone
        "search",
        "since",
        "sku",
        "state",
        "strict",
        "supplier",
        "template",
        "to",
        "until",
        "vat_id",
        "verdict",
        "wait",
        "xml",
    }
)
"""Names that hold none."""

SELF_BILLED = "/v1/self-billed-"

SELLER = {
    "name": "Bakery d.o.o.",
    "vat_identifier": "SI50223054",
    "postal_address": {"city": "Ljubljana", "country_code": "SI"},
}

BODIES: Mapping[str, Mapping[str, Any]] = {
    "ApiKeyInput": {"name": "matrix", "role": "auditor"},
    "CustomerChange": {"metadata": {"changed": "yes"}},
    "CustomerInput": {"name": "Matrix", "email": "matrix@example.com"},
    "ConversionInput": {"to": "receipt"},
    "CorrectionInput": {"reason": "matrix"},
    "Decision": {},
    "BulkDocumentsInput": {"documents": [{"body": invoice(profile="en16931-ubl")}]},
    "BulkIdsInput": {"ids": ["inv_x"]},
    "DiffInput": {"old": {**invoice(), "seller": SELLER}, "new": {**invoice(), "seller": SELLER}},
    "DocumentInput": invoice(profile="en16931-ubl"),  # whose layers run everywhere, also live
    "DocumentWithSeller": invoice(seller=SELLER),
    "EntityChange": {"metadata": {"changed": "yes"}},
    "AccountChange": {"metadata": {"changed": "yes"}},
    "EntityBody": {"name": "Matrix", "country": "Slovenia"},
    "ExportInput": {"format": "csv"},
    "ExplainInput": {"codes": ["BR-CO-15"], "document": {**invoice(), "seller": SELLER}},
    "ReplayInput": {"which": "failed", "since": "2026-01-01T00:00:00Z"},
    "SecretRotation": {"overlap_hours": 1},
    "ReceivedChange": {"metadata": {"changed": "yes"}},
    "RejectionInput": {"reason": "matrix"},
    "RemindInput": {"to": ["matrix@example.com"]},
    "SendInput": {"to": ["matrix@example.com"]},
    "ItemChange": {"metadata": {"changed": "yes"}},
    "ItemInput": {"name": "Matrix", "price": "1.10"},
    "PreviewInput": {"body": "Hello {{ customer }}"},
    "TaxChange": {"metadata": {"changed": "yes"}},
    "TaxInput": {"name": "Matrix", "rate": "22"},
    "TemplateChange": {"metadata": {"changed": "yes"}},
    "TemplateInput": {"name": "Matrix", "purpose": "text", "body": "Thank you, {{ customer }}."},
    "PaymentInput": {"amount": "0.01"},
    "Reason": {"reason": "matrix"},
    "ReversalInput": {"reason": "matrix"},
    "RecurringChange": {"name": "changed"},
    "RecurringInput": {
        "document": invoice(profile="en16931-ubl"),
        "schedule": {"frequency": "monthly", "start_date": "2999-01-31"},
    },
    "SeriesChange": {"archived": False},
    "SeriesInput": {"code": "M", "pattern": "{code}/{seq}"},
    "ShareLinkInput": {"metadata": {"for": "matrix"}},
    "WebhookEndpointChange": {"metadata": {"changed": "yes"}},
    "WebhookEndpointInput": {"url": "https://hooks.example/", "event_types": ["invoice.*"]},
    "LinkInput": {"expires_in": 60},
    "MemberChange": {"may_invite": False},
    "MemberInput": {"email": "matrix@example.com", "role": "viewer", "send_invite": True},
    "TokenInput": {"token": "gw_link_none"},
    "UserChange": {"name": "Matrix"},
    "UserInput": {"email": "matrix@example.com"},
}
"""A good body for each model that an operation takes."""

FILES: Mapping[str, tuple[bytes, str]] = {
    "/v1/customers/import": (b"name,reference\nMatrix,M-1\n", "text/csv"),
    "/v1/items/import": (b"name,sku\nMatrix,M-1\n", "text/csv"),
}
"""A good file, and its type, for operations whose body is one."""

PUBLIC: Mapping[tuple[str, str], str] = {
    ("GET", "/health"): "says that the process lives, to whoever watches it",
    ("GET", "/ready"): "says that the database answers, to whoever balances the load",
    ("GET", "/problems/{name}"): "documentation; every problem's type leads there",
    ("POST", "/v1/invitations/accept"): (
        "the token of the invitation tells whose it is, and who comes in"
    ),
    ("POST", "/v1/sessions"): "the token of the magic link tells whose it is, and who comes in",
    ("POST", "/v1/channels/sandbox-network/signals"): (
        "another access point calls, without key: the signature under the body tells who it is "
        "(tests/gateway/channels), and the message it names tells whose it is"
    ),
    ("POST", "/v1/channels/sandbox-network/deliveries"): (
        "the same (tests/gateway/inbox); the participant it names tells whose inbox it is for"
    ),
}
"""Operations without API key, each with the reason. They take no id of a tenant."""

FUNCTIONS: Mapping[tuple[str, str], str] = {
    ("POST", "/v1/convert"): "a function of the body alone: nothing is stored or looked up",
    ("POST", "/v1/diff"): "the same",
    ("POST", "/v1/explain"): "the same",
    ("POST", "/v1/inspect"): "the same",
    ("POST", "/v1/render"): "the same",
    ("POST", "/v1/validate"): "the same",
}
"""Operations that are POSTs for the sake of their body, and write nothing."""

QUERIES: Mapping[str, Mapping[str, str]] = {
    "/v1/convert": {"to": "en16931-ubl"},
    "/v1/log/consistency": {"old": "0", "new": "1"},
}
"""Parameters that an operation cannot do without."""

INSTALLATION: Mapping[tuple[str, str], str] = {
    ("GET", "/v1/event-types"): "what the software can tell; about nobody",
    ("GET", "/v1/log/checkpoint"): "hashes over all tenants together; shows no one's rows",
    ("GET", "/v1/log/consistency"): "the same",
    ("GET", "/v1/log/key"): "the public key of the installation's log",
    ("GET", "/v1/profiles"): "what the software can write; about nobody",
    **FUNCTIONS,
}
"""Operations that need a key, any key, and are about nobody in particular."""

OF_ISSUED = ("/send", "/share-links", "/remind")
"""How the addresses end that write about an issued document, and not about a draft."""

ACCOUNT_ONLY = frozenset(
    {
        ("GET", "/v1/account"),
        ("PATCH", "/v1/account"),
        ("POST", "/v1/entities"),
        ("DELETE", "/v1/entities/{entity_id}"),
        ("GET", "/v1/api-keys"),
        ("POST", "/v1/api-keys"),
        ("GET", "/v1/api-keys/{key_id}"),
        ("DELETE", "/v1/api-keys/{key_id}"),
        ("GET", "/v1/users"),
        ("POST", "/v1/users"),
        ("GET", "/v1/users/{user_id}"),
        ("PATCH", "/v1/users/{user_id}"),
        ("DELETE", "/v1/users/{user_id}"),
    }
)
"""What a key of one entity may not do: 403, whatever the id is."""

SESSION_ONLY = frozenset({("GET", "/v1/sessions/current"), ("DELETE", "/v1/sessions/current")})
"""What a session asks and does about itself, an auditor's too: 404 for a key."""


CONFLICTS: Mapping[tuple[str, str], str] = {
    ("DELETE", "/v1/entities/{entity_id}"): "it has issued documents, which must be kept",
    ("POST", "/v1/emails/{email_id}/retry"): "only what failed is sent again, and nothing did",
}
"""What cannot be done with one's own stock, and why: 409."""

PERHAPS: Mapping[tuple[str, str], str] = {
    ("POST", "/v1/documents/{document_id}/corrections"): "while it is a draft",
    ("POST", "/v1/documents/{document_id}/void"): "the same, or on its way",
    ("POST", "/v1/documents/{document_id}/payments"): "the same",
    **{
        ("POST", f"/v1/documents/{{document_id}}/{verb}"): "an invoice is not decided about"
        for verb in ("accept", "reject", "cancel")
    },
    **{
        (method, f"/v1/{kind.collection}/{{document_id}}"): "it was issued meanwhile"
        for kind in DocumentKind
        for method in ("DELETE", "PUT")
    },
}
"""What depends on what was done with the stock before: done, or 409 for this reason."""


@dataclass(frozen=True)
class Place:
    """A part of a request that holds an id."""

    where: In
    name: str

    @property
    def of(self) -> str:
        return ID_NAMES[self.name]

    @property
    def optional(self) -> bool:
        """A link of a document's body, which is good without it."""
        return self.where == "body" and self.name in LINKS

    @override
    def __str__(self) -> str:
        return f"{self.where} {self.name}"


@dataclass(frozen=True)
class Operation:
    """One operation of the API."""

    method: str
    path: str
    places: tuple[Place, ...]
    body: str | None
    described: Mapping[str, Any]

    @override
    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        return self.method, self.path

    @property
    def writes(self) -> bool:
        reads = self.method == "GET" or self.path.endswith("/preview")
        return not reads and self.key not in FUNCTIONS

    @property
    def asks_all(self) -> bool:
        """Of ten collections made by one function, one stands for all where links are tried."""
        return self.path.startswith("/v1/invoices")

    @property
    def names_entity(self) -> bool:
        """An account's key must say which entity this is about."""
        return Place("header", "Entity-Id") in self.places

    @property
    def document_kind(self) -> str:
        """Which document of a stock it takes: of this kind, issued or still a draft."""
        kind = next((k for k in DocumentKind if f"/{k.collection}" in self.path), None)
        draft = self.writes and not self.path.endswith(OF_ISSUED)
        return f"{kind or DocumentKind.INVOICE}{'_draft' if draft else ''}"

    def request(self, values: Mapping[Place, str]) -> tuple[str, dict[str, Any]]:
        """Return the address and the client's further arguments, with ids in their places."""
        path, headers = self.path, dict[str, str]()
        query = dict(QUERIES.get(self.path, {}))
        body = None if self.body is None else deepcopy(dict(BODIES[self.body]))
        if self.body == "SeriesInput" and body is not None:
            body["code"] = f"M{uuid4().hex[:20]}"
        if self.body in {"MemberInput", "UserInput"} and body is not None:
            body["email"] = f"{uuid4().hex}@example.com"
        if self.body == "DocumentInput" and body is not None and self.path.startswith(SELF_BILLED):
            body = self_billed(body)
        for place, value in values.items():
            if place.where == "path":
                path = path.replace(f"{{{place.name}}}", quote(value, safe=""))
            elif place.where == "query":
                query[place.name] = value
            elif place.where == "header":
                headers[place.name] = value
            elif body is not None:
                links = LINKS if self.body == "DocumentInput" else {}
                _put(body, links.get(place.name, place.name).split("/"), value)
        path = path.replace("{name}", "not-found")
        if self.path in FILES:
            content, kind = FILES[self.path]
            headers["Content-Type"] = kind
            return path, {"params": query, "headers": headers, "content": content}
        return path, {"params": query, "headers": headers} | (
            {} if body is None else {"json": body}
        )


def self_billed(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body in which the entity buys from the one who would have bought."""
    written = {name: value for name, value in body.items() if name != "buyer"}
    return {**written, "seller": {**SELLER, "name": "Supplier d.o.o."}}


def operations() -> Iterator[Operation]:
    """Yield every operation.

    Raises:
        AssertionError: A parameter, body model or id in a body is new: decide what it is, above.
    """
    described = application(max_body_bytes=0).openapi()
    models = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            places = [_place(part) for part in operation.get("parameters", ())]
            model = _model(operation)
            assert model is None or model in BODIES, f"no body for {model}"
            places += _ids_within(model, models)
            if path.startswith(SELF_BILLED):  # there the entity itself is the customer
                places = [one for one in places if one != Place("body", "customer_id")]
            yield Operation(method.upper(), path, tuple(filter(None, places)), model, operation)


def _place(part: Mapping[str, Any]) -> Place | None:
    name = part["name"]
    assert name in ID_NAMES or name in OTHER_NAMES, f"is the parameter {name} an id, and of what?"
    return Place(part["in"], name) if name in ID_NAMES else None


def _model(operation: Mapping[str, Any]) -> str | None:
    schemas = [
        content["schema"]
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    names = [schema["$ref"].rpartition("/")[2] for schema in schemas if "$ref" in schema]
    return names[0] if names else None


def _ids_within(model: str | None, models: Mapping[str, Any]) -> list[Place]:
    """Return the members of a body that hold an id: those called id or ..._id, at any depth."""
    found, seen, ahead = list[Place](), set[str](), [model] if model else []
    while ahead:
        name = ahead.pop()
        if name in seen:
            continue
        seen.add(name)
        for member, schema in models[name].get("properties", {}).items():
            if member in NUMBERS_OF_OTHERS:
                continue
            if name in {"DocumentInput", "LineInput"} and member in LINKS:
                found += [Place("body", member)] if model == "DocumentInput" else []
                continue
            if member == "id" or member.endswith("_id"):
                assert member in ID_NAMES, f"is the member {member} of {name} an id, and of what?"
                assert name == model, f"{member} stands deeper in the body: say how to fill it in"
                found.append(Place("body", member))
            ahead += [text.rpartition("/")[2] for text in _references(schema)]
    return found


def _put(body: Any, path: list[str], value: str) -> None:  # noqa: ANN401 - JSON
    """Put a value into a body, at a path whose last step may begin a list."""
    for step, after in pairwise(path):
        if isinstance(body, list):
            body = body[int(step)]
        else:
            body = body.setdefault(step, [] if after.isdigit() else {})
    if isinstance(body, list):
        body.append(value)
    else:
        body[path[-1]] = value


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)
