"""KSeF tokens: made after a login, shown once, revoked for good."""

import hashlib

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import access, granted
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.shelf import Json

_KINDS = frozenset({"Nip", "InternalId"})


def _new(ask: Ask) -> Reply:
    said = ask.body("permissions", "description")
    kind, _, value = ask.context.partition(":")
    ask.must("K602", kept=kind in _KINDS, details=kind)
    wanted = {str(one) for one in said["permissions"]}
    missing = wanted - access.permissions(ask)
    ask.must("K001", kept=bool(wanted) and wanted <= granted.OWNER, details="permissions")
    ask.must("K601", kept=not missing, details=", ".join(sorted(missing)))
    reference = ask.office.number("EC", ask.now)
    random = ask.office.identifier("secret") + ask.office.identifier("secret")
    digits = hashlib.sha256(ask.office.secret + random.encode()).hexdigest()
    token = f"{reference}|{kind.lower()}-{value}|{digits}"
    known = {
        "referenceNumber": reference,
        "context": ask.context,
        "author": ask.who["subject"],
        "description": said["description"],
        "requestedPermissions": sorted(wanted),
        "at": written(ask.now),
        "status": "Active",
        "due": ask.now.timestamp() + ask.office.script.grant_seconds,
        "digest": hashlib.sha256(token.encode()).hexdigest(),
    }
    ask.office.shelf.put("token", reference, known, ask.context)
    return answered({"referenceNumber": reference, "token": token}, 202)


def _described(ask: Ask, one: Json) -> Json:
    kind, _, value = one["context"].partition(":")
    author, number = one["author"]
    return {
        "referenceNumber": one["referenceNumber"],
        "authorIdentifier": {"type": author, "value": number},
        "contextIdentifier": {"type": kind, "value": value},
        "description": one["description"],
        "requestedPermissions": one["requestedPermissions"],
        "dateCreated": one["at"],
        "status": granted.token_status(one, ask.now),
    }


def _all(ask: Ask) -> Reply:
    wanted = set(ask.queries("status"))
    known = [
        one
        for one in reversed(ask.office.shelf.all("token", ask.context))
        if not wanted or granted.token_status(one, ask.now) in wanted
    ]
    page, following = ask.paged(known, 10, 100)
    described = [_described(ask, one) for one in page]
    return answered({"continuationToken": following, "tokens": described})


def _known(ask: Ask) -> Json:
    name = ask.values["referenceNumber"]
    found = ask.office.shelf.get("token", name)
    ours = found is not None and found["context"] == ask.context
    ask.must("K001", kept=ours, details=f"referenceNumber {name}")
    assert found is not None  # noqa: S101 - the rule was kept
    return found


def _revoke(ask: Ask) -> Reply:
    found = _known(ask)
    ask.office.shelf.change("token", found["referenceNumber"], status="Revoked")
    return answered(status=204)


HANDLERS = {
    "new_token": _new,
    "tokens": _all,
    "token": lambda ask: answered(_described(ask, _known(ask))),
    "revoke_token": _revoke,
}
