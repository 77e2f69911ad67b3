"""Finding documents: one form for all that somebody may hold in hand, and pages of what fits."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from gateway.evidence_sets import service
from gateway.kit.pagination import read_id_cursor, write_cursor
from gateway.kit.scope import Direction
from gateway.problems import RequestInvalidProblem
from gateway.sought import Found, Sought
from gateway.tenants.permissions import INVITED
from gateway.web.audit.room import Visit, opened
from gateway.web.audit.speech import Speech

router = APIRouter(include_in_schema=False)

PAGE = 25
WAYS: tuple[Direction, ...] = get_args(Direction)
_AMOUNT = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,12})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_LONGEST = {"number": 200, "party": 200, "vat_id": 50, "authority_id": 500}


@router.get("/audit", name="audit_search")
def search(request: Request) -> Response:
    """Show the form, and the newest documents that fit what was put into it."""
    return opened(request, "list", _shown)


def _shown(visit: Visit) -> Response:
    ways = [way for way in WAYS if INVITED[way] in visit.caller.permissions]
    form = Form.read(dict(visit.request.query_params), ways)
    rows: list[Found] = []
    if not form.wrong:
        rows = service.find(
            visit.tx,
            form.direction,
            form.sought(),
            authority_id=form.values["authority_id"] or None,
            sha256=bytes.fromhex(form.values["sha256"]) if form.values["sha256"] else None,
            before=form.before,
            limit=PAGE + 1,
        )
    more = {"cursor": write_cursor(rows[PAGE - 1].id)} if len(rows) > PAGE else None
    return visit.page(
        "audit_search.html",
        form=form,
        ways=ways,
        period=visit.caller.period,
        rows=[_row(one, form.direction, visit.speech) for one in rows[:PAGE]],
        next_page=None if more is None else form.address | more,
        first_page=form.address if form.before else None,
        query=urlencode,
    )


@dataclass(slots=True)
class Form:
    """What was put into the form.

    Attributes:
        direction: Issued documents or received ones.
        values: As written, by field; empty where nothing was.
        wrong: Fields that cannot be read, with the key of the words that say why.
        before: After which document the page begins.
    """

    direction: Direction
    values: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    before: Any = None

    @classmethod
    def read(cls, given: Mapping[str, str], ways: list[Direction]) -> "Form":
        """Read a query; what is not readable is named, never guessed."""
        named = given.get("direction")
        direction = next((way for way in ways if way == named), ways[0])
        values = {name: given.get(name, "").strip() for name in _FIELDS}
        values["currency"] = values["currency"].upper()
        form = cls(direction, values)
        for name, fits in _FIELDS.items():
            if values[name] and not fits(values[name]):
                form.wrong[name] = "wrong_value"
        if (values["total_from"] or values["total_until"]) and not values["currency"]:
            form.wrong["currency"] = "wrong_currency"
        try:
            form.before = read_id_cursor(given.get("cursor"))
        except RequestInvalidProblem:
            form.before = None
        return form

    @property
    def address(self) -> dict[str, str]:
        """The query that asks for this again, from its first page."""
        asked = {name: value for name, value in self.values.items() if value}
        return {"direction": self.direction, **asked}

    def sought(self) -> Sought:
        """Return what stands in the documents that are looked for."""
        value = self.values
        return Sought(
            number=value["number"] or None,
            party=value["party"] or None,
            vat_id=value["vat_id"] or None,
            issued_from=_day(value["issued_from"]),
            issued_until=_day(value["issued_until"]),
            currency_code=value["currency"] or None,
            total_from=Decimal(value["total_from"]) if value["total_from"] else None,
            total_until=Decimal(value["total_until"]) if value["total_until"] else None,
        )


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except ValueError:
        return False
    return True


def _short(most: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= most


def _like(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


_FIELDS: Mapping[str, Callable[[str], bool]] = {
    **{name: _short(most) for name, most in _LONGEST.items()},
    **dict.fromkeys(("issued_from", "issued_until"), _is_day),
    "currency": _like(_CURRENCY),
    **dict.fromkeys(("total_from", "total_until"), _like(_AMOUNT)),
    "sha256": _like(_SHA256),
}
"""What may be put into the form, and what can be read of it."""


def _row(one: Found, direction: Direction, speech: Speech) -> dict[str, str]:
    shown = service.found_json(one, direction)
    return {
        "id": shown["id"],
        "kind": speech.kind(one.kind),
        "number": one.number or "",
        "date": "" if one.issue_date is None else speech.printed.date(one.issue_date),
        "party": one.party or "",
        "vat": one.party_vat or "",
        "total": "" if one.total is None else speech.printed.money(one.total, one.currency_code),
        "sha256": shown["sha256"],
    }
