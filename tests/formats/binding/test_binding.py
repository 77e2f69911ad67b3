import datetime
from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from formats.binding import (
    AMOUNT,
    BINARY,
    CODE,
    DATE,
    DECIMAL,
    IDENTIFIER,
    INDICATOR,
    Binding,
    Branch,
    Constant,
    Each,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Trace,
    Value,
    WriteContext,
)
from formats.binding.markup import leaf
from formats.binding.nodes import Values
from formats.en16931.group import BinaryObject, Group, SchemedIdentifier
from formats.xml import UnreadableDocumentError

BINDING = Binding({"x": "urn:x"})


class Part(Group):
    name: str | None = None
    parts: tuple["Part", ...] = ()


class Person(Group):
    name: str | None = None
    number: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    born: datetime.date | None = None
    hidden: bool | None = None
    photo: BinaryObject | None = None
    identifiers: tuple[SchemedIdentifier, ...] = ()


class Extras(Group):
    colour: str | None = None
    size: Decimal | None = None


class Thing(Group):
    code: str | None = None
    note: str | None = None
    owner: Person = Person()
    parts: tuple[Part, ...] = ()
    red: str | None = None
    blue: str | None = None
    odd: str | None = None
    extensions: Extras | None = None


def _read_odd(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
    values["odd"] = "+".join(node.text or "" for node in nodes)
    context.notes["odd"] = len(nodes)


def _write_odd(thing: Thing, _context: WriteContext) -> Sequence[str]:
    return [leaf("x:Odd", text) for text in (thing.odd or "").split("+")]


def _part() -> Shape:
    return PART


PART = Shape(Part, Value("x:Name", "name"), Nested("x:Part", "parts", _part))
PERSON = Shape(
    Person,
    Value("x:Name", "name"),
    Value("x:Number", "number", DECIMAL, {"unit": "unit"}, {"kind": "n"}),
    Value("x:Price", "price", AMOUNT),
    Value("x:Born", "born", DATE),
    Value("x:Hidden", "hidden", INDICATOR),
    Value("x:Photo", "photo", BINARY),
    Each("x:Id", "identifiers", Value("x:Value", "", IDENTIFIER), Constant("x:Of", "person")),
)
THING = Shape(
    Thing,
    Value("x:Code", "code", CODE),
    Value("x:Note", "note"),
    Nested("x:Owner", "owner", PERSON, always=True),
    Branch("x:Parts", Nested("x:Part", "parts", PART)),
    Branch(
        "x:Light",
        Value("x:Name", "red"),
        Constant("x:Colour", "red", same=frozenset({"rosso"})),
        when=BINDING.holds("x:Colour", "red", "rosso"),
    ),
    Branch(
        "x:Light",
        Value("x:Name", "blue"),
        Constant("x:Colour", "blue"),
        when=BINDING.holds("x:Colour", "blue"),
    ),
    Odd(("x:Odd",), _read_odd, _write_odd),
    Branch("x:More", Value("x:Colour", "extensions.colour")),
    Value("x:Size", "extensions.size", DECIMAL),
)

FULL = Thing(
    code="A&B",
    note="one\ntwo",
    owner=Person(
        name="Ana",
        number=Decimal("1.50"),
        unit="kg",
        price=Decimal("0.10"),
        born=datetime.date(2001, 2, 3),
        hidden=False,
        photo=BinaryObject(content=b"\0\1", mime_code="image/png", filename="a&.png"),
        identifiers=(SchemedIdentifier(value="7", scheme_identifier="88"),),
    ),
    parts=(Part(name="a", parts=(Part(name="b", parts=(Part(name="c"),)),)), Part(name="d")),
    red="r",
    blue="b",
    odd="1+2",
    extensions=Extras(colour="green", size=Decimal(3)),
)


def written(thing: Thing) -> str:
    context = WriteContext(SimpleNamespace(currency_code="EUR"))
    lines = BINDING.lines(THING, thing, context, 1)
    return '<x:Thing xmlns:x="urn:x">\n' + "\n".join(lines) + "\n</x:Thing>"


def read(text: str, trace: Trace | None = None) -> Any:  # noqa: ANN401
    if not text.startswith("<x:Thing"):
        text = f'<x:Thing xmlns:x="urn:x">{text}</x:Thing>'
    return BINDING.group(THING, etree.fromstring(text), ReadContext(trace)) or Thing()


def unread(text: str) -> list[tuple[str, str]]:
    trace = Trace()
    read(text, trace)
    return [(entry.path.replace("/x:Thing/", ""), entry.value) for entry in trace.unread]


def test_what_is_written_is_read_back() -> None:
    trace = Trace()
    assert read(written(FULL), trace) == FULL
    assert trace.unread == []


def test_elements_stand_in_the_order_and_depth_of_the_declaration() -> None:
    assert written(FULL).splitlines()[1:13] == [
        "  <x:Code>A&amp;B</x:Code>",
        "  <x:Note>one&#10;two</x:Note>",
        "  <x:Owner>",
        "    <x:Name>Ana</x:Name>",
        '    <x:Number kind="n" unit="kg">1.50</x:Number>',
        '    <x:Price currencyID="EUR">0.10</x:Price>',
        "    <x:Born>2001-02-03</x:Born>",
        "    <x:Hidden>false</x:Hidden>",
        '    <x:Photo mimeCode="image/png" filename="a&amp;.png">AAE=</x:Photo>',
        "    <x:Id>",
        '      <x:Value schemeID="88">7</x:Value>',
        "      <x:Of>person</x:Of>",
    ]


def test_what_is_absent_writes_nothing_but_what_the_schema_demands() -> None:
    assert written(Thing()).splitlines()[1:-1] == ["  <x:Owner/>"]


@pytest.mark.parametrize("name", Thing.model_fields)
def test_every_field_alone_is_kept(name: str) -> None:
    thing = Thing().model_copy(update={name: getattr(FULL, name)})
    assert read(written(thing)) == thing


def test_a_branch_of_constants_alone_is_not_written() -> None:
    assert "x:Light" not in written(FULL.model_copy(update={"red": None, "blue": " "}))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("<x:New>1</x:New>", [("x:New", "1")]),
        ("<x:New><x:A>1</x:A><x:B b='2'/></x:New>", [("x:New/x:A", "1"), ("x:New/x:B/@b", "2")]),
        ("<x:Code>a</x:Code><x:Code>b</x:Code>", [("x:Code[2]", "b")]),
        ("<x:Code>a</x:Code><x:Code> </x:Code>", []),
        ("<x:Code list='7'>a</x:Code>", [("x:Code/@list", "7")]),
        ("<x:Owner place='7'/>", [("x:Owner/@place", "7")]),
        (
            "<x:Parts/><x:Parts><x:Part><x:Name>b</x:Name></x:Part></x:Parts>",
            [("x:Parts[2]/x:Part/x:Name", "b")],
        ),
        (
            "<x:Light><x:Name>r</x:Name><x:Colour>green</x:Colour></x:Light>",
            [("x:Light/x:Name", "r"), ("x:Light/x:Colour", "green")],
        ),
        ("<x:Light><x:Name>r</x:Name><x:Colour>rosso</x:Colour></x:Light>", []),
        ("<x:Note>a</x:Note><x:Note>b</x:Note>", []),
    ],
)
def test_what_nobody_reads_is_noted_with_its_place(
    document: str, expected: list[tuple[str, str]]
) -> None:
    assert unread(document) == expected


def test_repeated_text_is_joined_and_the_first_code_wins() -> None:
    thing = read("<x:Note>a</x:Note><x:Note>b</x:Note><x:Code>a</x:Code><x:Code>b</x:Code>")
    assert (thing.note, thing.code) == ("a\nb", "a")


def test_repeated_text_is_no_way_round_the_limit_of_a_text() -> None:
    assert (
        len(
            read("<x:Note>" + "a" * 49_999 + "</x:Note><x:Note>" + "b" * 50_000 + "</x:Note>").note
        )
        == 100_000
    )
    with pytest.raises(UnreadableDocumentError) as error:
        read("<x:Note>" + "a" * 50_000 + "</x:Note><x:Note>" + "b" * 50_000 + "</x:Note>")
    assert (error.value.code, error.value.location) == ("out-of-range", "/x:Thing/x:Note[2]")


def test_comments_do_not_split_a_value() -> None:
    thing = read("<x:Owner><x:Number>1<!-- -->00</x:Number></x:Owner><x:Code>a<?b c?>d</x:Code>")
    assert (thing.owner.number, thing.code) == (Decimal(100), "ad")


@pytest.mark.parametrize("number", ["1e5", "NaN", "1_0", "\uff11", "", "9" * 70])
def test_a_value_that_breaks_its_form_is_refused_with_its_place(number: str) -> None:
    with pytest.raises(UnreadableDocumentError) as error:
        read(f"<x:Owner><x:Number>{number}</x:Number></x:Owner>")
    assert error.value.location == "/x:Thing/x:Owner/x:Number"


@pytest.mark.parametrize("number", ["+1", ".5", "5.", " 7 ", "-0.10"])
def test_every_form_of_a_decimal_is_read(number: str) -> None:
    thing = read(f"<x:Owner><x:Number>{number}</x:Number></x:Owner>")
    assert thing.owner.number == Decimal(number.strip())


def test_a_declaration_that_names_no_field_is_refused() -> None:
    with pytest.raises(TypeError):
        BINDING.values(Shape(Part, Value("x:A", "nmae")), etree.Element("a"), ReadContext())


def test_extension_terms_cost_nothing_where_there_are_none() -> None:
    source = BINDING.source(THING)
    without, _, rest = source.partition("return")
    assert "x:Size" not in without
    assert "x:Size" in rest
