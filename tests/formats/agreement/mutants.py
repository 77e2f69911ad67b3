"""Good invoices with one thing wrong, at the level of the model: one seed, one mutant, for ever.

Something is removed, emptied, doubled, given to what had none, a code exchanged, an amount off by
a cent or by much, a date moved. Values come from the same term of other official documents.
"""

import datetime
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from formats.en16931.model import Invoice

Json = Any
_Path = tuple[str | int, ...]

_OFF = ("0.01", "-0.01", "0.02", "-0.03", "0.5", "-0.99", "1", "-1", "100", "0.001")
_CODES = ("", " ", "XX", "S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B", "99", "380", "SEPA")


@dataclass(frozen=True, slots=True)
class Donors:
    """What official documents say, by term: a path without numbers, and every value met there."""

    values: dict[str, list[Json]] = field(default_factory=dict)

    @staticmethod
    def of(invoices: list[Json]) -> "Donors":
        """Collect the values of invoices as JSON."""
        found: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        for invoice in invoices:
            for path, value in _places(invoice):
                if len(repr(value)) < _LONG:
                    found[_term(path)].setdefault(repr(value), value)
        return Donors({term: list(values.values()) for term, values in sorted(found.items())})


_LONG = 2000


def mutant(base: Json, donors: Donors, seed: int) -> tuple[str, Invoice] | None:
    """Return what was done and the invoice; None where the model does not take it."""
    dice = random.Random(seed)  # noqa: S311 - test data
    document = deepcopy(base)
    done = _ACTIONS[dice.randrange(len(_ACTIONS))](document, donors, dice)
    if done is None:
        return None
    try:
        return done, Invoice.model_validate(document)
    except ValidationError:
        return None


def _term(path: _Path) -> str:
    return "/".join(step for step in path if isinstance(step, str))


def _places(value: Json, path: _Path = ()) -> Iterator[tuple[_Path, Json]]:
    """Yield every place below a value, but what extensions hold."""
    pairs: list[tuple[str | int, Json]] = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for step, child in pairs:
        if step != "extensions":
            yield (*path, step), child
            yield from _places(child, (*path, step))


def _pick(document: Json, dice: random.Random, wanted: type) -> tuple[_Path, Json] | None:
    """Choose a place evenly among the terms there are, so that many lines do not win."""
    terms = defaultdict(list)
    for path, value in _places(document):
        if isinstance(value, wanted):
            terms[_term(path)].append((path, value))
    if not terms:
        return None
    places = terms[dice.choice(sorted(terms))]
    return dice.choice(places)


def _parent(document: Json, path: _Path) -> Json:
    for step in path[:-1]:
        document = document[step]
    return document


def _remove(document: Json, _donors: Donors, dice: random.Random) -> str | None:
    if (place := _pick(document, dice, object)) is None:
        return None
    del _parent(document, place[0])[place[0][-1]]
    return f"without {_spelled(place[0])}"


def _double(document: Json, _donors: Donors, dice: random.Random) -> str | None:
    if (place := _pick(document, dice, list)) is None or not place[1]:
        return None
    place[1].append(deepcopy(dice.choice(place[1])))
    return f"{_spelled(place[0])} once more"


def _replace(document: Json, donors: Donors, dice: random.Random) -> str | None:
    if (place := _pick(document, dice, str)) is None:
        return None
    value = dice.choice([*donors.values.get(_term(place[0]), ()), *dice.sample(_CODES, 3)])
    _parent(document, place[0])[place[0][-1]] = value
    return f"{_spelled(place[0])} = {json.dumps(value)}"


def _offset(document: Json, _donors: Donors, dice: random.Random) -> str | None:
    amounts: defaultdict[str, list[_Path]] = defaultdict(list)
    for path, value in _places(document):
        if isinstance(value, str) and _is_amount(path[-1]):
            amounts[_term(path)].append(path)
    if not amounts:
        return None
    path = dice.choice(amounts[dice.choice(sorted(amounts))])
    parent = _parent(document, path)
    value = f"{Decimal(parent[path[-1]]) + Decimal(dice.choice(_OFF)):f}"
    parent[path[-1]] = value
    return f"{_spelled(path)} = {value}"


def _is_amount(name: str | int) -> bool:
    endings = ("amount", "price", "rate", "vat", "quantity", "percentage", "discount", "due")
    return isinstance(name, str) and (
        name.endswith(endings) or name.startswith(("sum_of", "total_", "paid_"))
    )


def _give(document: Json, donors: Donors, dice: random.Random) -> str | None:
    """Say something where nothing was said, as another document says it."""
    there = {_term(path) for path, _ in _places(document)}
    absent = [term for term in donors.values if term not in there]
    groups = {"": [document]}
    for path, value in _places(document):
        if isinstance(value, dict):
            groups.setdefault(_term(path), []).append(value)
    fitting = [term for term in absent if term.rpartition("/")[0] in groups]
    if not fitting:
        return None
    term = dice.choice(fitting)
    above, _, name = term.rpartition("/")
    value = deepcopy(dice.choice(donors.values[term]))
    dice.choice(groups[above])[name] = value
    return f"with {term}"


def _move_date(document: Json, _donors: Donors, dice: random.Random) -> str | None:
    dates = [
        path
        for path, value in _places(document)
        if isinstance(value, str) and isinstance(path[-1], str) and path[-1].endswith("date")
    ]
    if not dates:
        return None
    path = dice.choice(dates)
    parent = _parent(document, path)
    day = datetime.date.fromisoformat(parent[path[-1]])
    moved = day + datetime.timedelta(days=dice.choice((-400, -31, -1, 1, 31, 400)))
    parent[path[-1]] = moved.isoformat()
    return f"{_spelled(path)} = {moved}"


def _spelled(path: _Path) -> str:
    return "/" + "/".join(map(str, path))


_ACTIONS = (
    _remove,
    _remove,
    _double,
    _replace,
    _replace,
    _offset,
    _offset,
    _give,
    _give,
    _move_date,
)
