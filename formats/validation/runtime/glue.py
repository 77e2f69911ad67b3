"""Small things compiled rules say all the time: one value or none, the truth of a sequence."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from formats.validation.runtime import arguments, casts, compare, dates
from formats.validation.runtime.axes import position
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import decimal_of
from formats.validation.runtime.texts import string_of
from formats.validation.runtime.tree import NO_CHILDREN, NO_KIDS, NOW, Element, Node, Tree
from formats.validation.runtime.untyped import Untyped, atomized

Items = Sequence[Any]


class Lazy:
    """A variable computed when it is first asked for."""

    __slots__ = ("_compute", "_value")

    def __init__(self, compute: Callable[[], Any]) -> None:
        self._compute: Callable[[], Any] | None = compute
        self._value: Any = None

    def __call__(self) -> Any:  # noqa: ANN401 - any value
        """Return the value."""
        if self._compute is not None:
            self._value = self._compute()
            self._compute = None
        return self._value


class Fragment(Element):
    """A temporary tree of nothing but text: a document node with a string value."""

    __slots__ = ()
    kind = "document-node"

    def __init__(self, text: str) -> None:
        self.parent = None
        self.tag = ""
        self.text = text
        self.kids = NO_KIDS
        self.attributes = {}
        self.order = 0
        self.last = 0


def forgiving_and(*operands: Callable[[], bool]) -> bool:
    """Return `and`; an operand that stops is forgiven when a later one is false."""
    stopped = None
    for operand in operands:
        try:
            if not operand():
                return False
        except DynamicError as error:
            stopped = stopped or error
    if stopped is not None:
        raise stopped
    return True


def forgiving_or(*operands: Callable[[], bool]) -> bool:
    """Return `or`; an operand that stops is forgiven when a later one is true."""
    stopped = None
    for operand in operands:
        try:
            if operand():
                return True
        except DynamicError as error:
            stopped = stopped or error
    if stopped is not None:
        raise stopped
    return False


def required(value: Any) -> Any:  # noqa: ANN401 - any value
    """Return an optional value that must be there (XPTY0004)."""
    if value is None:
        raise DynamicError("XPTY0004", "nothing where one item is wanted")
    return value


def listed(item: Any) -> Items:  # noqa: ANN401 - any item
    """Return an optional item as a sequence."""
    return () if item is None else (item,)


def text_of(node: Node) -> str:
    """Return the string value of a node."""
    return node.string_value()


def text_or_none(node: Node | None) -> str | None:
    """Return the string value of an optional node."""
    return None if node is None else node.string_value()


def values_of(items: Items) -> Items:
    """Return the values of items that may be nodes or not."""
    return [atomized(item) for item in items]


def nodes_of(items: Items) -> Items:
    """Return items that must be nodes (XPTY0019)."""
    for item in items:
        if not isinstance(item, Node):
            raise DynamicError("XPTY0019", f"{casts.type_name(item)} where a node is wanted")
    return items


def said(message: str, more: Sequence[str]) -> str:
    """Return the message of a check, or what its diagnostics say when it has none."""
    return message if message.strip() else " ".join(more)


def holds(nodes: Sequence[Element], name: str) -> bool:
    """Return whether one of some elements has a child of a name."""
    for node in nodes:  # noqa: SIM110 - rules ask this more often than anything else
        if name in node.kids:
            return True
    return False


def below2(node: Element, first: str, second: str) -> Sequence[Element]:
    """Return the elements at a path of two names."""
    nodes = node.kids.get(first)
    if nodes is None:
        return NO_CHILDREN
    if len(nodes) == 1:
        return nodes[0].kids.get(second, NO_CHILDREN)
    return [each for some in nodes for each in some.kids.get(second, NO_CHILDREN)]


def below3(node: Element, first: str, second: str, third: str) -> Sequence[Element]:
    """Return the elements at a path of three names."""
    nodes = below2(node, first, second)
    if len(nodes) == 1:
        return nodes[0].kids.get(third, NO_CHILDREN)
    return [each for some in nodes for each in some.kids.get(third, NO_CHILDREN)]


def below4(node: Element, first: str, second: str, third: str, fourth: str) -> Sequence[Element]:
    """Return the elements at a path of four names."""
    nodes = below3(node, first, second, third)
    return [each for some in nodes for each in some.kids.get(fourth, NO_CHILDREN)]


def only_boolean(items: Sequence[bool]) -> bool:
    """Return the truth of booleans: several have none (FORG0006)."""
    if len(items) > 1:
        raise DynamicError("FORG0006", "a sequence of several values is no condition")
    return bool(items) and items[0]


def as_untyped(text: str | None) -> Untyped | None:
    """Return an optional text as xs:untypedAtomic."""
    return None if text is None else Untyped(text)


def only_text(nodes: Sequence[Element]) -> str:
    """Return the text of at most one element, empty when there is none; several are XPTY0004."""
    if len(nodes) == 1:
        node = nodes[0]
        return node.string_value() if node.kids else node.text
    if not nodes:
        return ""
    raise DynamicError("XPTY0004", "more than one item where a string is expected")


def only_string(items: Items) -> str:
    """Return the text of at most one node or text, empty when there is none."""
    if len(items) == 1:
        item = items[0]
        return item if isinstance(item, str) else item.string_value()
    if not items:
        return ""
    raise DynamicError("XPTY0004", "more than one item where a string is expected")


def at_most_one(items: Items) -> Any:  # noqa: ANN401 - any item
    """Return the item or None; several are XPTY0004."""
    if not items:
        return None
    if len(items) == 1:
        return items[0]
    raise DynamicError("XPTY0004", "more than one item where one is expected")


def one_decimal(nodes: Sequence[Element]) -> Decimal | None:
    """Return xs:decimal of at most one element."""
    if len(nodes) == 1:
        node = nodes[0]
        return decimal_of(node.string_value() if node.kids else node.text)
    if not nodes:
        return None
    raise DynamicError("XPTY0004", "more than one item where one is expected")


def truth(items: Any) -> bool:  # noqa: ANN401 - items or, of an optional text, the text
    """Return the effective boolean value of a sequence."""
    return compare.effective_boolean_value(items)


def share(left: Items, right: Items) -> bool:
    """Return whether two sequences of texts have one in common."""
    return not set(left).isdisjoint(right)


general = compare.general
value_of_comparison = compare.value


def value_comparison(operator: str, a: Any, b: Any) -> bool | None:  # noqa: ANN401 - any values
    """Return a value comparison of optional items."""
    return None if a is None or b is None else compare.value(operator, a, b)


def node_comparison(operator: str, left: Items, right: Items) -> bool | None:
    """Return `is`, `<<` or `>>` of at most one node each."""
    a, b = at_most_one(left), at_most_one(right)
    if a is None or b is None:
        return None
    if operator == "is":
        return bool(a == b)
    before = position(a) < position(b)
    return before if operator == "<<" else not before and a != b


def span(start: Any, end: Any) -> range:  # noqa: ANN401 - integers or untyped
    """Return `start to end`."""
    return arguments.integers(listed(start), listed(end))


def is_token(text: str, tokens: frozenset[str], all_: str) -> bool:
    """Return whether `' text '` is a part of a list of codes between blanks."""
    if text in tokens:
        return bool(text) or "  " in all_
    return " " in text and f" {text} " in all_


def string_join(items: Items, separator: str) -> str:
    """Return fn:string-join."""
    return separator.join(arguments.string_parameter(item) for item in items)


def joined(items: Items, separator: str) -> str:
    """Return what `xsl:value-of` writes."""
    return separator.join(string_of(item) for item in items)


def joined_nodes(nodes: Iterable[Node], separator: str) -> str:
    """Return `joined` of nodes: text nodes that follow each other are one (XSLT 2.0, 5.7.2)."""
    texts: list[str] = []
    before = ""
    for node in nodes:
        if node.kind == before == "text":
            texts[-1] += node.string_value()
        else:
            texts.append(node.string_value())
        before = node.kind
    return separator.join(texts)


def from_end(items: Items, index: int) -> Items:
    """Return the item at a position counted from the end."""
    return items[-index : len(items) - index + 1] if index <= len(items) else ()


def selected(position_: int, value: Items) -> bool:
    """Return whether a numeric predicate selects a position; several numbers are FORG0006."""
    number_ = at_most_one(value)
    return number_ is not None and bool(position_ == number_)


def name_of_one(function: Callable[[Node], str], nodes: Items) -> str:
    """Return a name function of at most one node."""
    node = at_most_one(nodes)
    return "" if node is None else function(node)


def current_date_time(tree: Tree) -> dates.DateTime:
    """Return fn:current-dateTime: the moment the document is judged."""
    now = tree.memo.get(NOW)
    if not isinstance(now, datetime.datetime):
        raise DynamicError("XPDY0002", "nobody said what time it is")
    return dates.current(now)


def adjusted_or_none(moment: Any, *zone: Any) -> Any:  # noqa: ANN401 - a date or date and time
    """Return fn:adjust-date(Time)-to-timezone of an optional moment."""
    if moment is None:
        return None
    if not zone:
        return dates.adjusted(moment, dates.UTC)
    return dates.adjusted(moment, zone[0])
