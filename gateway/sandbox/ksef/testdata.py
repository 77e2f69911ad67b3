"""`/testdata`: what the test environment lets anybody set up."""

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.shelf import Json


def _add(ask: Ask, kind: str, identifier: str, value: Json) -> Reply:
    ask.must("K801", kept=ask.office.shelf.get(kind, identifier) is None, details=identifier)
    ask.office.shelf.put(kind, identifier, value)
    return answered()


def _remove(ask: Ask, kind: str, identifier: str) -> Reply:
    ask.office.shelf.drop(kind, identifier)
    return answered()


def _subject(ask: Ask) -> Reply:
    said = ask.body("subjectNip", "subjectType", "description")
    return _add(ask, "subject", str(said["subjectNip"]), said)


def _person(ask: Ask) -> Reply:
    said = ask.body("nip", "pesel", "isBailiff", "description")
    return _add(ask, "person", str(said["nip"]), said)


def _named(value: Json) -> list[str]:
    return [str(value.get("type")), str(value.get("value"))]


def _permissions(ask: Ask) -> Reply:
    said = ask.body("contextIdentifier", "authorizedIdentifier", "permissions")
    kind, number = _named(said["contextIdentifier"])
    context = f"{kind}:{number}"
    for one in said["permissions"]:
        grant = {
            "id": ask.office.identifier("grant"),
            "context": context,
            "author": ["System", ""],
            "to": _named(said["authorizedIdentifier"]),
            "permission": one["permissionType"],
            "description": one["description"],
            "at": written(ask.now),
            "kind": "person",
        }
        ask.office.shelf.put("grant", str(grant["id"]), grant, context)
    return answered()


def _no_permissions(ask: Ask) -> Reply:
    said = ask.body("contextIdentifier", "authorizedIdentifier")
    context = ":".join(_named(said["contextIdentifier"]))
    whom = _named(said["authorizedIdentifier"])
    for one in ask.office.shelf.all("grant", context):
        if one["to"] == whom:
            ask.office.shelf.drop("grant", one["id"])
    return answered()


def _attachments(ask: Ask) -> Reply:
    nip = str(ask.body("nip")["nip"])
    ask.office.shelf.put("attachments", nip, {"at": written(ask.now)})
    return answered()


def _blocked(ask: Ask) -> str:
    return ":".join(_named(ask.body("contextIdentifier")["contextIdentifier"]))


def _block(ask: Ask) -> Reply:
    ask.office.shelf.put("blocked", _blocked(ask), {"at": written(ask.now)})
    return answered()


HANDLERS = {
    "add_subject": _subject,
    "remove_subject": lambda ask: _remove(
        ask, "subject", str(ask.body("subjectNip")["subjectNip"])
    ),
    "add_person": _person,
    "remove_person": lambda ask: _remove(ask, "person", str(ask.body("nip")["nip"])),
    "add_permissions": _permissions,
    "remove_permissions": _no_permissions,
    "allow_attachments": _attachments,
    "forbid_attachments": lambda ask: _remove(ask, "attachments", str(ask.body("nip")["nip"])),
    "block": _block,
    "unblock": lambda ask: _remove(ask, "blocked", _blocked(ask)),
}
