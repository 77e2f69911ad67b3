"""What kind of entity somebody is, as `/testdata` set it up: authorities, groups, their units."""

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import granted
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.shelf import Json

_OWN = {
    "EnforcementAuthority": "EnforcementAuthority",
    "VatGroup": "VatGroupUnit",
    "JST": "LocalGovernmentUnit",
}
_UNITS = {"VatGroup": "VatGroupSubUnit", "JST": "LocalGovernmentSubUnit"}


def _roles(ask: Ask) -> Reply:
    nip = granted.nip_of(ask.context)
    found: list[Json] = []
    for one in ask.office.shelf.all("subject"):
        started = one.get("createdDate") or written(ask.now)
        if one["subjectNip"] == nip:
            role = _OWN[one["subjectType"]]
            found.append({"role": role, "description": one["description"], "startDate": started})
        below = _UNITS.get(one["subjectType"])
        found += [
            {
                "parentEntityIdentifier": {"type": "Nip", "value": one["subjectNip"]},
                "role": below,
                "description": unit["description"],
                "startDate": started,
            }
            for unit in one.get("subunits") or []
            if unit["subjectNip"] == nip and below is not None
        ]
    person = ask.office.shelf.get("person", nip)
    if person is not None and person["isBailiff"]:
        started = person.get("createdDate") or written(ask.now)
        said = {"role": "CourtBailiff", "description": person["description"]}
        found.append({**said, "startDate": started})
    return _paged(ask, found)


def _subordinates(ask: Ask) -> Reply:
    said = ask.body()
    wanted = (said.get("subordinateEntityIdentifier") or {}).get("value")
    own = ask.office.shelf.get("subject", granted.nip_of(ask.context)) or {}
    role = _UNITS.get(str(own.get("subjectType")))
    found: list[Json] = [
        {
            "subordinateEntityIdentifier": {"type": "Nip", "value": unit["subjectNip"]},
            "role": role,
            "description": unit["description"],
            "startDate": own.get("createdDate") or written(ask.now),
        }
        for unit in own.get("subunits") or []
        if role is not None and wanted in {None, unit["subjectNip"]}
    ]
    return _paged(ask, found)


def _paged(ask: Ask, found: list[Json]) -> Reply:
    page = ask.offset(found, 10, 10, 100)
    more = (int(ask.query("pageOffset", "0")) + 1) * ask.size(10, 10, 100) < len(found)
    return answered({"roles": page, "hasMore": more})


HANDLERS = {"query_roles": _roles, "query_subordinates": _subordinates}
