"""How messages to FURS are put together: fields with their official names, read and written.

A message is frozen dataclasses; each field says once what it is called and of which kind it is.
JSON and XML are read and written from that. What cannot be written cannot be made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Self, get_type_hints

from lxml import etree

from formats.furs.kinds import READING_ERRORS, Kind
from formats.xml import string_value

NAMESPACE = "http://www.fu.gov.si/"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
MOST = 1000
"""Elements of one name in one place; both schemas say so of nearly all."""


class FursError(ValueError):
    """It is no such message.

    Attributes:
        pointer: JSON pointer of the place, in FURS's own names: `/Invoice/InvoiceAmount`.
        detail: What is wrong there.
    """

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(f"{pointer or '/'}: {detail}")
        self.pointer = pointer
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Named:
    """What a field is called in messages, and what it holds; one with a default may be missing.

    Attributes:
        name: FURS's own.
        kind: Of its value, or of each.
        many: There may be several: in JSON an array, in XML elements behind each other.
    """

    name: str
    kind: "Kind | type[Element]"
    many: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A field, looked up once for each class."""

    field: str
    name: str
    kind: "Kind | type[Element]"
    many: bool
    optional: bool


class Element:
    """A part of a message; its subclasses are frozen dataclasses whose fields are `Named`."""

    def __post_init__(self) -> None:
        for place in _places(type(self)):
            value = getattr(self, place.field)
            try:
                object.__setattr__(self, place.field, _checked(place, value))
            except READING_ERRORS as error:
                raise FursError(f"/{place.name}", str(error)) from None
        if (reason := self.problem()) is not None:
            raise FursError("", reason)

    def problem(self) -> str | None:
        """Return what is wrong with the fields together, None when nothing is."""
        return None

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it; amounts are Decimals, so `write_json` writes it."""
        told: dict[str, Any] = {}
        for place in _places(type(self)):
            value = getattr(self, place.field)
            if value is None or value == ():
                continue
            told[place.name] = (
                [_as_json(place, each) for each in value] if place.many else _as_json(place, value)
            )
        return told

    @classmethod
    def from_json(cls, value: object, at: str = "") -> Self:
        """Read it out of JSON; every name must be known.

        Raises:
            FursError: It is none.
        """
        if not isinstance(value, Mapping):
            raise FursError(at, "must be an object")
        places = {place.name: place for place in _places(cls)}
        if unknown := sorted(value.keys() - places.keys()):
            raise FursError(f"{at}/{unknown[0]}", "is not known")
        found = {
            places[name].field: _from_json(places[name], said, f"{at}/{name}")
            for name, said in value.items()
        }
        return cls._made(found, at)

    def append_to(self, parent: etree._Element) -> None:
        """Write its fields as elements below another, in the order of the schema."""
        for place in _places(type(self)):
            value = getattr(self, place.field)
            for each in value if place.many else () if value is None else (value,):
                child = etree.SubElement(parent, f"{{{NAMESPACE}}}{place.name}")
                if isinstance(place.kind, Kind):
                    child.text = place.kind.text(each)
                else:
                    each.append_to(child)

    @classmethod
    def from_xml(cls, node: etree._Element, at: str = "") -> Self:
        """Read it out of XML; order does not count, as FURS's own examples differ in it.

        Raises:
            FursError: It is none.
        """
        places = {f"{{{NAMESPACE}}}{place.name}": place for place in _places(cls)}
        found: dict[str, Any] = {}
        for child in node.iterchildren(etree.Element):
            if child.tag == SIGNATURE:
                continue
            name = etree.QName(child).localname
            place = places.get(str(child.tag))
            if place is None:
                raise FursError(f"{at}/{name}", "is not known")
            value = _from_xml(place, child, f"{at}/{name}")
            if place.many:
                found.setdefault(place.field, []).append(value)
            elif place.field in found:
                raise FursError(f"{at}/{name}", "stands there twice")
            else:
                found[place.field] = value
        return cls._made(found, at)

    @classmethod
    def _made(cls, found: dict[str, Any], at: str) -> Self:
        for place in _places(cls):
            if not place.optional and place.field not in found:
                raise FursError(f"{at}/{place.name}", "is missing")
        try:
            return cls(**found)
        except FursError as error:
            raise FursError(at + error.pointer, error.detail) from None


_PLACES: dict[type[Element], tuple[_Place, ...]] = {}


def _places(kind: type[Element]) -> tuple[_Place, ...]:
    known = _PLACES.get(kind)
    if known is None:
        hints = get_type_hints(kind, include_extras=True)
        known = _PLACES[kind] = tuple(
            _Place(field.name, named.name, named.kind, named.many, field.default is not MISSING)
            for field in fields(kind)  # type: ignore[arg-type] # its subclasses are dataclasses
            for named in hints[field.name].__metadata__
        )
    return known


def _checked(place: _Place, value: object) -> object:
    if value is None and place.optional:
        return None
    if not place.many:
        return _checked_one(place, value)
    if not isinstance(value, Iterable):
        raise ValueError("must be several")  # noqa: TRY004
    kept = tuple(_checked_one(place, each) for each in value)
    if not place.optional and not kept:
        raise ValueError("must be there at least once")
    if len(kept) > MOST:
        raise ValueError(f"may be there {MOST} times")
    return kept


def _checked_one(place: _Place, value: object) -> object:
    if isinstance(place.kind, Kind):
        return place.kind.check(value)
    if not isinstance(value, place.kind):
        raise ValueError(f"must be a {place.kind.__name__}")  # noqa: TRY004
    return value


def _as_json(place: _Place, value: Any) -> object:  # noqa: ANN401 - of the place's kind
    return place.kind.json(value) if isinstance(place.kind, Kind) else value.as_json()


def _from_json(place: _Place, value: object, at: str) -> object:
    if not place.many:
        return _from_json_one(place, value, at)
    if not isinstance(value, list) or not value:
        raise FursError(at, "must be an array of at least one")
    return tuple(_from_json_one(place, each, f"{at}/{n}") for n, each in enumerate(value))


def _from_json_one(place: _Place, value: object, at: str) -> object:
    if not isinstance(place.kind, Kind):
        return place.kind.from_json(value, at)
    try:
        return place.kind.check(place.kind.from_json(value))
    except READING_ERRORS as error:
        raise FursError(at, _reason(error)) from None


def _from_xml(place: _Place, node: etree._Element, at: str) -> object:
    if not isinstance(place.kind, Kind):
        return place.kind.from_xml(node, at)
    if next(node.iterchildren(etree.Element), None) is not None:
        raise FursError(at, "holds elements instead of a value")
    try:
        return place.kind.check(place.kind.from_text(string_value(node)))
    except READING_ERRORS as error:
        raise FursError(at, _reason(error)) from None


def _reason(error: Exception) -> str:
    return str(getattr(error, "message", error)) or type(error).__name__
