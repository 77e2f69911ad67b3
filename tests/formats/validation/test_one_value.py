"""S6: rules, libxml2, expat, our readers and the schema see one and the same value.

A value of a valid invoice is spelled in the ways XML has: references, CDATA, comments and
instructions in between, white space around. What it is, is known from how it was made; so each of
the five must say that of the spelled document which it says of the plain one.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from formats.conversion import convert
from formats.findings import Finding
from formats.profile import Profile
from formats.registry import PROFILES
from formats.validation import xsd
from formats.validation.document import Document
from formats.xml import WHITESPACE, UnreadableDocumentError, parse, string_value
from schemas import Artefact, Catalog
from tests.formats.samples import invoice

_DAY = date(2026, 11, 20)

_PLACES = {
    "ubl": (
        *("cbc:ID", "cbc:IssueDate", "cbc:InvoiceTypeCode", "cbc:DocumentCurrencyCode"),
        *("cbc:EndpointID", "cbc:PayableAmount", "cbc:InvoicedQuantity", "cbc:Name"),
        *("cbc:LineExtensionAmount", "cbc:PriceAmount", "cbc:Percent", "cbc:CityName"),
    ),
    "cii": (
        *("ram:ID", "udt:DateTimeString", "ram:TypeCode", "ram:InvoiceCurrencyCode"),
        *("ram:URIID", "ram:DuePayableAmount", "ram:BilledQuantity", "ram:Name"),
        *("ram:LineTotalAmount", "ram:ChargeAmount", "ram:RateApplicablePercent", "ram:CityName"),
    ),
}

_NOTHING = ("<!---->", "<!-- 1 -->", "<?x 1?>", "<![CDATA[]]>")
_AROUND = (
    *(("", ""), (" ", " "), ("\t", "\t"), ("\n", "\n"), ("\r\n", "\n"), ("&#13;", "\r")),
    *(("&#x20;", " "), ("&#xA;", "\n"), ("<![CDATA[ ]]>", " "), ("<![CDATA[\r\n]]>", "\n")),
    *(("\u00a0", "\u00a0"), ("&#xA0;", "\u00a0"), ("\u2003", "\u2003"), ("\u0085", "\u0085")),
)
_OTHER = ("", "0", "-0", "1E2", "１", "1_0", "+1", "1.", ".5", "NaN", "INF", "2026-W01-1", "<&>]]")
_NAMES = {"<": "&lt;", "&": "&amp;", ">": "&gt;"}

Spelled = tuple[str, str]
"""A piece of a document, and the text that it is."""


@dataclass(frozen=True)
class Subject:
    """A valid invoice without its XML declaration, and who reads it."""

    syntax: str
    text: str
    profile: Profile
    schema: Artefact

    def spans(self) -> dict[str, tuple[int, int]]:
        """Return where the first value of each place stands."""
        found = {}
        for name in _PLACES[self.syntax]:
            begin = self.text.index(">", self.text.index(f"<{name}")) + 1
            found[name] = begin, self.text.index("</", begin)
        return found


@pytest.fixture(scope="module")
def subjects(official: Path) -> dict[str, Subject]:
    made = {}
    for syntax in ("ubl", "cii"):
        profile = PROFILES[f"en16931-{syntax}"]
        content = convert(PROFILES["peppol-bis-3"].write(invoice()), profile).content
        root = etree.QName(parse(content)).localname
        schema = Catalog([official]).resolve(profile.schemas[root], _DAY)
        made[syntax] = Subject(syntax, content.decode().partition("?>")[2], profile, schema)
    return made


def _character(draw: st.DrawFn, character: str) -> Spelled:
    plain = _NAMES.get(character, character)
    ways = (plain, plain, f"&#{ord(character)};", f"&#x{ord(character):X};")
    return draw(st.sampled_from((*ways, f"<![CDATA[{character}]]>"))), character


@st.composite
def _values(draw: st.DrawFn, usual: str) -> Spelled:
    """Draw a way to spell the usual value, or another one."""
    text = usual if draw(st.integers(0, 3)) else draw(st.sampled_from(_OTHER))
    pieces: list[Spelled] = []
    for character in text:
        if not draw(st.integers(0, 3)):
            pieces.append((draw(st.sampled_from(_NOTHING)), ""))
        pieces.append(_character(draw, character))
    if not draw(st.integers(0, 2)):
        pieces.insert(0, draw(st.sampled_from(_AROUND)))
        pieces.append(draw(st.sampled_from(_AROUND)))
    pieces.append((draw(st.sampled_from(("", *_NOTHING))), ""))
    return "".join(each for each, _ in pieces), "".join(each for _, each in pieces)


def _escaped(text: str) -> str:
    return "".join(_NAMES.get(each, "&#13;" if each == "\r" else each) for each in text)


def _by_expat(content: bytes) -> list[str]:
    """Return the text directly in each element, in document order of their start tags."""
    texts: list[list[str]] = []
    inside: list[list[str]] = []
    parser = expat.ParserCreate("utf-8")

    def start(_name: str, _attributes: dict[str, str]) -> None:
        texts.append([])
        inside.append(texts[-1])

    def data(text: str) -> None:
        inside[-1].append(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = data
    parser.Parse(content, True)  # noqa: FBT003 - the last piece
    return ["".join(each) for each in texts]


def _read(subject: Subject, content: bytes) -> Any:  # noqa: ANN401 - an invoice, or why there is none
    try:
        return subject.profile.read(content)
    except UnreadableDocumentError as error:
        return error.code, error.message


def _schema(subject: Subject, root: etree._Element) -> list[tuple[str, str]]:
    found: tuple[Finding, ...] = xsd.check_element(subject.schema, root)
    return [(each.rule, each.message) for each in found]


def _check(subject: Subject, name: str, spelled: Spelled, seen: list[bool]) -> None:
    begin, end = subject.spans()[name]
    written, value = spelled
    content = f"{subject.text[:begin]}{written}{subject.text[end:]}".encode()
    plain = f"{subject.text[:begin]}{_escaped(value)}{subject.text[end:]}".encode()
    order = sum(1 for each in subject.text[:begin].split("<")[1:] if not each.startswith("/")) - 1
    document = Document(content)
    root = document.root
    theirs = list(root.iter("*"))[order]
    ours = next(each for each in _all(document) if each.order == order)
    assert (
        value
        == ours.string_value()
        == string_value(theirs)
        == theirs.xpath("string()")
        == "".join(theirs.itertext(etree.Element))
        == _by_expat(document.text)[order]
    )
    assert ours.tag == str(theirs.tag).removeprefix("{")
    document.release()
    schema = _schema(subject, root)
    assert schema == _schema(subject, parse(plain)), (written, value)
    invoice = _read(subject, content)
    assert invoice == _read(subject, plain), (written, value)
    if isinstance(invoice, tuple):  # what is no number nor date for us is none for the schema
        assert schema, (written, value, invoice)
    elif name.endswith(":CityName"):
        assert invoice.seller.postal_address.city == (value if value.strip(WHITESPACE) else None)
    seen.append(bool(schema))


def _all(document: Document) -> list[Any]:
    found, waiting = [], list(document.tree.children)
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += element.children
    return found


@pytest.mark.official
def test_five_readers_see_one_value(
    pytestconfig: pytest.Config, subjects: dict[str, Subject]
) -> None:
    full = bool(pytestconfig.getoption("--full"))
    seen: list[bool] = []

    @st.composite
    def cases(draw: st.DrawFn) -> tuple[str, str, Spelled]:
        subject = subjects[draw(st.sampled_from(sorted(subjects)))]
        name = draw(st.sampled_from(_PLACES[subject.syntax]))
        begin, end = subject.spans()[name]
        return subject.syntax, name, draw(_values(subject.text[begin:end]))

    chosen = settings(
        max_examples=20_000 if full else 300,
        derandomize=not full,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )

    def check(case: tuple[str, str, Spelled]) -> None:
        syntax, name, spelled = case
        _check(subjects[syntax], name, spelled, seen)

    chosen(given(cases())(check))()
    assert 0.05 * len(seen) < sum(seen) < 0.95 * len(seen), "the schema was not asked in earnest"
