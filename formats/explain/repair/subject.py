"""From changes of the canonical invoice to a JSON Patch on what the caller wrote."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from formats.explain import json_patch
from formats.explain.json_patch import Json
from formats.explain.repair.edits import GONE, Edit, Mend
from formats.json.aliases import PointerMap

Patch = tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """The JSON that is patched.

    Attributes:
        value: Parsed: the body as sent, or the canonical invoice.
        pointers: From places of the canonical invoice to places of the body.
        completed: Whether the invoice has values that the body leaves to us.
    """

    value: Json
    pointers: PointerMap = field(default_factory=PointerMap)
    completed: bool = False

    def patch(self, mends: Iterable[Mend]) -> Patch:
        """Return one patch for all mends; empty when it cannot be said in this JSON.

        First the tests: what is changed, and what the changes follow from, is still as it was
        judged. What is removed from lists goes last and from behind, so that places stay right.
        """
        mends = tuple(mends)
        edits = {edit.pointer: edit for mend in mends for edit in mend.edits}
        places = [place for mend in mends for place in mend.because]
        if self.completed:
            edits = {at: edit for at, edit in edits.items() if self._concerns(edit)}
        if not edits or any(not self._possible(edit) for edit in edits.values()):
            return ()
        tests = dict.fromkeys(self._sent(place) for place in (*edits, *places))
        operations = [test for place in tests for test in self._test(place)]
        working = self.value if len(edits) == 1 else copy.deepcopy(self.value)
        changes: list[Mapping[str, object]] = []
        for edit in sorted(edits.values(), key=_order):
            for operation in self._change(working, edit):
                if len(edits) > 1:
                    json_patch.apply_in_place(working, operation)
                changes.append(operation)
        return (*operations, *changes) if changes else ()

    def place(self, pointer: str) -> str:
        """Return where the caller says it: a reason is not in a breakdown that we computed."""
        computed = self.completed and not self.states("/vat_breakdown")
        if computed and pointer.startswith("/vat_breakdown/") and "/exemption_reason" in pointer:
            return "/vat_exemptions"
        return self._sent(pointer)

    def _sent(self, pointer: str) -> str:
        return self.pointers.as_sent(pointer)

    def _concerns(self, edit: Edit) -> bool:
        """Tell whether the caller can change it: what was computed follows from something else.

        A missing value is added where there is none; what was computed is not in the body, and
        correct by itself.
        """
        return json_patch.has(self.value, self._sent(edit.pointer)) or edit.value is not GONE

    def _possible(self, edit: Edit) -> bool:
        """The seller of a body comes from the entity, and its computed rows from elsewhere."""
        if not self.completed:
            return True
        steps = edit.pointer.split("/")[1:]
        if steps[0] == "seller" and not self.states("/seller"):
            return False
        in_list = any(step.isdecimal() for step in steps)
        return not in_list or self.states(edit.pointer.rpartition("/")[0])

    def states(self, pointer: str) -> bool:
        """Tell whether the caller wrote a value there, under whatever name."""
        return json_patch.has(self.value, self._sent(pointer))

    def _test(self, place: str) -> list[Mapping[str, object]]:
        if not json_patch.has(self.value, place):
            return []
        value = _json(json_patch.at(self.value, place))
        if not json_patch.same(value, json_patch.at(self.value, place)):
            return []  # a number of more digits than JSON readers keep
        return [{"op": "test", "path": place, "value": value}]

    def _change(self, working: Json, edit: Edit) -> list[Mapping[str, object]]:
        place = self._sent(edit.pointer)
        there = json_patch.has(working, place)
        if edit.value is GONE:
            return [{"op": "remove", "path": place}] if there else []
        if there:
            now = json_patch.at(working, place)
            return [{"op": "replace", "path": place, "value": _like(now, edit.value)}]
        value: object = edit.value
        outer, _, step = place.rpartition("/")
        while outer and not _holds(working, outer):
            value = [value] if step == "0" else {step: value}
            outer, _, step = outer.rpartition("/")
        parent = json_patch.at(working, outer)
        if isinstance(parent, list) and step.isdecimal() and int(step) > len(parent):
            step = "-"
        return [{"op": "add", "path": f"{outer}/{step}", "value": value}]


def _holds(value: Json, place: str) -> bool:
    """Tell whether there is something that a value can be added to: null is nothing."""
    return json_patch.has(value, place) and json_patch.at(value, place) is not None


def _order(edit: Edit) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """Removals last; of two places in one list the later one first."""
    removed = edit.value is GONE
    steps = edit.pointer.split("/")[1:]
    key = tuple(
        (-int(step) if removed else int(step), "") if step.isdecimal() else (0, step)
        for step in steps
    )
    return removed, key


def _like(now: Json, new: object) -> object:
    """Write a number where the caller wrote one, and a text where it was a text."""
    if (
        isinstance(new, str)
        and isinstance(now, int | float | Decimal)
        and not isinstance(now, bool)
    ):
        try:
            number = Decimal(new)
        except ArithmeticError:
            return new
        return int(number) if number == number.to_integral_value() else float(number)
    return new


def _json(value: Json) -> Json:
    """Return a value as any JSON writer takes it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {name: _json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_json(inner) for inner in value]
    return value
