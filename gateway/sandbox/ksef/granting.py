"""Permissions: granted, revoked and looked up, for persons, entities and subunits.

What is not here answers that it is not built: indirect grants, EU entities.
"""

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import granted
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.shelf import Json

_MORE = ("subjectDetails", "subunitName")
_TAKEN = "Operacja przyjęta do realizacji"


def _done(ask: Ask, code: int = 200, text: str = "Operacja zakończona sukcesem") -> Reply:
    reference = ask.office.number("EG", ask.now)
    due = ask.now.timestamp() + ask.office.script.grant_seconds
    known = {"status": {"code": code, "description": text}, "due": due}
    ask.office.shelf.put("operation", reference, known, ask.context)
    return answered({"referenceNumber": reference}, 202)


def _enter(  # noqa: PLR0913 - what a grant is
    ask: Ask, said: Json, kind: str, permission: str, context: str, *, delegate: bool = False
) -> None:
    whom = said["subjectIdentifier"]
    grant = {
        "id": ask.office.identifier("grant"),
        "kind": kind,
        "context": context,
        "author": ask.who["subject"],
        "to": [whom["type"], whom["value"]],
        "permission": permission,
        "description": said["description"],
        "delegate": delegate,
        "at": written(ask.now),
        "granted_in": ask.context,
        **{name: said[name] for name in _MORE if said.get(name)},
    }
    where = "authorization" if kind == "authorization" else "grant"
    ask.office.shelf.put(where, str(grant["id"]), grant, context)


def _person(ask: Ask) -> Reply:
    said = ask.body("subjectIdentifier", "permissions", "description", "subjectDetails")
    ask.must("K001", kept=set(said["permissions"]) <= granted.OWNER, details="permissions")
    for permission in said["permissions"]:
        _enter(ask, said, "person", permission, ask.context)
    return _done(ask)


def _entity(ask: Ask) -> Reply:
    said = ask.body("subjectIdentifier", "permissions", "description", "subjectDetails")
    for one in said["permissions"]:
        delegate = bool(one.get("canDelegate"))
        _enter(ask, said, "entity", str(one["type"]), ask.context, delegate=delegate)
    return _done(ask)


def _authorization(ask: Ask) -> Reply:
    said = ask.body("subjectIdentifier", "permission", "description", "subjectDetails")
    _enter(ask, said, "authorization", said["permission"], ask.context)
    return _done(ask)


def _subunit(ask: Ask) -> Reply:
    said = ask.body("subjectIdentifier", "contextIdentifier", "description", "subjectDetails")
    where = said["contextIdentifier"]
    ours = str(where["value"]).startswith(granted.nip_of(ask.context))
    if where["type"] == "InternalId" and not ours:
        return _done(ask, 410, "Podane identyfikatory są niezgodne")
    _enter(ask, said, "subunit", "CredentialsManage", f"{where['type']}:{where['value']}")
    return _done(ask)


def _revoke(ask: Ask, kind: str) -> Reply:
    name = ask.values["permissionId"]
    found = ask.office.shelf.get(kind, name)
    ours = found is not None and ask.context in {found["context"], found.get("granted_in")}
    if not ours:
        return _done(ask, 400, "Operacja zakończona niepowodzeniem")
    ask.office.shelf.drop(kind, name)
    return _done(ask)


def _operation(ask: Ask) -> Reply:
    name = ask.values["referenceNumber"]
    found = ask.office.shelf.get("operation", name)
    ask.must("K001", kept=found is not None, details=f"referenceNumber {name}")
    assert found is not None  # noqa: S101 - the rule was kept
    if ask.now.timestamp() < found["due"]:
        return answered({"status": {"code": 100, "description": _TAKEN}})
    return answered({"status": found["status"]})


def _typed(pair: list[str]) -> Json:
    return {"type": pair[0], "value": pair[1] or None}


def _context_of(one: Json) -> Json:
    kind, _, value = one["context"].partition(":")
    return {"type": kind, "value": value}


def _paged(ask: Ask, known: list[Json], name: str, described: list[Json]) -> Reply:
    page = ask.offset(described, 10, 10, 100)
    more = (int(ask.query("pageOffset", "0")) + 1) * ask.size(10, 10, 100) < len(known)
    return answered({name: page, "hasMore": more})


def _persons(ask: Ask) -> Reply:
    said = ask.body("queryType")
    wanted, whom = said.get("permissionTypes"), said.get("authorizedIdentifier") or {}
    known = [
        one
        for one in ask.office.shelf.all("grant", ask.context)
        if one["kind"] == "person"
        and (not wanted or one["permission"] in wanted)
        and whom.get("value") in {None, one["to"][1]}
    ]
    described = [
        {
            "id": one["id"],
            "authorizedIdentifier": _typed(one["to"]),
            "contextIdentifier": _context_of(one),
            "authorIdentifier": _typed(one["author"]),
            "permissionScope": one["permission"],
            "description": one["description"],
            "permissionState": "Active",
            "startDate": one["at"],
            "canDelegate": False,
        }
        for one in known
    ]
    return _paged(ask, known, "permissions", described)


def _own(ask: Ask) -> Reply:
    said = ask.body()
    wanted, inactive = said.get("permissionTypes"), said.get("permissionState") == "Inactive"
    known = [
        one
        for one in ask.office.shelf.all("grant", ask.context)
        if one["to"] == ask.who["subject"]
        and (not wanted or one["permission"] in wanted)
        and not inactive
    ]
    described = [
        {
            "id": one["id"],
            "contextIdentifier": _context_of(one),
            "authorizedIdentifier": _typed(one["to"]),
            "permissionScope": one["permission"],
            "description": one["description"],
            "permissionState": "Active",
            "startDate": one["at"],
            "canDelegate": False,
        }
        for one in known
    ]
    return _paged(ask, known, "permissions", described)


def _entities(ask: Ask) -> Reply:
    _, _, number = ask.context.partition(":")
    known = [
        one
        for one in ask.office.shelf.all("grant")
        if one["kind"] == "entity" and one["to"] == ["Nip", number]
    ]
    described = [
        {
            "id": one["id"],
            "contextIdentifier": _context_of(one),
            "permissionScope": one["permission"],
            "description": one["description"],
            "startDate": one["at"],
            "canDelegate": one["delegate"],
        }
        for one in known
    ]
    return _paged(ask, known, "permissions", described)


def _subunits(ask: Ask) -> Reply:
    known = [
        one
        for one in ask.office.shelf.all("grant")
        if one["kind"] == "subunit" and one["granted_in"] == ask.context
    ]
    described = []
    for one in known:
        said = {
            "id": one["id"],
            "authorizedIdentifier": _typed(one["to"]),
            "subunitIdentifier": _context_of(one),
            "authorIdentifier": _typed(one["author"]),
            "permissionScope": one["permission"],
            "description": one["description"],
            "startDate": one["at"],
        }
        described.append({**said, "subunitName": one.get("subunitName")})
    return _paged(ask, known, "permissions", described)


def _authorizations(ask: Ask) -> Reply:
    said = ask.body("queryType")
    _, _, number = ask.context.partition(":")
    known = [
        one
        for one in ask.office.shelf.all("authorization")
        if (
            one["context"] == ask.context
            if said["queryType"] == "Granted"
            else one["to"][1] == number
        )
    ]
    described = [
        {
            "id": one["id"],
            "authorIdentifier": _typed(one["author"]),
            "authorizedEntityIdentifier": _typed(one["to"]),
            "authorizingEntityIdentifier": _context_of(one),
            "authorizationScope": one["permission"],
            "description": one["description"],
            "startDate": one["at"],
        }
        for one in known
    ]
    return _paged(ask, known, "authorizationGrants", described)


def _attachments(ask: Ask) -> Reply:
    found = ask.office.shelf.get("attachments", granted.nip_of(ask.context))
    return answered({"isAttachmentAllowed": found is not None})


HANDLERS = {
    "grant_person": _person,
    "grant_entity": _entity,
    "grant_authorization": _authorization,
    "grant_subunit": _subunit,
    "revoke_grant": lambda ask: _revoke(ask, "grant"),
    "revoke_authorization": lambda ask: _revoke(ask, "authorization"),
    "operation_status": _operation,
    "query_persons": _persons,
    "query_own": _own,
    "query_entities": _entities,
    "query_subunits": _subunits,
    "query_authorizations": _authorizations,
    "attachments": _attachments,
    "peppol": lambda _: answered({"peppolProviders": [], "hasMore": False}),
}
