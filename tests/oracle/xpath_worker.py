"""A process that evaluates XPath 2.0 with Saxon: one JSON line in, one JSON line out.

Run as a file. A line is an expression as a JSON string; the first line is the XML of the context
document. The answer is `{"value": [[type, string], ...]}` or `{"error": message}`. Its own process
because saxonche may abort the one it is in; end of input ends it.
"""

import json
import sys
from typing import Protocol

from saxonche import PySaxonApiError, PySaxonProcessor


class Atomic(Protocol):
    """saxonche ships no types: what we use of an atomic value."""

    string_value: str
    primitive_type_name: str


class Item(Protocol):
    """What we use of an item."""

    is_atomic: bool
    string_value: str

    def get_atomic_value(self) -> Atomic:
        """Return the item as what it is."""
        ...


class Value(Protocol):
    """What we use of a sequence."""

    size: int

    def item_at(self, index: int) -> Item:
        """Return one item, counted from 0."""
        ...


class Evaluator(Protocol):
    """What we use of the XPath processor."""

    def evaluate(self, text: str) -> Value | None:
        """Evaluate; None is the empty sequence."""
        ...


def answer(evaluator: Evaluator, text: str) -> dict[str, object]:
    """Return the value of an expression, or why it has none."""
    try:
        value = evaluator.evaluate(text)
        items = [value.item_at(index) for index in range(value.size)] if value else []
        return {"value": [_described(item) for item in items]}
    except PySaxonApiError as error:
        return {"error": " ".join(str(error).split())}


def _described(item: Item) -> list[str]:
    if not item.is_atomic:
        return ["node", item.string_value]
    atomic = item.get_atomic_value()
    return [atomic.primitive_type_name.rpartition("}")[2], atomic.string_value]


def main() -> None:
    """Answer lines until there are none."""
    processor = PySaxonProcessor(license=False)
    evaluator = processor.new_xpath_processor()
    evaluator.set_language_version("2.0")
    evaluator.declare_namespace("p", "urn:p")
    document = processor.parse_xml(xml_text=json.loads(sys.stdin.readline()))
    evaluator.set_context(xdm_item=document)
    for line in sys.stdin:
        print(json.dumps(answer(evaluator, json.loads(line))), flush=True)  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
