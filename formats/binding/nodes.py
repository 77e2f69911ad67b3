"""The words a binding is written in: one declaration per business group, for both directions.

The nodes of a `Shape` stand in the order of the schema. A `field` is a dotted path from the
shape's class ("delivery_information.actual_delivery_date"): groups on the way that have no
element of their own come into being when something in them does. The empty field is the item
itself, in `Each`.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from formats.binding.kinds import TEXT, Kind
from formats.en16931.group import Group

if TYPE_CHECKING:
    from formats.binding.context import ReadContext, WriteContext

Values: TypeAlias = dict[str, Any]
"""The fields of one group while it is being read."""

Predicate: TypeAlias = Callable[[etree._Element, "ReadContext"], bool]  # noqa: SLF001
"""Tells whether an element is the one that a node means."""


@dataclass(frozen=True, slots=True)
class Value:
    """One element that holds one term.

    Attributes:
        tag: Prefixed name, `cbc:ID`.
        field: Where the term is.
        kind: How it is written.
        attributes: XML attribute to the field of the term it holds (BT-130 is `unitCode`).
        constants: Attributes that are always the same.
        when: Which elements of this name are meant, when not all are.
    """

    tag: str
    field: str
    kind: Kind = TEXT
    attributes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    when: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """An element that says the same in every document; it comes and goes with its siblings.

    Attributes:
        tag: Prefixed name.
        text: What it says.
        constants: Its attributes.
        same: Other texts that say the same when read.
        scheme: Whether it names the document's tax instead, VAT unless the document says so.
    """

    tag: str
    text: str
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    same: frozenset[str] = frozenset()
    scheme: bool = False


@dataclass(frozen=True, slots=True, init=False)
class Branch:
    """An element that holds others, and no group of the model by itself.

    Attributes:
        tag: Prefixed name.
        nodes: What it holds.
        when: Which elements of this name are meant, when not all are.
        always: Whether it is written even when it holds nothing, because the schema demands it.
        merges: Whether a further element of this name fills in what the first left open.
    """

    tag: str
    nodes: tuple["Node", ...]
    when: Predicate | None
    always: bool
    merges: bool

    def __init__(
        self,
        tag: str,
        *nodes: "Node",
        when: Predicate | None = None,
        always: bool = False,
        merges: bool = False,
    ) -> None:
        for name, value in (
            ("tag", tag),
            ("nodes", nodes),
            ("when", when),
            ("always", always),
            ("merges", merges),
        ):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Shape:
    """A business group of the model and the elements its terms are in."""

    model: type[Group]
    nodes: tuple["Node", ...]

    def __init__(self, model: type[Group], *nodes: "Node") -> None:
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "nodes", nodes)


@dataclass(frozen=True, slots=True)
class Nested:
    """An element that is a business group; it repeats when its field holds several.

    `shape` may be a function that gives it, for groups that hold themselves. With `always` the
    element is written even when it holds nothing, because the schema demands it; a `counted` one
    is read even then, because the rules ask what it lacks (an allowance without an amount).
    """

    tag: str
    field: str
    shape: Shape | Callable[[], Shape]
    when: Predicate | None = None
    always: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True, init=False)
class Each:
    """An element that repeats for every value of a field; its nodes say "" for the value."""

    tag: str
    field: str
    nodes: tuple["Node", ...]
    when: Predicate | None

    def __init__(
        self, tag: str, field: str, *nodes: "Node", when: Predicate | None = None
    ) -> None:
        for name, value in (("tag", tag), ("field", field), ("nodes", nodes), ("when", when)):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Odd:
    """What no declaration says: code for some elements of one parent.

    Attributes:
        tags: The elements it reads and writes.
        read: Gets all of them, in their order, and puts what they say into the values of the
            shape's group.
        write: Gets the shape's group and returns elements in the order of the schema, made by
            `binding.markup`, which gives "" for what is absent.
        plain: What writes the same for a group without extension terms, and quicker.
    """

    tags: tuple[str, ...]
    read: Callable[[Sequence[etree._Element], Values, "ReadContext"], None]
    write: Callable[[Any, "WriteContext"], Sequence[str]]
    plain: tuple["Node", ...] | None = None


Node: TypeAlias = Value | Constant | Branch | Nested | Each | Odd
