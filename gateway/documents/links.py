"""What a body says beside the invoice: customers, items, documents, and facts that decide its VAT.

`formats` knows nothing of ids, so these members are taken out of the body before it is read as an
invoice, and put back by `documents/sources.py` as what they stand for. No element of a list is
taken out, so pointers into the body stay what they are.
"""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from countries.vat.facts import BuyerKind, SupplyKind
from formats.en16931.group import Text
from gateway.documents.earlier import EarlierInvoice
from gateway.kit.json_body import validated
from gateway.problems import RequestInvalidProblem
from gateway.tax.schemas import PlaceCode

PublicId = Text
"""The id of something of the entity; one that is none answers like an unknown one."""


_REFERENCE = re.compile('"#/components/schemas/([^"]+)"')

RelationKind = Literal["corrects", "settles", "derived_from", "related"]
"""How a later document is related to an earlier one."""


class LineLinks(BaseModel):
    """What a line takes from the catalogue; what the line itself says wins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item_id: PublicId | None = Field(default=None, description="`itm_...`: its name, price, tax.")
    tax_id: PublicId | None = Field(default=None, description="`tax_...`: category and rate.")
    supply_kind: SupplyKind | None = Field(
        default=None, description="What is sold, where that decides the VAT."
    )
    supply_code: Annotated[Text, Field(min_length=2, max_length=20)] | None = Field(
        default=None,
        description="CN code for goods, CPA 2.1 code for everything else: decides the rate.",
    )


class Links(BaseModel):
    """What a document takes from, and how it is related to, other things of the entity."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    customer_id: PublicId | None = Field(
        default=None, description="`cus_...`: who buys; what `customer` says beside it wins."
    )
    corrects: PublicId | None = Field(
        default=None,
        description="The issued document that this one corrects; its number and date become "
        "BT-25 and BT-26.",
    )
    settles: tuple[PublicId, ...] = Field(
        default=(),
        max_length=50,
        description="Issued advance invoices that this invoice settles: their amounts are "
        "deducted, by VAT rate, and each can be settled once.",
    )
    derived_from: PublicId | None = Field(
        default=None, description="The document that this one continues, e.g. an estimate."
    )
    related: tuple[PublicId, ...] = Field(
        default=(), max_length=50, description="Other documents that belong to this one."
    )
    earlier_invoices: tuple[EarlierInvoice, ...] = Field(
        default=(),
        max_length=50,
        description="Fiscal invoices of another system that this credit note corrects: their "
        "number and day become BT-25 and BT-26, and the authority is told of them.",
    )
    buyer_kind: BuyerKind | None = Field(
        default=None, description="What the buyer is; one with a VAT number is a business."
    )
    place_of_supply: PlaceCode | None = Field(
        default=None,
        description="Where property, event, performance or departure is, or goods are delivered "
        "(else BT-80): a country or a territory with its own VAT.",
    )
    lines: Mapping[int, LineLinks] = {}

    @property
    def documents(self) -> tuple[tuple[RelationKind, str, str], ...]:
        """Every document named: kind of relation, public id, pointer into the body."""
        named: list[tuple[RelationKind, str | None, str]] = [
            ("corrects", self.corrects, "/corrects"),
            *(("settles", one, f"/settles/{n}") for n, one in enumerate(self.settles)),
            ("derived_from", self.derived_from, "/derived_from"),
            *(("related", one, f"/related/{n}") for n, one in enumerate(self.related)),
        ]
        return tuple((kind, one, at) for kind, one, at in named if one is not None)


MEMBERS = tuple(name for name in Links.model_fields if name != "lines")
LINE_MEMBERS = tuple(LineLinks.model_fields)


def split(value: Any) -> tuple[Links, Any]:  # noqa: ANN401 - the JSON edge
    """Return what a parsed body links to, and the body without that.

    Raises:
        RequestInvalidProblem: A link has the wrong form.
    """
    if not isinstance(value, dict):
        return Links(), value
    own = {name: value[name] for name in MEMBERS if name in value}
    rest = {name: inner for name, inner in value.items() if name not in MEMBERS}
    by_line: dict[int, dict[str, Any]] = {}
    for name in ("items", "lines"):
        if isinstance(lines := rest.get(name), list):
            rest[name] = [_without(line, number, by_line) for number, line in enumerate(lines)]
    if not own and not by_line:
        return Links(), value
    links = validated(Links, own)
    lines = {number: _line_links(rest, number, line) for number, line in by_line.items()}
    return links.model_copy(update={"lines": lines}), rest


def _line_links(body: dict[str, Any], number: int, line: dict[str, Any]) -> LineLinks:
    try:
        return validated(LineLinks, line)
    except RequestInvalidProblem as problem:
        at = f"/{'items' if 'items' in body else 'lines'}/{number}"
        raise RequestInvalidProblem(
            [{**part, "pointer": at + part.get("pointer", "")} for part in problem.errors]
        ) from None


def _without(line: Any, number: int, taken: dict[int, dict[str, Any]]) -> Any:  # noqa: ANN401
    if not isinstance(line, dict) or not any(name in line for name in LINE_MEMBERS):
        return line
    taken[number] = {name: line[name] for name in LINE_MEMBERS if name in line}
    return {name: value for name, value in line.items() if name not in LINE_MEMBERS}


def describe(components: dict[str, Any]) -> None:
    """Add these members to the schemas of bodies of documents and their lines (OpenAPI)."""
    _describe(components, "DocumentInput", Links, MEMBERS)
    _describe(components, "LineInput", LineLinks, LINE_MEMBERS)


def _describe(
    components: dict[str, Any], name: str, model: type[BaseModel], members: tuple[str, ...]
) -> None:
    if name not in components:
        return
    described = model.model_json_schema(ref_template="#/components/schemas/{model}")
    added = {member: described["properties"][member] for member in members}
    components[name]["properties"] |= added
    waiting = [added]
    while waiting:
        for own in _REFERENCE.findall(json.dumps(waiting.pop())):
            if own not in components:
                components[own] = described["$defs"][own]
                waiting.append(components[own])
