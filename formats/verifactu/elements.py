"""Dataclasses that are XML elements: a field has the name, the place and the kind of its child.

The names are the AEAT's own, so that whoever has its manual open finds every field at once. A
field is written in the order it is declared, left out when it is None or empty, and read by the
same declaration. A list stands in an element of its own where `Item` names its members.
"""

import datetime
import types
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints

from lxml import etree

from formats.binding.markup import escape
from formats.verifactu import values
from formats.verifactu.names import EVENTS, INFORMATION, PREFIXES, SIGNATURE
from formats.xml import UnreadableDocumentError, string_value

E = TypeVar("E", bound="Element")


class Element:
    """A dataclass that is an element.

    Attributes:
        NAMESPACE: Of its children.
    """

    NAMESPACE: ClassVar[str] = INFORMATION


@dataclass(frozen=True, slots=True)
class Item:
    """What the members of a list are called inside the element that holds them.

    Attributes:
        name: Their element.
        namespace: Theirs, where it is not that of the element that holds them.
    """

    name: str
    namespace: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One field.

    Attributes:
        name: Its element.
        item: Its members' element, for a list in an element of its own.
        many: Whether there may be several.
        needed: Whether it must be there.
        of: The class of its elements; None for plain values.
        read: Turns a text into a value.
    """

    name: str
    item: Item | None
    many: bool
    needed: bool
    of: type[Element] | None
    read: Callable[[str], Any]


def write(element: Element, name: str, namespace: str = INFORMATION) -> str:
    """Return an element as text that stands for itself: with the namespaces it uses.

    Args:
        element: What to write.
        name: What it is called.
        namespace: Its own; an event's parts follow it.
    """
    inner = "".join(_children(element, namespace))
    tag = f"{PREFIXES[namespace]}:{name}"
    used = sorted({namespace, *_namespaces(type(element), namespace)}, key=PREFIXES.__getitem__)
    declared = "".join(f' xmlns:{PREFIXES[one]}="{one}"' for one in used)
    return f"<{tag}{declared}>{inner}</{tag}>"


def read(
    cls: type[E], node: etree._Element, namespace: str = INFORMATION, *, exact: bool = True
) -> E:
    """Read an element.

    Args:
        cls: What it is.
        node: Where it is.
        namespace: Its own.
        exact: Refuse what is not declared; an authority's answer may say more than we know.

    Raises:
        UnreadableDocumentError: A child is unknown, missing, there twice, or not of its kind.
    """
    inner = _inner(cls, namespace)
    slots = {slot.name: slot for slot in slots_of(cls)}
    found: dict[str, Any] = {}
    for child in node.iterchildren(etree.Element):
        name = local(child)
        slot = slots.get(name)
        if slot is None or space(child) != (SIGNATURE if name == "Signature" else inner):
            if exact:
                raise _refused("unknown-element", f"{name} is no part of {local(node)}", child)
            continue
        listed = slot.many and slot.item is None
        if name in found and not listed:
            raise _refused("twice", f"{name} is there twice", child)
        if slot.item is not None:
            found[name] = tuple(_list(slot, slot.item, child, inner, exact=exact))
        elif listed:
            found[name] = (*found.get(name, ()), _value(slot, child, inner, exact=exact))
        else:
            found[name] = _value(slot, child, inner, exact=exact)
    for name, slot in slots.items():
        if slot.needed and name not in found:
            raise _refused("missing", f"{name} is missing in {local(node)}", node)
    return cls(**found)


def is_called(node: etree._Element, name: str, namespace: str) -> bool:
    """Tell whether an element has a name of a namespace."""
    return local(node) == name and space(node) == namespace


def space(node: etree._Element) -> str:
    """Return an element's namespace, "" for none."""
    return str(etree.QName(node).namespace or "")


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(node).localname)


def slots_of(cls: type[Element]) -> tuple[Slot, ...]:
    """Return the fields of an element in their order."""
    known = _SLOTS.get(cls)
    if known is None:
        declared = hints(cls, include_extras=True)
        known = _SLOTS[cls] = tuple(
            _slot(one.name, declared[one.name], needed=one.default is MISSING)
            for one in fields(cls)  # type: ignore[arg-type]
        )
    return known


_SLOTS: dict[type[Element], tuple[Slot, ...]] = {}


def _slot(name: str, hint: Any, *, needed: bool) -> Slot:  # noqa: ANN401 - a type
    item = None
    if get_origin(hint) is Annotated:
        hint, item = get_args(hint)
    if get_origin(hint) in {Union, types.UnionType}:
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    many = get_origin(hint) is tuple
    if many:
        hint = get_args(hint)[0]
    of = hint if isinstance(hint, type) and issubclass(hint, Element) else None
    return Slot(name, item, many, needed, of, _reader(hint))


def _reader(hint: Any) -> Callable[[str], Any]:  # noqa: ANN401 - a type
    if get_origin(hint) is Literal:
        codes = frozenset(get_args(hint))
        return lambda text: _code(text, codes)
    return _READERS.get(hint, str)


_READERS: dict[Any, Callable[[str], Any]] = {
    Decimal: values.amount,
    int: values.integer,
    datetime.date: values.day,
    values.Moment: values.moment,
    values.XmlSignature: values.XmlSignature,
}


def _code(text: str, codes: frozenset[str]) -> str:
    if text not in codes:
        known = ", ".join(sorted(codes))
        raise UnreadableDocumentError("unknown-code", f"{text[:40]!r} is none of {known}.")
    return text


def _value(slot: Slot, node: etree._Element, namespace: str, *, exact: bool) -> Any:  # noqa: ANN401 - by its slot
    if slot.of is not None:
        return read(slot.of, node, namespace, exact=exact)
    if slot.name == "Signature":
        return values.XmlSignature(etree.tostring(node, encoding="unicode", with_tail=False))
    if next(node.iterchildren(etree.Element), None) is not None:
        raise _refused("unknown-element", f"{slot.name} holds elements", node)
    try:
        return slot.read(string_value(node))
    except UnreadableDocumentError as error:
        raise _refused(error.code, f"{slot.name}: {error.message}", node) from None


def _list(
    slot: Slot, item: Item, node: etree._Element, namespace: str, *, exact: bool
) -> Iterator[Any]:
    own = _own(item, namespace)
    for child in node.iterchildren(etree.Element):
        if not is_called(child, item.name, own):
            raise _refused("unknown-element", f"{local(child)} is no part of {slot.name}", child)
        yield _value(slot, child, own, exact=exact)


def _children(element: Element, namespace: str) -> Iterator[str]:
    inner = _inner(type(element), namespace)
    prefix = PREFIXES[inner]
    for slot in slots_of(type(element)):
        value = getattr(element, slot.name)
        if value is None or (slot.many and not value):
            continue
        if not slot.many:
            yield _one(slot, slot.name, value, inner)
        elif slot.item is None:
            yield from (_one(slot, slot.name, one, inner) for one in value)
        else:
            own = _own(slot.item, inner)
            members = "".join(_one(slot, slot.item.name, one, own) for one in value)
            yield f"<{prefix}:{slot.name}>{members}</{prefix}:{slot.name}>"


def _one(slot: Slot, name: str, value: Any, namespace: str) -> str:  # noqa: ANN401 - by its slot
    if isinstance(value, values.XmlSignature):
        return value
    tag = f"{PREFIXES[namespace]}:{name}"
    if slot.of is not None:
        return f"<{tag}>{''.join(_children(value, namespace))}</{tag}>"
    return f"<{tag}>{escape(values.written(value))}</{tag}>"


def _own(item: Item, namespace: str) -> str:
    return namespace if item.namespace is None else item.namespace


def _inner(cls: type[Element], namespace: str) -> str:
    """Return the namespace of an element's children; events have all in theirs."""
    return EVENTS if namespace == EVENTS else cls.NAMESPACE


def _namespaces(cls: type[Element], namespace: str) -> Iterator[str]:
    inner = _inner(cls, namespace)
    yield inner
    for slot in slots_of(cls):
        if slot.item is not None:
            yield _own(slot.item, inner)
        if slot.of is not None:
            yield from _namespaces(slot.of, inner)


def _refused(code: str, detail: str, node: etree._Element) -> UnreadableDocumentError:
    sentence = detail if detail.endswith(".") else f"{detail}."
    place = str(node.getroottree().getpath(node))
    return UnreadableDocumentError(code, sentence, node.sourceline, place)
